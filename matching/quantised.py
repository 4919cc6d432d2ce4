"""Vectors in a quarter of their memory, to find the likeliest of very many.

What a pass over all records costs is fetching them from memory. Each vector is scaled so that its largest component
is 127 and rounded (scalar quantisation: Gray and Neuhoff 1998, doi:10.1109/18.720541), and the products of
whole numbers are exact (NumKong). What it misses is in docs/decisions/2026-11-23-fewer-bits.md.
"""

from dataclasses import dataclass

import numkong
import numpy as np
import numpy.typing as npt

from matching.encoder import Vectors
from matching.lexicon import Scores

Few = npt.NDArray[np.int8] | npt.NDArray[np.float16]  # bits
_MOST = 127
_CHUNK = 10_000  # vectors


@dataclass(frozen=True, eq=False)
class Quantised:
    """``rows`` (n, d), whole numbers from -127 to 127, times ``step`` (n,) are nearly the vectors."""

    rows: npt.NDArray[np.int8]
    step: Scores

    @classmethod
    def of(cls, vectors: Vectors) -> "Quantised":
        """Those of the vectors (n, d); a vector of zeros stays one."""
        step = np.empty(len(vectors), dtype=np.float32)
        rows = np.empty(vectors.shape, dtype=np.int8)
        for start in range(0, len(vectors), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            step[chunk] = np.abs(vectors[chunk]).max(axis=1, initial=1e-9) / _MOST
            rows[chunk] = np.rint(vectors[chunk] / step[chunk, None])
        return cls(rows, step)

    def products(self, vectors: Vectors) -> Scores:
        """Nearly the products with each of the vectors (k, d), (k, n)."""
        asked = Quantised.of(vectors)
        return products(self.rows, asked.rows) * self.step * asked.step[:, None]


def products(rows: Few, vectors: Few) -> Scores:
    """``rows`` (n, d) times each of ``vectors`` (k, d), all in half precision or whole numbers: (k, n).

    Numpy would widen them number by number.
    """
    if not len(rows):
        return np.zeros((len(vectors), 0), dtype=np.float32)
    return np.ascontiguousarray(np.asarray(numkong.cdist(rows, vectors, "dot"), dtype=np.float32).T)
