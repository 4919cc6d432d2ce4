"""Vectors in eight bits: a quarter of their memory, and of the time it takes to fetch them from there.

Each vector is scaled so that its largest component is 127 and rounded (scalar quantisation: Gray and Neuhoff 1998,
doi:10.1109/18.720541), and the products of whole numbers are exact (NumKong). What the rounding costs is in
docs/decisions/2026-11-23-fewer-bits.md.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numkong
import numpy as np
import numpy.typing as npt

from matching.encoder import Vectors
from matching.lexicon import Scores

_MOST = 127
_LEAST = 1e-9  # of a vector of zeros: it stays one


@dataclass(frozen=True, eq=False)
class Quantised:
    """``rows`` (n, d), whole numbers from -127 to 127, times ``step`` (n,) are nearly the vectors."""

    rows: npt.NDArray[np.int8]
    step: Scores

    @classmethod
    def of(cls, lots: Iterable[Vectors], shape: tuple[int, int], folder: Path | None = None) -> "Quantised":
        """``shape`` (n, d) vectors that come lot by lot; with ``folder`` mapped from a file there."""
        rows = _mapped(folder, shape) if folder else np.empty(shape, dtype=np.int8)
        step, done = np.empty(len(rows), dtype=np.float32), 0
        for vectors in lots:
            here = slice(done, done := done + len(vectors))
            step[here] = np.abs(vectors).max(axis=1, initial=_LEAST) / _MOST
            rows[here] = np.rint(vectors / step[here, None])
        return cls(rows, step)

    def some(self, rows: npt.NDArray[np.integer]) -> "Quantised":
        """Those of these rows."""
        return Quantised(self.rows.take(rows, axis=0), self.step[rows])

    def vectors(self) -> Vectors:
        """The vectors, nearly, (n, d)."""
        return self.rows * self.step[:, None]

    def products(self, vectors: Vectors) -> Scores:
        """The products with each of the vectors (k, d), nearly, (k, n)."""
        if not len(self.rows):
            return np.zeros((len(vectors), 0), dtype=np.float32)
        asked = Quantised.of([vectors], vectors.shape)
        whole = np.asarray(numkong.cdist(self.rows, asked.rows, "dot"), dtype=np.float32)
        return np.ascontiguousarray(whole.T) * self.step * asked.step[:, None]


def _mapped(folder: Path, shape: tuple[int, int]) -> npt.NDArray[np.int8]:
    """Room in a file that is gone when nothing holds it any more."""
    with tempfile.TemporaryFile(dir=folder) as file:
        return np.asarray(np.memmap(file, dtype=np.int8, mode="w+", shape=shape))
