"""The rows of a record: the current one, and a revision for each change. Always inside the caller's transaction."""

import datetime as dt

from registry.database import Cursor
from registry.errors import EditConflict, RecordExists, RecordNotFound
from registry.initiative import Initiative

# Who stands in the public record; the revision says who it was.
EDITORS = "redaktionen"

TABLES = """
CREATE TABLE IF NOT EXISTS initiative (
    id VARCHAR NOT NULL, revision INTEGER NOT NULL, status VARCHAR NOT NULL,
    edited_here BOOLEAN NOT NULL, record VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS revision (
    id VARCHAR NOT NULL, revision INTEGER NOT NULL, record VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL, saved_by VARCHAR NOT NULL, reason VARCHAR NOT NULL);
"""


def read(cursor: Cursor, id: str) -> Initiative:
    """The current record.

    Raises:
        RecordNotFound: there is none.
    """
    row = cursor.execute("SELECT record FROM initiative WHERE id = ?", [id]).fetchone()
    if row is None:
        raise RecordNotFound(id)
    return Initiative.model_validate_json(row[0])


def ids(cursor: Cursor) -> set[str]:
    """The ids of all records, whatever their status."""
    return {id for (id,) in cursor.execute("SELECT id FROM initiative").fetchall()}


def insert(cursor: Cursor, record: Initiative, *, by: str, reason: str) -> Initiative:
    """Saves a new record as its revision 1.

    Raises:
        RecordExists: the id is taken.
    """
    if cursor.execute("SELECT 1 FROM initiative WHERE id = ?", [record.id]).fetchone():
        raise RecordExists(record.id)
    saved = _stamped(record, revision=1)
    insert_as_it_is(cursor, saved, by=by, reason=reason, edited_here=True)
    return saved


def update(cursor: Cursor, record: Initiative, *, seen_revision: int, by: str, reason: str) -> Initiative:
    """Saves a change to the record that somebody saw as ``seen_revision``.

    Raises:
        EditConflict: it has changed since.
        RecordNotFound: there is no such record.
    """
    saved = _stamped(record, revision=seen_revision + 1)
    updated = cursor.execute(
        "UPDATE initiative SET revision = ?, status = ?, edited_here = TRUE, record = ? "
        "WHERE id = ? AND revision = ? RETURNING id",
        [saved.revision, saved.status, saved.model_dump_json(), saved.id, seen_revision],
    ).fetchall()
    if not updated:
        raise EditConflict(record.id, seen_revision, read(cursor, record.id).revision)
    _insert_revision(cursor, saved, by, reason)
    return saved


def insert_as_it_is(cursor: Cursor, record: Initiative, *, by: str, reason: str, edited_here: bool) -> None:
    """Saves a record that has its revision and time already."""
    cursor.execute(
        "INSERT INTO initiative VALUES (?, ?, ?, ?, ?)",
        [record.id, record.revision, record.status, edited_here, record.model_dump_json()],
    )
    _insert_revision(cursor, record, by, reason)


def replace_with_shipped(cursor: Cursor, record: Initiative, *, reason: str) -> None:
    """Saves a newer shipped record, which has its revision and time already, over one that nobody edited here."""
    cursor.execute(
        "UPDATE initiative SET revision = ?, status = ?, record = ? WHERE id = ?",
        [record.revision, record.status, record.model_dump_json(), record.id],
    )
    _insert_revision(cursor, record, record.updated_by, reason)


def _stamped(record: Initiative, *, revision: int) -> Initiative:
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    changed = record.model_dump() | {"revision": revision, "updated_at": now, "updated_by": EDITORS}
    return Initiative.model_validate(changed)


def _insert_revision(cursor: Cursor, record: Initiative, by: str, reason: str) -> None:
    cursor.execute(
        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?)",
        [record.id, record.revision, record.model_dump_json(), record.updated_at, by, reason],
    )
