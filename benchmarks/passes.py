"""One pass over the centres of very many records in several ways: how long it takes, and how many of the nearest it finds.

python -m benchmarks.passes [SIZE] (100000: two minutes). The nearest are those by float32; of each way its 300 nearest are taken.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numkong
import numpy as np
import numpy.typing as npt
import torch

from benchmarks.speed import CASES, times_of
from benchmarks.synthetic import Catalogue, NoCache, SentenceEncoder
from matching.encoder import Vectors, load_encoder
from matching.evaluation import read_cases
from matching.index import SHORTLISTED, Index
from matching.lexicon import Scores
from matching.passages import passages_of
from matching.quantised import Quantised

Pass = Callable[[Vectors], Scores]
_DIRECTIONS = 128
_QUERIES = 100


def main(size: int) -> int:
    """Prints a line for each way."""
    centres, asked = _centres(size)
    print(f"  {'':<34}{'ms':>8}{'of 50 nearest':>16}{f'of {SHORTLISTED} nearest':>16}")
    exact = [np.argsort(-(centres @ vector)) for vector in asked]
    for name, score in _ways(centres):
        score(asked[0])
        times = times_of(score, list(asked))
        taken = [{*np.argsort(-score(vector))[:SHORTLISTED].tolist()} for vector in asked]
        shares = [
            np.mean(
                [
                    len(some.intersection(order[:count].tolist())) / count
                    for some, order in zip(taken, exact, strict=True)
                ]
            )
            for count in (50, SHORTLISTED)
        ]
        print(f"  {name:<34}{np.median(times):>8.2f}{shares[0]:>16.1%}{shares[1]:>16.1%}")
    return 0


def _ways(centres: Vectors) -> Iterator[tuple[str, Pass]]:
    yield "float32 (numpy)", lambda vector: np.asarray(centres @ vector)
    half = centres.astype(np.float16)
    yield (
        "16 bits (NumKong)",
        lambda vector: np.asarray(numkong.cdist(half, vector[None].astype(np.float16), "dot"))[:, 0],
    )
    eight = Quantised.of([centres], centres.shape)
    yield "8 bits (NumKong), as shipped", lambda vector: eight.products(vector[None])[0]
    one = np.packbits(centres > 0, axis=1)
    yield "1 bit a component (numpy)", lambda vector: -_unlike(one, np.packbits(vector > 0)).astype(np.float32)
    brain = torch.from_numpy(centres).to(torch.bfloat16)
    yield (
        "bfloat16 (torch)",
        lambda vector: torch.mv(brain, torch.from_numpy(vector).to(torch.bfloat16)).float().numpy(),
    )
    spread, directions = np.linalg.eigh((centres.T @ centres).astype(np.float64))
    main_ones = directions[:, np.argsort(-spread)[:_DIRECTIONS]].astype(np.float32)
    projected = centres @ main_ones
    yield f"{_DIRECTIONS} principal directions (numpy)", lambda vector: np.asarray(projected @ (vector @ main_ones))


def _unlike(rows: npt.NDArray[np.uint8], asked: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
    """In how many bits each row differs."""
    return np.bitwise_count(rows ^ asked).sum(axis=1, dtype=np.uint32)


def _centres(size: int) -> tuple[Vectors, Vectors]:
    """Those of so many synthetic records, (n, d), none of it rounded, and judged queries, (queries, d)."""
    catalogue, model = Catalogue(size), load_encoder()
    cases = read_cases(CASES, catalogue.real)
    texts = [cases[i].query for i in np.linspace(0, len(cases) - 1, _QUERIES).astype(int)]
    encoder = SentenceEncoder(catalogue, {}, model)
    with tempfile.TemporaryDirectory(prefix="passes-") as folder:
        index = Index(catalogue, catalogue.vocabulary, encoder, NoCache(), Path(folder))
    assert index.meaning is not None
    of_each = ([passage.text for passage in passages_of(record, catalogue.vocabulary)] for record in catalogue)
    metric = index.meaning.metric
    sums = np.stack([metric.apply(encoder.encode_document(passages)).sum(axis=0) for passages in of_each])
    return sums / np.linalg.norm(sums, axis=1, keepdims=True), metric.apply(model.encode_query(texts))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
