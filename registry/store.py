"""The initiatives in the database: current rows and append-only revisions.

The SQL stays portable to DuckLake: no sequences, and no reliance on primary keys.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from registry.catalogue import write_parquet
from registry.database import Cursor, Database
from registry.errors import EditConflict, RecordExists, RecordNotFound
from registry.initiative import Initiative
from registry.values import Status

PUBLISHED = "published.parquet"

_TABLES = """
CREATE TABLE IF NOT EXISTS initiative (
    id VARCHAR NOT NULL, revision INTEGER NOT NULL, status VARCHAR NOT NULL,
    edited_here BOOLEAN NOT NULL, record VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS revision (
    id VARCHAR NOT NULL, revision INTEGER NOT NULL, record VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL, saved_by VARCHAR NOT NULL, reason VARCHAR NOT NULL);
"""


@dataclass(frozen=True)
class Revision:
    """A record as it once was saved: by whom, when (UTC) and why."""

    record: Initiative
    saved_at: dt.datetime
    saved_by: str
    reason: str


@dataclass(frozen=True)
class Merge:
    """What a newer shipped catalogue did: ids added, updated, and kept because they were edited here."""

    added: tuple[str, ...]
    updated: tuple[str, ...]
    kept: tuple[str, ...]


class InitiativeStore:
    """All initiatives and their history. ``database`` is open to other stores that share the file.

    Args:
        folder: where the database and ``published.parquet`` live; None keeps all in memory.

    Raises:
        StoreBusy: another process has the database open.
        StoreDamaged: the file is not a database of ours.
        StorageUnwritable: the folder cannot be created or written.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.database = Database(folder)
        with self.database.cursor() as cursor:
            cursor.execute(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the database file back; no store in it can be used after this."""
        self.database.close()

    def get(self, id: str) -> Initiative:
        """The current record with this id, whatever its status.

        Raises:
            RecordNotFound: there is none.
        """
        with self.database.cursor() as cursor:
            row = cursor.execute("SELECT record FROM initiative WHERE id = ?", [id]).fetchone()
        if row is None:
            raise RecordNotFound(id)
        return Initiative.model_validate_json(row[0])

    def all(self, status: Status | None = None) -> list[Initiative]:
        """The current records, ordered by id; only those with ``status`` where it is given."""
        with self.database.cursor() as cursor:
            rows = cursor.execute(
                "SELECT record FROM initiative WHERE ? IS NULL OR status = ? ORDER BY id", [status, status]
            ).fetchall()
        return [Initiative.model_validate_json(record) for (record,) in rows]

    def revisions(self, id: str) -> list[Revision]:
        """Every saved revision of the record, newest first; empty for an unknown id."""
        with self.database.cursor() as cursor:
            rows = cursor.execute(
                "SELECT record, saved_at, saved_by, reason FROM revision WHERE id = ? ORDER BY revision DESC", [id]
            ).fetchall()
        return [Revision(Initiative.model_validate_json(record), at, by, why) for record, at, by, why in rows]

    def add(self, record: Initiative, *, by: str, reason: str) -> Initiative:
        """Saves a new record as its revision 1.

        Raises:
            RecordExists: the id is taken.
        """
        with self.database.transaction() as cursor:
            if cursor.execute("SELECT 1 FROM initiative WHERE id = ?", [record.id]).fetchone():
                raise RecordExists(record.id)
            saved = _stamped(record, revision=1, by=by)
            _insert(cursor, saved, reason, edited_here=True)
        self._publish()
        return saved

    def save(self, record: Initiative, *, seen_revision: int, by: str, reason: str) -> Initiative:
        """Saves a change to the record that the editor saw as ``seen_revision``; returns it with its new revision.

        Raises:
            EditConflict: somebody saved it in between; nothing is written.
            RecordNotFound: there is no such record.
        """
        with self.database.transaction() as cursor:
            saved = _stamped(record, revision=seen_revision + 1, by=by)
            updated = cursor.execute(
                "UPDATE initiative SET revision = ?, status = ?, edited_here = TRUE, record = ? "
                "WHERE id = ? AND revision = ? RETURNING id",
                [saved.revision, saved.status, saved.model_dump_json(), saved.id, seen_revision],
            ).fetchall()
            if not updated:
                raise self._why_not_saved(cursor, record.id, seen_revision)
            _insert_revision(cursor, saved, reason)
        self._publish()
        return saved

    def merge_catalogue(self, shipped: list[Initiative]) -> Merge:
        """Takes in a shipped catalogue: new records are added, those nobody edited here are updated.

        A record edited here is kept as it is and named in the answer.
        """
        with self.database.transaction() as cursor:
            current = {
                id: (Initiative.model_validate_json(record), edited)
                for id, record, edited in cursor.execute("SELECT id, record, edited_here FROM initiative").fetchall()
            }
            merge = _plan(shipped, current)
            for record in shipped:
                if record.id in merge.added:
                    _insert(cursor, record, "Ur den medföljande katalogen", edited_here=False)
                elif record.id in merge.updated:
                    newer = record.model_copy(update={"revision": current[record.id][0].revision + 1})
                    cursor.execute(
                        "UPDATE initiative SET revision = ?, status = ?, record = ? WHERE id = ?",
                        [newer.revision, newer.status, newer.model_dump_json(), newer.id],
                    )
                    _insert_revision(cursor, newer, "Ur en nyare medföljande katalog")
        folder = self.database.folder
        if merge.added or merge.updated or (folder and not (folder / PUBLISHED).exists()):
            self._publish()
        return merge

    def _publish(self) -> None:
        if self.database.folder:
            write_parquet(self.all(Status.PUBLISHED), self.database.folder / PUBLISHED)

    @staticmethod
    def _why_not_saved(cursor: Cursor, id: str, seen_revision: int) -> EditConflict | RecordNotFound:
        row = cursor.execute("SELECT revision FROM initiative WHERE id = ?", [id]).fetchone()
        return EditConflict(id, seen_revision, row[0]) if row else RecordNotFound(id)


def _plan(shipped: list[Initiative], current: dict[str, tuple[Initiative, bool]]) -> Merge:
    added: list[str] = []
    updated: list[str] = []
    kept: list[str] = []
    for record in shipped:
        if record.id not in current:
            added.append(record.id)
            continue
        mine, edited = current[record.id]
        if mine.model_copy(update={"revision": record.revision}) == record:
            continue
        (kept if edited else updated).append(record.id)
    return Merge(tuple(added), tuple(updated), tuple(kept))


def _stamped(record: Initiative, *, revision: int, by: str) -> Initiative:
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    changed = record.model_dump() | {"revision": revision, "updated_at": now, "updated_by": by}
    return Initiative.model_validate(changed)


def _insert(cursor: Cursor, record: Initiative, reason: str, *, edited_here: bool) -> None:
    cursor.execute(
        "INSERT INTO initiative VALUES (?, ?, ?, ?, ?)",
        [record.id, record.revision, record.status, edited_here, record.model_dump_json()],
    )
    _insert_revision(cursor, record, reason)


def _insert_revision(cursor: Cursor, record: Initiative, reason: str) -> None:
    cursor.execute(
        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?)",
        [record.id, record.revision, record.model_dump_json(), record.updated_at, record.updated_by, reason],
    )
