"""Never twice: which records look like the one being written, and which pairs of the registry look alike.

Likely ones are gathered by spelling (rapidfuzz over all names at once), by rare words, abbreviations, the sources'
own ids and meaning; only those are compared in full (``registry.upkeep.likeness``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from registry.initiative import Initiative
from registry.upkeep.likeness import CERTAIN, MISSPELT_AT, MISSPELT_FROM, Entry, Sign, Signals, Weights, signals, signs
from registry.upkeep.lookup import LOOKED_UP, exchanged, inverted

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
        live = dict(enumerate(self._entries))
        self._rows = {entry.id: row for row, entry in live.items()}
        self._keys, self._owner = _spellings(self._entries)
        self._held = {kind: inverted(live, values) for kind, values in LOOKED_UP.items()}

    @property
    def entries(self) -> list[Entry]:
        """All of them."""
        return [self._entries[row] for row in self._rows.values()]

    def name_of(self, id: str) -> str:
        """The main name of the entry with this id; "" where there is none."""
        return self._entries[self._rows[id]].names[0] if id in self._rows else ""

    def near(self, entry: Entry, meaning: Mapping[str, float] | None = None) -> list[Duplicate]:
        """The entries that may be the same as this one, best first; itself, by id, left out."""
        return self._ranked(entry, self._spelt_like([entry])[0], meaning or {})

    def near_many(
        self, entries: Sequence[Entry], meanings: Iterable[Mapping[str, float]] | None = None
    ) -> Iterator[list[Duplicate]]:
        """``near`` for each of many entries, in order; without ``meanings`` by names, owners and ids alone."""
        means = meanings or [{}] * len(entries)
        pairs = zip(self._in_turn(entries), means, strict=True)
        return (self._ranked(entry, spelt, meaning) for (entry, spelt), meaning in pairs)

    def changed(self, entries: Sequence[Entry], removed: Collection[str] = ()) -> "Known":
        """The same with these entries added or in place of those with their ids, and without the removed, by id.

        Only what these entries touch is looked up anew; the rest is shared.
        """
        gone = {*removed, *(entry.id for entry in entries)}
        struck = {row: self._entries[row] for id, row in self._rows.items() if id in gone}
        fresh = dict(enumerate((entry for entry in entries if entry.names), start=len(self._entries)))
        rows = {id: row for id, row in self._rows.items() if id not in gone}
        if len(self._entries) > 2 * len(rows) + _FEWEST:  # most of it has been struck out
            return Known([*(self._entries[row] for row in rows.values()), *fresh.values()], self._weights)
        known = copy(self)
        for derived in ("_rarity", "_rare_words"):
            known.__dict__.pop(derived, None)
        known._entries = [*self._entries, *fresh.values()]
        known._rows = rows | {entry.id: row for row, entry in fresh.items()}
        known._held = {kind: exchanged(held, struck, fresh, LOOKED_UP[kind]) for kind, held in self._held.items()}
        kept = np.flatnonzero(~np.isin(self._owner, list(struck)))
        keys, owner = _spellings(list(fresh.values()))
        known._keys = [*(self._keys[place] for place in kept.tolist()), *keys]
        known._owner = np.concatenate([self._owner[kept], owner + len(self._entries)])
        return known

    def pairs(
        self, meaning: Mapping[tuple[str, str], float] | None = None, apart: Collection[tuple[str, str]] = ()
    ) -> list[Pair]:
        """All pairs that may be the same, best first, without those in ``apart``, which somebody has said are not."""
        near: dict[str, dict[str, float]] = defaultdict(dict)
        for (first, second), cosine in (meaning or {}).items():
            near[first][second] = near[second][first] = cosine
        found: dict[tuple[str, str], Pair] = {}
        for entry, spelt in self._in_turn(self.entries):
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
        """For each entry the rows of those with a name, or a rare word of one, spelt like one of its own."""
        keys, owner = _spellings(entries)
        found: list[set[int]] = [set() for _ in entries]
        if not keys or not self._keys:
            return found
        ratios = process.cdist(keys, self._keys, scorer=fuzz.ratio, score_cutoff=_SPELT_LIKE, dtype=np.uint8, workers=1)
        for number, row in enumerate(owner):
            hits = np.flatnonzero(ratios[number])
            best = hits[np.argsort(ratios[number][hits])[::-1][:_MOST_COMPARED]]
            found[row].update(self._owner[best].tolist())
        holders = self._holders_of_like(word for entry in entries for word in entry.words)
        for row, entry in enumerate(entries):
            found[row].update(*(holders.get(word, ()) for word in entry.words))
        return found

    def _holders_of_like(self, words: Iterable[str]) -> Mapping[str, set[int]]:
        """The rows of those with a rare word spelt like one of these, by word; of those words that nobody has."""
        unknown = sorted({word for word in words if len(word) >= MISSPELT_FROM and word not in self._held["words"]})
        holders: dict[str, set[int]] = defaultdict(set)
        if unknown and self._rare_words:
            like = process.cdist(unknown, self._rare_words, scorer=fuzz.ratio, score_cutoff=MISSPELT_AT, dtype=np.uint8)
            for mine, other in np.argwhere(like).tolist():
                holders[unknown[mine]].update(self._held["words"][self._rare_words[other]])
        return holders

    def _candidates(self, entry: Entry, spelt: set[int], meaning: Mapping[str, float]) -> set[int]:
        rows = set(spelt)
        for word in entry.words:
            holders = self._held["words"].get(word, ())
            if len(holders) <= _RARE:
                rows.update(holders)
        for short in entry.acronyms:
            rows.update(self._held["short"].get(short, ()))
        for long in entry.initials:
            rows.update(self._held["acronyms"].get(long, ()))
        for id in entry.external_ids:
            rows.update(self._held["external"].get(id, ()))
        rows.update(self._rows[id] for id, cosine in meaning.items() if cosine >= _MEANS_LIKE and id in self._rows)
        return {row for row in rows if self._entries[row].id != entry.id}

    @cached_property
    def _rare_words(self) -> list[str]:
        """The words that can be misspelt and that alone call for a comparison."""
        held = self._held["words"].items()
        return [word for word, rows in held if len(word) >= MISSPELT_FROM and len(rows) <= _RARE]

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        """How telling each word is: 1 for a word of one entry, 0 for one of all (inverse document frequency).

        A small registry is taken to be of a hundred: where there are two records, half of them is only one.
        """
        most = log(max(len(self._rows), _FEWEST))
        return {word: 1 - log(len(rows)) / most for word, rows in self._held["words"].items()}


def in_order(one: str, other: str) -> tuple[str, str]:
    """The two ids as a pair is stored."""
    return (one, other) if one < other else (other, one)


def _spellings(entries: Sequence[Entry]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """All spellings of the entries' names, and the row of the entry that each belongs to."""
    held = [dict.fromkeys((*entry.keys, *entry.runs)) for entry in entries]
    rows = np.repeat(np.arange(len(entries), dtype=np.intp), [len(keys) for keys in held])
    return [key for keys in held for key in keys], rows
