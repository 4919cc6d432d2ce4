"""Erasing for good, and the log that says what was erased: no content, only what, who, when and why.

The id of an erased record stays in the log. It must, or the shipped catalogue would bring the record back.
"""

import datetime as dt
from dataclasses import dataclass

from registry.database import Cursor
from registry.errors import ReasonMissing

TABLE = """
CREATE TABLE IF NOT EXISTS erasure (
    kind VARCHAR NOT NULL, id VARCHAR NOT NULL, erased_at TIMESTAMP NOT NULL, erased_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL);
"""
RECORD = "initiativ"
PROPOSAL = "förslag"
NEED = "behov"


@dataclass(frozen=True)
class Erasure:
    """That a record, a proposal or a reported need (``kind``) was erased: its id, by whom, when (UTC) and why."""

    kind: str
    id: str
    at: dt.datetime
    by: str
    reason: str


def log_erasure(cursor: Cursor, kind: str, id: str, *, by: str, reason: str) -> None:
    """Writes the log's row, in the transaction that erases.

    Raises:
        ReasonMissing: ``reason`` is blank.
    """
    if not reason.strip():
        raise ReasonMissing
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    cursor.execute("INSERT INTO erasure VALUES (?, ?, ?, ?, ?)", [kind, id, now, by, reason.strip()])


def erase_record_rows(cursor: Cursor, id: str) -> None:
    """Deletes the record, its revisions, and what stands about it in any table with a column ``initiative_id``."""
    cursor.execute("DELETE FROM initiative WHERE id = ?", [id])
    cursor.execute("DELETE FROM revision WHERE id = ?", [id])
    tables = cursor.execute(
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'initiative_id'"
    ).fetchall()
    for (table,) in tables:
        cursor.execute(f'DELETE FROM "{table}" WHERE initiative_id = ?', [id])  # noqa: S608 - our own tables' names


def erasures(cursor: Cursor) -> list[Erasure]:
    """Everything that has been erased, the latest first."""
    rows = cursor.execute("SELECT * FROM erasure ORDER BY erased_at DESC").fetchall()
    return [Erasure(*row) for row in rows]


def erased_records(cursor: Cursor) -> set[str]:
    """The ids of the records that have been erased."""
    return {id for (id,) in cursor.execute("SELECT id FROM erasure WHERE kind = ?", [RECORD]).fetchall()}
