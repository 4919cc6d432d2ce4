"""What Spridbart is measured beside at a size: the same texts, and the same vectors of whole records.

Each contender is a function that builds from a ``Task`` and gives the search by a query's number. Building says
``TooMuch`` when its first thousand records show that the rest would go over the limits.
"""

# ruff: noqa: PLC0415 - each process loads its own library alone, or its memory would tell of all of them

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.synthetic import Catalogue
from matching.encoder import Vectors
from matching.passages import passages_of
from matching.words import stems

MINUTES, GIGABYTES = 4, 15
_SAMPLE = 1000  # records
_BEST = 10
Search = Callable[[int], object]


class TooMuch(Exception):
    """The contender would go over a limit."""


@dataclass(frozen=True)
class Task:
    """The catalogue, the whole records' vectors (n, d), the queries, and their vectors (q, d)."""

    catalogue: Catalogue
    folder: Path

    @cached_property
    def vectors(self) -> Vectors:
        """What Spridbart holds of whole records: the mean directions of their passages."""
        return np.load(self.folder / "centres.npy")

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """The texts asked."""
        return tuple(map(str, np.load(self.folder / "queries.npz")["texts"]))

    @cached_property
    def asked(self) -> Vectors:
        """Their vectors, in the same space as the records'."""
        return np.load(self.folder / "asked.npy")

    def texts(self, count: int | None = None) -> Iterator[str]:
        """The text of each record: all its passages."""
        for row in range(min(count or len(self.catalogue), len(self.catalogue))):
            yield ". ".join(p.text for p in passages_of(self.catalogue[row], self.catalogue.vocabulary))


def floor(task: Task) -> Search:
    """One pass over the whole records' vectors: nothing exact can be faster."""
    vectors, asked = task.vectors, task.asked
    return lambda i: vectors @ asked[i]


def bm25(task: Task) -> Search:
    """BM25 by bm25s, with the stems that Spridbart has."""
    import bm25s

    _refuse_if_slow(task, lambda texts: bm25s.BM25().index([stems(t) for t in texts], show_progress=False))
    index = bm25s.BM25()
    index.index([stems(text) for text in task.texts()], show_progress=False)
    asked = [[[w for w in stems(query) if w in index.vocab_dict]] for query in task.queries]
    k = min(_BEST, len(task.catalogue))
    return lambda i: index.retrieve(asked[i], k=k, show_progress=False) if asked[i][0] else None


def tfidf(task: Task) -> Search:
    """Character n-grams by scikit-learn, compared whole."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import linear_kernel

    def made() -> TfidfVectorizer:
        return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)

    sample = _refuse_if_slow(task, lambda texts: made().fit_transform(texts))
    _refuse_if_large(task, 3 * 8 * sample.nnz)
    vectorizer = made()
    matrix = vectorizer.fit_transform(task.texts())
    return lambda i: _top(linear_kernel(vectorizer.transform([task.queries[i]]), matrix)[0])


def duck(task: Task) -> Search:
    """DuckDB's array_cosine_similarity over a column of arrays."""
    import duckdb
    import pyarrow as pa

    width = task.vectors.shape[1]
    _refuse_if_large(task, _SAMPLE * width * 12)
    column = pa.FixedSizeListArray.from_arrays(pa.array(task.vectors.ravel()), width)
    table = pa.table({"id": np.arange(len(column)), "vector": column})
    connection = duckdb.connect()
    connection.register("given", table)
    connection.execute(f"CREATE TABLE records AS SELECT id, vector::FLOAT[{width}] AS vector FROM given")  # noqa: S608 - a number alone
    connection.unregister("given")
    ask = f"SELECT id FROM records ORDER BY array_cosine_similarity(vector, ?::FLOAT[{width}]) DESC LIMIT {_BEST}"  # noqa: S608 - numbers alone
    asked = task.asked.tolist()
    return lambda i: connection.execute(ask, [asked[i]]).fetchall()


def sentence_transformers(task: Task) -> Search:
    """Sentence Transformers' semantic_search over the same matrix."""
    import torch
    from sentence_transformers.util import semantic_search

    matrix, asked = torch.from_numpy(task.vectors), torch.from_numpy(task.asked)
    return lambda i: semantic_search(asked[i : i + 1], matrix, top_k=_BEST)


def txtai(task: Task) -> Search:
    """txtai's hybrid of its BM25 and a Faiss index, with the vectors given from outside."""
    from txtai import Embeddings

    known = dict(zip(task.queries, task.asked, strict=True))

    def made() -> Any:
        row = iter(range(len(task.vectors)))
        return Embeddings(
            method="external",
            hybrid=True,
            content=False,
            transform=lambda texts: np.stack([known[t] if t in known else task.vectors[next(row)] for t in texts]),
        )

    _refuse_if_slow(task, lambda texts: made().index((i, text, None) for i, text in enumerate(texts)))
    embeddings = made()
    embeddings.index((i, text, None) for i, text in enumerate(task.texts()))
    return lambda i: embeddings.search(task.queries[i], _BEST)


# Whether the query must be encoded first.
CONTENDERS: dict[str, tuple[Callable[[Task], Search], bool]] = {
    "floor: one pass over vectors": (floor, True),
    "BM25 (bm25s)": (bm25, False),
    "char n-grams (scikit-learn)": (tfidf, False),
    "DuckDB, cosine": (duck, True),
    "semantic_search": (sentence_transformers, True),
    "txtai, hybrid": (txtai, True),
}


def _top(scores: Vectors) -> Any:
    count = min(_BEST, len(scores))
    return np.argpartition(scores, -count)[-count:]


def _refuse_if_slow(task: Task, build: Callable[[list[str]], Any]) -> Any:
    texts = list(task.texts(_SAMPLE))
    begun = time.perf_counter()
    built = build(texts)
    minutes = (time.perf_counter() - begun) * len(task.catalogue) / len(texts) / 60
    if minutes > MINUTES:
        raise TooMuch(f"would take {minutes:.0f} minutes to build, by its first {len(texts)} records")
    return built


def _refuse_if_large(task: Task, bytes_per_sample: float) -> None:
    gigabytes = bytes_per_sample * len(task.catalogue) / min(_SAMPLE, len(task.catalogue)) / 1e9
    if gigabytes > GIGABYTES:
        raise TooMuch(f"would hold {gigabytes:.0f} GB, by its first {_SAMPLE} records")
