"""By what entries are looked up: which of them hold a word, an abbreviation or a source's own id."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from registry.upkeep.likeness import Entry

LOOKED_UP: Mapping[str, Callable[[Entry], frozenset[str]]] = {
    "words": lambda entry: entry.words,
    "acronyms": lambda entry: entry.acronyms,
    "short": lambda entry: entry.acronyms | entry.initials,  # those called so and those whose initials it is
    "external": lambda entry: entry.external_ids,
}


def inverted(entries: Mapping[int, Entry], values: Callable[[Entry], Iterable[str]]) -> Mapping[str, list[int]]:
    """The rows of the entries by value."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, entry in entries.items():
        for value in values(entry):
            rows[value].append(row)
    return dict(rows)


def exchanged(
    held: Mapping[str, list[int]],
    struck: Mapping[int, Entry],
    fresh: Mapping[int, Entry],
    values: Callable[[Entry], Iterable[str]],
) -> Mapping[str, list[int]]:
    """The rows by value without the struck and with the fresh; lists that neither touches are shared."""
    changed = dict(held)
    for value in inverted(struck, values):
        left = [row for row in changed.pop(value) if row not in struck]
        changed |= {value: left} if left else {}
    for value, rows in inverted(fresh, values).items():
        changed[value] = [*changed.get(value, ()), *rows]
    return changed
