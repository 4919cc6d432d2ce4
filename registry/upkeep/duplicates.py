"""Never twice: which records look like the one being written, and which pairs of the registry look alike.

Likely ones are gathered by spelling (rapidfuzz over all names at once), by rare words, abbreviations, the sources'
own ids and meaning; only those are compared in full (``registry.upkeep.likeness``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from registry.initiative import Initiative
from registry.upkeep.likeness import CERTAIN, Entry, Sign, Signals, Weights, signals, signs

WEIGHTS = Weights(-1.57, Signals(spelling=2.49, words=1.69, acronym=0.92, owner=1.08, apart=-5.23, meaning=2.33))
SHOWN_FROM = 0.5
_SPELT_LIKE = 70  # rapidfuzz ratio from which a name is compared in full
_RARE = 20  # a word in more entries than this does not alone call for a comparison
_MEANS_LIKE = 0.35  # cosine
_MOST_COMPARED = 200  # by spelling, of one entry
_FEWEST = 100  # entries
_ROWS = 256  # names compared with all others at once


@dataclass(frozen=True)
class Duplicate:
    """A record that may be the same; ``likeness`` is from 0 to 1, ``why`` what speaks for it."""

    initiative_id: str
    likeness: float
    why: tuple[Sign, ...]


@dataclass(frozen=True)
class Pair:
    """Two entries that may be the same; ``first`` comes before ``second`` in the alphabet."""

    first: str
    second: str
    likeness: float
    why: tuple[Sign, ...]


def near_duplicates(
    fields: Mapping[str, Any], records: Sequence[Initiative], meaning: Mapping[str, float] | None = None
) -> list[Duplicate]:
    """The records that may be the same as what is being written, best first.

    Args:
        fields: what has been written so far, by field name; may be incomplete.
        meaning: the cosine of the written text and each record, by id, as far as it is known.
    """
    return Known([Entry.of(record) for record in records]).near(Entry.typed(fields), meaning)


def report(records: Sequence[Initiative], meaning: Mapping[tuple[str, str], float] | None = None) -> list[Pair]:
    """All pairs of the registry that may be the same, best first; ``meaning`` are cosines by pair of ids."""
    return Known([Entry.of(record) for record in records]).pairs(meaning)


class Known:
    """Entries ready to be compared with others. It never changes."""

    def __init__(self, entries: Sequence[Entry], weights: Weights | None = None) -> None:
        self._weights = weights or WEIGHTS
        self._entries = [entry for entry in entries if entry.names]
        self._rows = {entry.id: row for row, entry in enumerate(self._entries)}
        self._keys, self._owner = _spellings(self._entries)

    def near(self, entry: Entry, meaning: Mapping[str, float] | None = None) -> list[Duplicate]:
        """The entries that may be the same as this one, best first; itself, by id, left out."""
        return self._ranked(entry, self._spelt_like([entry])[0], meaning or {})

    def near_many(self, entries: Sequence[Entry]) -> Iterator[list[Duplicate]]:
        """``near`` for each of many entries, in order, by names, owners and ids alone."""
        return (self._ranked(entry, spelt, {}) for entry, spelt in self._in_turn(entries))

    def pairs(
        self, meaning: Mapping[tuple[str, str], float] | None = None, apart: Collection[tuple[str, str]] = ()
    ) -> list[Pair]:
        """All pairs that may be the same, best first, without those in ``apart``, which somebody has said are not."""
        near: dict[str, dict[str, float]] = defaultdict(dict)
        for (first, second), cosine in (meaning or {}).items():
            near[first][second] = near[second][first] = cosine
        found: dict[tuple[str, str], Pair] = {}
        for entry, spelt in self._in_turn(self._entries):
            for other in self._ranked(entry, spelt, near[entry.id]):
                key = in_order(entry.id, other.initiative_id)
                if key not in apart:
                    found[key] = Pair(*key, other.likeness, other.why)
        return sorted(found.values(), key=lambda pair: (-pair.likeness, pair.first, pair.second))

    def signals(self, entry: Entry, id: str, meaning: float | None = None) -> Signals:
        """What the entry and the one with this id have in common, for fitting.

        Raises:
            KeyError: there is no such entry.
        """
        return signals(entry, self._entries[self._rows[id]], self._rarity, meaning)

    def _in_turn(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, set[int]]]:
        for start in range(0, len(entries), _ROWS):
            some = entries[start : start + _ROWS]
            yield from zip(some, self._spelt_like(some), strict=True)

    def _ranked(self, entry: Entry, spelt: set[int], meaning: Mapping[str, float]) -> list[Duplicate]:
        rows = self._candidates(entry, spelt, meaning)
        found = (self._compared(entry, row, meaning.get(self._entries[row].id)) for row in rows)
        likely = [duplicate for duplicate in found if duplicate.likeness >= SHOWN_FROM]
        return sorted(likely, key=lambda duplicate: (-duplicate.likeness, duplicate.initiative_id))

    def _compared(self, entry: Entry, row: int, meaning: float | None) -> Duplicate:
        other = self._entries[row]
        found = signals(entry, other, self._rarity, meaning)
        likeness = self._weights.likeness(found)
        why = signs(entry, other, found)
        if Sign.EXTERNAL_ID in why:
            likeness = 1.0
        elif Sign.SAME_NAME in why and not found.apart and found.owner >= 0:
            likeness = max(likeness, CERTAIN)
        return Duplicate(other.id, likeness, why)

    def _spelt_like(self, entries: Sequence[Entry]) -> list[set[int]]:
        """For each entry the rows of those with a name spelt like one of its names."""
        keys, owner = _spellings(entries)
        found: list[set[int]] = [set() for _ in entries]
        if not keys or not self._keys:
            return found
        ratios = process.cdist(keys, self._keys, scorer=fuzz.ratio, score_cutoff=_SPELT_LIKE, dtype=np.uint8, workers=1)
        for number, row in enumerate(owner):
            hits = np.flatnonzero(ratios[number])
            best = hits[np.argsort(ratios[number][hits])[::-1][:_MOST_COMPARED]]
            found[row].update(self._owner[best].tolist())
        return found

    def _candidates(self, entry: Entry, spelt: set[int], meaning: Mapping[str, float]) -> set[int]:
        rows = set(spelt)
        for word in entry.words:
            holders = self._holders.get(word, ())
            if len(holders) <= _RARE:
                rows.update(holders)
        for short in entry.acronyms:
            rows.update(self._short.get(short, ()))
        for long in entry.initials:
            rows.update(self._acronyms.get(long, ()))
        for id in entry.external_ids:
            rows.update(self._external.get(id, ()))
        rows.update(self._rows[id] for id, cosine in meaning.items() if cosine >= _MEANS_LIKE and id in self._rows)
        return {row for row in rows if self._entries[row].id != entry.id}

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        """How telling each word is: 1 for a word of one entry, 0 for one of all (inverse document frequency).

        A small registry is taken to be of a hundred: where there are two records, half of them is only one.
        """
        counts = Counter({word: len(rows) for word, rows in self._holders.items()})
        most = log(max(len(self._entries), _FEWEST))
        return {word: 1 - log(count) / most for word, count in counts.items()}

    @cached_property
    def _holders(self) -> Mapping[str, list[int]]:
        return _inverted(entry.words for entry in self._entries)

    @cached_property
    def _acronyms(self) -> Mapping[str, list[int]]:
        return _inverted(entry.acronyms for entry in self._entries)

    @cached_property
    def _short(self) -> Mapping[str, list[int]]:
        """By abbreviation, those called so and those whose initials it is."""
        return _inverted(entry.acronyms | entry.initials for entry in self._entries)

    @cached_property
    def _external(self) -> Mapping[str, list[int]]:
        return _inverted(entry.external_ids for entry in self._entries)


def in_order(one: str, other: str) -> tuple[str, str]:
    """The two ids as a pair is stored."""
    return (one, other) if one < other else (other, one)


def _spellings(entries: Sequence[Entry]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """All spellings of the entries' names, and the row of the entry that each belongs to."""
    held = [dict.fromkeys((*entry.keys, *entry.runs)) for entry in entries]
    rows = np.repeat(np.arange(len(entries), dtype=np.intp), [len(keys) for keys in held])
    return [key for keys in held for key in keys], rows


def _inverted(held: Iterable[frozenset[str]]) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, values in enumerate(held):
        for value in values:
            rows[value].append(row)
    return dict(rows)
