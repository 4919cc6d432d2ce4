"""How many records there are of each kind: beside each value of a facet, and where two facets meet.

Every value has a row of booleans over the records, built once for a catalogue; a question is then a few
operations on arrays (``python -m benchmarks.explore``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from registry.exploring.filters import FACETS, Filters
from registry.initiative import Initiative
from registry.places import NATIONAL, Places, fold
from registry.values import Evidence, Form, Maturity, Operation, Role, Sector, Setting
from registry.vocabulary import Vocabulary

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Count:
    """``own`` records carry the value themselves; ``shown`` are those one would see by choosing it alone.

    They differ for a län, which also shows what concerns all of Sweden.
    """

    own: int
    shown: int


@dataclass(frozen=True)
class Cross:
    """How many records carry both a value of the rows and one of the columns: ``counts`` is (rows, columns)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: npt.NDArray[np.int64]

    def count(self, row: str, column: str) -> int:
        """The records that carry both."""
        return int(self.counts[self.rows.index(row), self.columns.index(column)])

    @property
    def gaps(self) -> int:
        """The number of empty cells."""
        return int(np.count_nonzero(self.counts == 0))


class Facets:
    """The values of every record, ready to be counted. Never changes; a changed catalogue gets a new one.

    Args:
        records: what is counted.
        vocabulary: gives the target groups and themes that exist, so that those without records show up too.
        places: gives the län and the kinds of municipality.
    """

    def __init__(self, records: Sequence[Initiative], vocabulary: Vocabulary, places: Places) -> None:
        self.records = records
        known = _known_values(vocabulary, places)
        self._values: dict[str, dict[str, int]] = {}
        self._masks: dict[str, Mask] = {}
        for facet, read in FACETS.items():
            present = [read(record) for record in records]
            every = dict.fromkeys([*known.get(facet, ()), *sorted({value for values in present for value in values})])
            number = {value: row for row, value in enumerate(every)}
            masks = np.zeros((len(number), len(records)), dtype=bool)
            for column, values in enumerate(present):
                masks[[number[value] for value in values], column] = True
            self._values[facet], self._masks[facet] = number, masks

    def values(self, facet: str) -> tuple[str, ...]:
        """The values that exist in a facet, also those that no record has."""
        return tuple(self._values[facet])

    def select(self, filters: Filters, text: str = "") -> list[Initiative]:
        """The records that the filters let through and whose names or summary hold every word of ``text``."""
        return [self.records[row] for row in np.flatnonzero(self._allowed(filters, self._with_words(text))).tolist()]

    def counts(self, filters: Filters, text: str = "") -> dict[str, dict[str, Count]]:
        """Beside each value of each facet: what choosing it would show, the facet's own choice left out."""
        named = self._with_words(text)
        return {facet: self._counted(facet, self._allowed(filters, named, (facet,)), filters) for facet in FACETS}

    def cross(self, rows: str, columns: str, filters: Filters, text: str = "") -> Cross:
        """Two facets against each other, the choices in both left out: a cell is what choosing just the two shows.

        What concerns all of Sweden counts under that value alone, not in each län.
        """
        allowed = self._allowed(filters, self._with_words(text), (rows, columns))
        left, right = (self._masks[facet][:, allowed].astype(np.float32) for facet in (rows, columns))
        return Cross(self.values(rows), self.values(columns), (left @ right.T).astype(np.int64))

    def _counted(self, facet: str, allowed: Mask, filters: Filters) -> dict[str, Count]:
        own = np.count_nonzero(self._masks[facet] & allowed, axis=1)
        shown = own
        if facet == "regions" and filters.national:
            everywhere = self._any(facet, (NATIONAL,))
            shown = np.count_nonzero((self._masks[facet] | everywhere) & allowed, axis=1)
        pairs = zip(own.tolist(), shown.tolist(), strict=True)
        return {value: Count(*pair) for value, pair in zip(self._values[facet], pairs, strict=True)}

    def _allowed(self, filters: Filters, allowed: Mask, besides: Sequence[str] = ()) -> Mask:
        """Those of the allowed records that are let through; the choices in the facets ``besides`` do not count."""
        for facet, chosen in filters.chosen.items():
            if facet not in besides:
                allowed = allowed & self._any(facet, chosen)
        return allowed

    def _any(self, facet: str, chosen: Sequence[str] | frozenset[str]) -> Mask:
        rows = [self._values[facet][value] for value in chosen if value in self._values[facet]]
        return np.asarray(self._masks[facet][rows].any(axis=0))

    def _with_words(self, text: str) -> Mask:
        words = fold(text).split()
        if not words:
            return np.ones(len(self.records), dtype=bool)
        found = (all(word in known for word in words) for known in self._texts)
        return np.fromiter(found, dtype=bool, count=len(self.records))

    @cached_property
    def _texts(self) -> list[str]:
        return [fold(" ".join((r.name, *r.aliases, r.summary, r.owner))) for r in self.records]


def _known_values(vocabulary: Vocabulary, places: Places) -> Mapping[str, Sequence[str]]:
    return {
        "target_groups": tuple(vocabulary.target_groups),
        "themes": tuple(vocabulary.themes),
        "regions": (*places.lan, NATIONAL),
        "municipality_types": sorted({m.group for m in places.municipalities.values()}),
        "settings": tuple(Setting),
        "sectors": tuple(Sector),
        "forms": tuple(Form),
        "maturity": tuple(Maturity),
        "evidence": tuple(Evidence),
        "operations": tuple(Operation),
        "roles": tuple(Role),
    }
