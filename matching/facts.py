"""What records are compared by beside their texts, as arrays: names, target groups, themes and heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.lexicon import ranges
from matching.words import tokens
from registry.initiative import Initiative
from registry.places import fold
from registry.vocabulary import Vocabulary

Mask = npt.NDArray[np.bool_]
_IN_TEXT_FROM = 6  # letters: a shorter name inside a sentence is likely to be a common word


@dataclass(frozen=True, eq=False)
class Facts:
    """Of ``n`` records with ``k`` names and aliases.

    ``keys`` (n,) are hashes of their ids: a dictionary of a million would cost more than their words.
    ``target_groups`` and ``themes`` (n, terms) say which terms each record has, in the order of the vocabulary;
    ``headings`` (n,) are hashes of its heading in the survey report, 0 for none. ``names`` (k,) are run together
    without accents, ``sorted_names`` (k,) the same with their words in order of the alphabet; ``name_words`` (k,) tells
    of how many words, 0 for one too short to be looked for inside a text, and ``first_name[i]`` is the first of
    record ``i``.
    """

    keys: npt.NDArray[np.int64]
    target_groups: Mask
    themes: Mask
    headings: npt.NDArray[np.int64]
    names: npt.NDArray[np.object_]
    sorted_names: npt.NDArray[np.object_]
    name_words: npt.NDArray[np.int64]
    first_name: npt.NDArray[np.int64]

    @classmethod
    def of(cls, records: Sequence[Initiative], vocabulary: Vocabulary) -> "Facts":
        """Those of the records."""
        group, theme = (
            {id: column for column, id in enumerate(terms)} for terms in (vocabulary.target_groups, vocabulary.themes)
        )
        groups, themes = (np.zeros((len(records), len(terms)), dtype=bool) for terms in (group, theme))
        keys, headings = np.zeros((2, len(records)), dtype=np.int64)
        names: list[str] = []
        in_order: list[str] = []
        words: list[int] = []
        first = np.zeros(len(records) + 1, dtype=np.int64)
        for row, record in enumerate(records):
            groups[row, [group[id] for id in record.target_groups]] = True
            themes[row, [theme[id] for id in record.themes]] = True
            keys[row] = hash(record.id)
            headings[row] = hash(record.category) if record.category else 0
            for name in (record.name, *record.aliases):
                parts = [fold(word) for word in tokens(name)]
                names.append("".join(parts))
                in_order.append("".join(sorted(parts)))
                words.append(len(parts) if len(names[-1]) >= _IN_TEXT_FROM else 0)
            first[row + 1] = len(names)
        called = np.array(names, dtype=object), np.array(in_order, dtype=object), np.array(words, dtype=np.int64)
        return cls(keys, groups, themes, headings, *called, first)

    @classmethod
    def joined(cls, parts: Sequence["Facts"]) -> "Facts":
        """Those of several lots of records as one."""
        named = np.concatenate([np.diff(part.first_name) for part in parts])
        columns = ("keys", "target_groups", "themes", "headings", "names", "sorted_names", "name_words")
        joined: dict[str, Any] = {
            column: np.concatenate([getattr(part, column) for part in parts]) for column in columns
        }
        return cls(**joined, first_name=np.r_[0, np.cumsum(named)])

    def some(self, rows: npt.NDArray[np.intp]) -> "Facts":
        """Those of these rows."""
        count = self.first_name[rows + 1] - self.first_name[rows]
        names = ranges(self.first_name[rows], count)
        return Facts(
            self.keys[rows],
            self.target_groups[rows],
            self.themes[rows],
            self.headings[rows],
            self.names[names],
            self.sorted_names[names],
            self.name_words[names],
            np.r_[0, np.cumsum(count)],
        )

    @property
    def owner(self) -> npt.NDArray[np.intp]:
        """The row of each name's record, (k,)."""
        return np.repeat(np.arange(len(self.headings)), np.diff(self.first_name))
