"""What is remembered of imports: how files with given headings are understood, and which rows have come before.

Of a row only fingerprints of its values are kept, never the values: enough to tell whether it has changed since it
last came, and nothing that erasing a record would have to find.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.database import Cursor, Database
from registry.editing.drafts import Fields
from registry.importing.layouts import ColumnMapping

_TABLES = """
CREATE TABLE IF NOT EXISTS import_mapping (
    signature VARCHAR NOT NULL, mapping VARCHAR NOT NULL, title VARCHAR NOT NULL, address VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS import_run (
    id VARCHAR NOT NULL, file VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL, undone BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS import_row (
    key VARCHAR NOT NULL, fingerprints VARCHAR NOT NULL, proposal_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL);
"""
# Told by other fields, or by the day of the import: they do not say whether a row has changed.
_NOT_COMPARED = ("statements", "id")
_AT_ONCE = 1000


@dataclass(frozen=True)
class Remembered:
    """A row that has been imported: fingerprints of its values by field, and the proposal it became."""

    fingerprints: Mapping[str, str]
    proposal_id: str


@dataclass(frozen=True)
class RememberedMapping:
    """How a file with the same headings was understood last time."""

    mapping: ColumnMapping
    title: str
    address: str


@dataclass(frozen=True)
class Run:
    """An import that was carried out: when (UTC), of which file, how many rows, and whether it was taken back."""

    id: str
    file: str
    at: dt.datetime
    undone: bool
    rows: int


@dataclass(frozen=True)
class ImportedRow:
    """A row that was imported: what it is known by in its list, its fields, and the proposal it became."""

    key: str
    fields: Fields
    proposal_id: str


class ImportMemory:
    """The tables of it, in the same database as the initiatives.

    Raises:
        StorageUnwritable: the database cannot be written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.cursor() as cursor:
            cursor.execute(_TABLES)

    def mapping(self, signature: str) -> RememberedMapping | None:
        """How the file with these headings was understood last time, if it has been imported."""
        with self._database.cursor() as cursor:
            row = cursor.execute(
                "SELECT mapping, title, address FROM import_mapping WHERE signature = ?", [signature]
            ).fetchone()
        return RememberedMapping(json.loads(row[0]), row[1], row[2]) if row else None

    def remember_mapping(self, signature: str, remembered: RememberedMapping) -> None:
        """Keeps how the file was understood, in place of what was kept before."""
        with self._database.transaction() as cursor:
            cursor.execute("DELETE FROM import_mapping WHERE signature = ?", [signature])
            mapping = json.dumps(dict(remembered.mapping), ensure_ascii=False)
            cursor.execute(
                "INSERT INTO import_mapping VALUES (?, ?, ?, ?)",
                [signature, mapping, remembered.title, remembered.address],
            )

    def rows(self) -> dict[str, Remembered]:
        """Every row that has been imported and not taken back, by its key."""
        with self._database.cursor() as cursor:
            found = cursor.execute("SELECT key, fingerprints, proposal_id FROM import_row").fetchall()
        return {key: Remembered(json.loads(fingerprints), proposal) for key, fingerprints, proposal in found}

    def runs(self) -> list[Run]:
        """The imports, newest first."""
        with self._database.cursor() as cursor:
            found = cursor.execute(
                "SELECT id, file, made_at, undone, (SELECT count(DISTINCT proposal_id) FROM import_row WHERE run_id = import_run.id) "
                "FROM import_run ORDER BY made_at DESC, id"
            ).fetchall()
        return [Run(*row) for row in found]


def proposals_of(cursor: Cursor, run_id: str) -> list[str]:
    """Ids of the proposals that an import made or changed."""
    found = cursor.execute(
        "SELECT DISTINCT proposal_id FROM import_row WHERE run_id = ? ORDER BY proposal_id", [run_id]
    ).fetchall()
    return [id for (id,) in found]


def remember_run(cursor: Cursor, file: str, rows: Iterable[ImportedRow]) -> str:
    """Keeps that the rows have been imported, each in place of what was kept of it before; gives the run's id.

    To be called in the transaction that writes the proposals.
    """
    run_id = uuid.uuid4().hex
    at = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    cursor.execute("INSERT INTO import_run VALUES (?, ?, ?, FALSE)", [run_id, file, at])
    kept = [[row.key, json.dumps(fingerprints(row.fields)), row.proposal_id, run_id] for row in rows]
    for start in range(0, len(kept), _AT_ONCE):
        _replace(cursor, kept[start : start + _AT_ONCE])
    return run_id


def forget_run(cursor: Cursor, run_id: str) -> None:
    """Forgets the rows of an import that is taken back, so that they can come again."""
    cursor.execute("DELETE FROM import_row WHERE run_id = ?", [run_id])
    cursor.execute("UPDATE import_run SET undone = TRUE WHERE id = ?", [run_id])


def fingerprints(fields: Fields) -> dict[str, str]:
    """A fingerprint for each value; equal values have equal ones."""
    return {name: fingerprint(value) for name, value in fields.items() if name not in _NOT_COMPARED}


def fingerprint(value: Any) -> str:
    """16 hexadecimal digits that equal values share."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _replace(cursor: Cursor, rows: list[list[str]]) -> None:
    keys = [row[0] for row in rows]
    cursor.execute("DELETE FROM import_row WHERE key IN (SELECT unnest(?::VARCHAR[]))", [keys])
    columns = [list(column) for column in zip(*rows, strict=True)]
    cursor.execute("INSERT INTO import_row SELECT " + ", ".join(["unnest(?::VARCHAR[])"] * 4), columns)
