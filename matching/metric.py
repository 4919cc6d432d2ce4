"""A linear map of the model's vectors under which texts about one record lie near each other.

The model's own cosines lie close together and rank by style as much as by matter. The map whitens
with the covariance *within* records (as in linear discriminant analysis: Fisher 1936), shrunk toward a
multiple of the identity (Ledoit and Wolf 2004), because there are fewer passages than it has entries.
It is learned from the catalogue alone; no judged case takes part. What it gives is in
docs/decisions/2026-11-22-matching.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.encoder import Vectors

SHRINKAGE = 0.85


@dataclass(frozen=True)
class Metric:
    """``apply`` subtracts ``mean`` (d,), multiplies with ``map`` (d, d) and normalises to length 1."""

    mean: Vectors
    map: Vectors

    @classmethod
    def learned(cls, vectors: Vectors, owner: npt.NDArray[np.intp]) -> "Metric":
        """Learns from passages (m, d) and the rows of their records (m,), which stand together."""
        vectors = vectors.astype(np.float64)
        starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        counts = np.diff(np.r_[starts, len(owner)])
        means = np.add.reduceat(vectors, starts) / counts[:, None]
        within = vectors - np.repeat(means, counts, axis=0)
        covariance = within.T @ within / len(within)
        spread = np.trace(covariance) / len(covariance)
        if spread < 1e-12:  # one passage a record: nothing to learn from
            covariance, spread = np.zeros_like(covariance), 1.0
        shrunk = (1 - SHRINKAGE) * covariance + SHRINKAGE * spread * np.eye(len(covariance))
        whitening = np.linalg.cholesky(np.linalg.inv(shrunk))
        return cls(vectors.mean(axis=0).astype(np.float32), whitening.astype(np.float32))

    def apply(self, vectors: Vectors) -> Vectors:
        """The vectors (m, d) mapped, of length 1; a vector at the mean stays zero."""
        mapped = (vectors - self.mean) @ self.map
        lengths = np.linalg.norm(mapped, axis=-1, keepdims=True)
        return np.asarray(np.divide(mapped, lengths, out=np.zeros_like(mapped), where=lengths > 0), dtype=np.float32)
