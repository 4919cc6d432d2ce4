"""Words of a challenge that are spelt nearly like a phrase of the vocabulary."""

from bisect import bisect_left
from collections.abc import Collection, Mapping

import numpy as np
from rapidfuzz import fuzz, process

Misspelt = Mapping[str, tuple[str, ...]]
_FROM = 8  # letters: shorter words have too many neighbours
_AT = 90  # rapidfuzz ratio
_LEAST = _AT / (200 - _AT)  # of the longer's length: with fewer letters the ratio cannot be reached
_BLOCK = 32  # words of about the same length, compared at once


class Misspellings:
    """Finds them. Words and phrases are keys: run together and cut to a stem."""

    def __init__(self, phrases: Collection[str]) -> None:
        """``phrases`` are all that can be meant."""
        self._phrases = phrases
        self._long = sorted((phrase for phrase in phrases if len(phrase) >= _FROM), key=len)

    def of(self, keys: Collection[str]) -> Misspelt:
        """Those of the keys that are no phrase but spelt nearly like some, and those phrases."""
        doubtful = sorted((key for key in keys if len(key) >= _FROM and key not in self._phrases), key=len)
        found: dict[str, tuple[str, ...]] = {}
        for start in range(0, len(doubtful), _BLOCK):
            some = doubtful[start : start + _BLOCK]
            phrases = self._long[
                self._from_length(len(some[0]) * _LEAST) : self._from_length(len(some[-1]) / _LEAST + 1)
            ]
            close = process.cdist(some, phrases, scorer=fuzz.ratio, score_cutoff=_AT, dtype=np.uint8)
            for row, column in zip(*np.nonzero(close), strict=True):
                found[some[row]] = (*found.get(some[row], ()), phrases[column])
        return found

    def _from_length(self, letters: float) -> int:
        """The place of the first long phrase with so many letters."""
        return bisect_left(self._long, letters, key=len)
