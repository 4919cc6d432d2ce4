"""What records are called, and how nearly a challenge is such a name or holds one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from matching.lexicon import Scores, ranges
from matching.words import tokens
from registry.initiative import Initiative
from registry.places import fold

_NAME_AT = 75  # rapidfuzz ratio: below this likeness a name is another name
_IN_TEXT_FROM = 6  # letters: a shorter name inside a sentence is likely to be a common word


@dataclass(frozen=True, eq=False)
class Names:
    """The names and aliases of ``n`` records, ``k`` in all; ``first`` (n + 1,) is the first of each record.

    ``written`` (k,) are run together without accents, ``in_order`` (k,) the same with their words in order of the
    alphabet; ``letters`` (k,) and ``words`` (k,) tell how many.
    """

    written: npt.NDArray[np.object_]
    in_order: npt.NDArray[np.object_]
    letters: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]

    @classmethod
    def of(cls, records: Sequence[Initiative]) -> "Names":
        """Those of the records."""
        called = [(record.name, *record.aliases) for record in records]
        parts = [said_in(name) for names in called for name in names]
        written, in_order = (np.array(["".join(put(p)) for p in parts], dtype=object) for put in (list, sorted))
        letters, words = (np.fromiter(map(len, of), np.int64, len(parts)) for of in (written, parts))
        return cls(written, in_order, letters, words, np.cumsum([0, *map(len, called)]))

    def spelt_like(self, said: Sequence[str], rows: npt.NDArray[np.intp]) -> Scores:
        """How nearly the whole challenge is spelt like a name of each of the rows, (rows,); 0 below 0.75.

        In any order of the words: what stands in brackets in a name is often written first.
        """
        which, count = self._of(rows)
        as_said = self._alike(self.written, which, ["".join(said)])
        in_order = self._alike(self.in_order, which, ["".join(sorted(said))])
        return _highest(np.maximum(as_said, in_order), count)

    def held_in(self, said: Sequence[str], rows: npt.NDArray[np.intp]) -> Scores:
        """How nearly some of the challenge's words are spelt like a name of each of the rows, (rows,); 0 below 0.75."""
        which, count = self._of(rows)
        sizes = np.where(self.letters[which] < _IN_TEXT_FROM, 0, self.words[which])
        likeness = np.zeros(len(which), dtype=np.float32)
        for size in np.unique(sizes[(sizes > 0) & (sizes <= len(said))]):
            of_size = np.flatnonzero(sizes == size)
            windows = {"".join(said[i : i + size]) for i in range(len(said) - size + 1)}
            likeness[of_size] = self._alike(self.written, which[of_size], [*windows])
        return _highest(likeness, count)

    def _of(self, rows: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The names of the rows, and how many each has."""
        count = self.first[rows + 1] - self.first[rows]
        return ranges(self.first[rows], count), count

    def _alike(self, spelt: npt.NDArray[np.object_], which: npt.NDArray[np.int64], texts: Sequence[str]) -> Scores:
        """The likeness of each of these names to the nearest of the texts, (which,); 0 below 0.75."""
        likeness = np.zeros(len(which), dtype=np.float32)
        letters = self.letters[which]
        nearest = np.clip(letters, min(map(len, texts)), max(map(len, texts)))
        # Letters that one has and the other lacks count against: of too unlike a length they cannot be alike.
        able = np.flatnonzero(200 * np.minimum(letters, nearest) >= _NAME_AT * (letters + nearest))
        names = spelt[which[able]].tolist()
        alike = process.cdist(texts, names, scorer=fuzz.ratio, score_cutoff=_NAME_AT, dtype=np.float32)
        likeness[able] = alike.max(axis=0, initial=0) / 100
        return likeness


def said_in(text: str) -> tuple[str, ...]:
    """The words of a text without accents, as names are compared with."""
    return tuple(fold(word) for word in tokens(text))


def _highest(likeness: Scores, count: npt.NDArray[np.int64]) -> Scores:
    """The highest of each record's names, from that of each name and how many each record has."""
    return np.maximum.reduceat(likeness, np.cumsum(count) - count) if len(likeness) else likeness
