"""What records are compared by beside their texts and names, as arrays: target groups, themes and heading."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from registry.initiative import Initiative
from registry.vocabulary import Vocabulary

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Facts:
    """Of ``n`` records.

    ``keys`` (n,) are hashes of their ids: a dictionary of a million would cost more than their words.
    ``target_groups`` and ``themes`` (n, terms) say which terms each record has, in the order of the vocabulary;
    ``headings`` (n,) are hashes of its heading in the survey report, 0 for none.
    """

    keys: npt.NDArray[np.int64]
    target_groups: Mask
    themes: Mask
    headings: npt.NDArray[np.int64]

    @classmethod
    def of(cls, records: Sequence[Initiative], vocabulary: Vocabulary) -> "Facts":
        """Those of the records."""
        group, theme = (
            {id: column for column, id in enumerate(terms)} for terms in (vocabulary.target_groups, vocabulary.themes)
        )
        groups, themes = (np.zeros((len(records), len(terms)), dtype=bool) for terms in (group, theme))
        keys, headings = np.zeros((2, len(records)), dtype=np.int64)
        for row, record in enumerate(records):
            groups[row, [group[id] for id in record.target_groups]] = True
            themes[row, [theme[id] for id in record.themes]] = True
            keys[row] = hash(record.id)
            headings[row] = hash(record.category) if record.category else 0
        return cls(keys, groups, themes, headings)

    def some(self, rows: npt.NDArray[np.intp]) -> "Facts":
        """Those of these rows."""
        return Facts(self.keys[rows], self.target_groups[rows], self.themes[rows], self.headings[rows])
