"""Pairs that somebody has looked at and said are not the same, so that the list of possible duplicates empties."""

import datetime as dt
from dataclasses import dataclass

from registry.inbox.sent_in import today
from registry.store import InitiativeStore
from registry.upkeep.duplicates import in_order

_TABLE = """
CREATE TABLE IF NOT EXISTS distinct_pair (
    first VARCHAR NOT NULL, second VARCHAR NOT NULL, said_by VARCHAR NOT NULL, day DATE NOT NULL);
"""


@dataclass(frozen=True)
class Distinct:
    """Two records or proposals, by id, that are not the same: who said so, and when."""

    first: str
    second: str
    said_by: str
    day: dt.date


class DistinctStore:
    """The pairs, in the same database as the initiatives."""

    def __init__(self, initiatives: InitiativeStore) -> None:
        self._database = initiatives.database
        with self._database.cursor() as cursor:
            cursor.execute(_TABLE)

    def say(self, one: str, other: str, *, by: str) -> None:
        """Remembers that the two are not the same; once said it stands as it was said first."""
        pair = in_order(one, other)
        with self._database.transaction() as cursor:
            if not cursor.execute("SELECT 1 FROM distinct_pair WHERE first = ? AND second = ?", [*pair]).fetchone():
                cursor.execute("INSERT INTO distinct_pair VALUES (?, ?, ?, ?)", [*pair, by, today()])

    def take_back(self, one: str, other: str) -> None:
        """Lets the pair be shown as possible duplicates again."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM distinct_pair WHERE first = ? AND second = ?", [*in_order(one, other)])

    def all(self) -> list[Distinct]:
        """Every pair, newest first."""
        with self._database.cursor() as cursor:
            rows = cursor.execute("SELECT * FROM distinct_pair ORDER BY day DESC, first, second").fetchall()
        return [Distinct(*row) for row in rows]

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The pairs of ids, each as ``duplicates.in_order`` gives it."""
        return frozenset((pair.first, pair.second) for pair in self.all())
