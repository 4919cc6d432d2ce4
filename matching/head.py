"""What judges have said of other challenges, carried over to this one.

A head in the sense of transfer learning: a linear map from a challenge to the grade that a judge would give each
initiative, learned by ridge regression (Hoerl and Kennard 1970) from the judged texts in data/judgements.jsonl
and from texts outside the subject, which nothing answers. A challenge is its vector by the model, beside its
character n-grams hashed to a fixed number of columns (Weinberger et al. 2009, arXiv:0902.2206), tf-idf. ``fit.py``
writes ``head.npz``; what it gives is in docs/decisions/2026-11-22-head.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import norm
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.kernel_ridge import KernelRidge

from matching.encoder import Vectors

_COLUMNS = 2**14
_PENALTY = 0.5
_BEST = 3.0  # the highest grade
_hashed = HashingVectorizer(
    analyzer="char_wb",
    ngram_range=(3, 5),
    strip_accents="unicode",
    n_features=_COLUMNS,
    alternate_sign=False,
    norm=None,
    dtype=np.float32,
)


@dataclass(frozen=True)
class Head:
    """The map: ``ngrams @ by_ngrams + direction @ by_vector``.

    It gives grades, as shares of the highest, for ``ids`` (r,), the initiatives it knows, and last whether the
    challenge is within the subject, from 0 to 1. ``rarity`` (columns,) are the n-grams' idf; ``by_ngrams`` is
    (columns, r + 1). ``mean`` (d,) is subtracted from the vector and ``by_vector`` is (d, r + 1); both are None in
    the head that does without a model.
    """

    ids: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
    by_ngrams: npt.NDArray[np.float32]
    mean: Vectors | None = None
    by_vector: npt.NDArray[np.float32] | None = None

    @classmethod
    def learned(
        cls, texts: Sequence[str], grades: Sequence[Mapping[str, int]], vectors: Vectors | None = None
    ) -> "Head":
        """Learns from judged texts, (m,), their grades by id, and their vectors, (m, d), if there is a model.

        A text without grades is outside the subject.
        """
        ids = tuple(sorted({id for judged in grades for id in judged}))
        wanted = np.array(
            [[*(judged.get(id, 0) / _BEST for id in ids), bool(judged)] for judged in grades], dtype=np.float64
        )
        counts = _hashed.transform(texts)
        rarity = TfidfTransformer().fit(counts).idf_.astype(np.float32)
        ngrams = _weighed(counts, rarity)
        alike = (ngrams @ ngrams.T).toarray()
        if vectors is None:
            dual = _ridge(alike, wanted)
            return cls(ids, rarity, np.asarray(ngrams.T @ dual, dtype=np.float32))
        mean = vectors.mean(axis=0)
        directions = _directions(vectors, mean)
        dual = _ridge(alike + directions @ directions.T, wanted)
        by_ngrams, by_vector = (np.asarray(side.T @ dual, dtype=np.float32) for side in (ngrams, directions))
        return cls(ids, rarity, by_ngrams, mean, by_vector)

    def expected(self, texts: Sequence[str], vectors: Sequence[Vectors] = ()) -> list["Expected"]:
        """What a judge is expected to say of each challenge, from its text and, with a model, its vector (d,)."""
        rows = self.grades(texts, np.stack(vectors) if vectors else None).tolist()
        return [Expected(dict(zip(self.ids, grades, strict=True)), subject) for *grades, subject in rows]

    def grades(self, texts: Sequence[str], vectors: Vectors | None) -> npt.NDArray[np.float32]:
        """The same for several texts and their vectors, (n, d): (n, r + 1)."""
        values = _weighed(_hashed.transform(texts), self.rarity) @ self.by_ngrams
        if self.mean is not None and self.by_vector is not None and vectors is not None:
            values = values + _directions(vectors, self.mean) @ self.by_vector
        np.maximum(values[:, :-1], 0, out=values[:, :-1])
        return np.asarray(values, dtype=np.float32)


@dataclass(frozen=True)
class Expected:
    """The grade expected of each initiative, by id, as a share of the highest, and of being within the subject."""

    grades: Mapping[str, float]
    subject: float


def save_heads(heads: Mapping[str, Head], path: Path) -> None:
    """Writes the heads by side, in half precision."""
    arrays: dict[str, Any] = {
        f"{side}_{name}": np.array(value) if name == "ids" else np.asarray(value, dtype=np.float16)
        for side, head in heads.items()
        for name, value in vars(head).items()
        if value is not None
    }
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def read_head(path: Path, side: str) -> Head:
    """The head for ``side``: "meaning", or "words" for when the model is not there."""
    with np.load(path, allow_pickle=False) as stored:
        names = ("rarity", "by_ngrams", "mean", "by_vector")
        found = {name: stored[f"{side}_{name}"] for name in names if f"{side}_{name}" in stored}
        ids = tuple(map(str, stored[f"{side}_ids"]))
    return Head(ids, **{name: array.astype(np.float32) for name, array in found.items()})


def _weighed(counts: csr_matrix, rarity: npt.NDArray[np.float32]) -> csr_matrix:
    """Sublinear tf-idf, each row of length 1."""
    weights = (1 + np.log(counts.data)) * rarity[counts.indices]
    weighed = csr_matrix((weights, counts.indices, counts.indptr), counts.shape)
    weighed.data /= np.repeat(norm(weighed, axis=1), np.diff(weighed.indptr))
    return weighed


def _directions(vectors: Vectors, mean: Vectors) -> Vectors:
    """The vectors seen from the mean, each of length 1."""
    away = vectors - mean
    return np.asarray(away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9))


def _ridge(kernel: npt.NDArray[np.float32], wanted: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Ridge regression in its dual form: there are fewer texts than columns."""
    return np.asarray(KernelRidge(alpha=_PENALTY, kernel="precomputed").fit(kernel, wanted).dual_coef_)
