"""The initiatives in the database: current records and append-only revisions.

The SQL stays portable to DuckLake: no sequences, and no reliance on primary keys. A table of another store that
says something about an initiative names it in a column ``initiative_id``: then ``erase`` reaches it.
"""

import datetime as dt
import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from registry import erasing, record_rows
from registry.catalogue import write_parquet
from registry.database import Cursor, Database
from registry.erasing import Erasure
from registry.errors import NotInThisState, RevisionNotFound, StorageUnwritable
from registry.initiative import Initiative
from registry.published import PUBLISHED, is_current
from registry.values import Status

__all__ = ["PUBLISHED", "InitiativeStore", "Merge", "Revision"]
_log = logging.getLogger(__name__)


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
        self._publishing = threading.Lock()
        with self.database.transaction() as cursor:
            cursor.execute(record_rows.TABLES)
            cursor.execute(erasing.TABLE)

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
            return record_rows.read(cursor, id)

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
            saved = record_rows.insert(cursor, record, by=by, reason=reason)
        self.publish()
        return saved

    def save(self, record: Initiative, *, seen_revision: int, by: str, reason: str) -> Initiative:
        """Saves a change to the record that the editor saw as ``seen_revision``; returns it with its new revision.

        Raises:
            EditConflict: somebody saved it in between; nothing is written.
            RecordNotFound: there is no such record.
        """
        with self.database.transaction() as cursor:
            saved = record_rows.update(cursor, record, seen_revision=seen_revision, by=by, reason=reason)
        self.publish()
        return saved

    def archive(self, id: str, *, seen_revision: int, by: str, reason: str) -> Initiative:
        """Takes a published record out of sight. Nothing is deleted: ``restore`` brings it back.

        Raises:
            EditConflict: somebody saved it in between.
            NotInThisState: it is not published.
            RecordNotFound: there is no such record.
        """
        record = self.get(id)
        if record.status is not Status.PUBLISHED:
            raise NotInThisState(id, record.status, "arkivera initiativet")
        archived = record.model_copy(update={"status": Status.ARCHIVED})
        return self.save(archived, seen_revision=seen_revision, by=by, reason=reason)

    def restore(self, id: str, revision: int, *, seen_revision: int, by: str, reason: str) -> Initiative:
        """Publishes what the record was in ``revision`` anew, as a revision of its own; those between stay.

        Raises:
            EditConflict: somebody saved it in between.
            RecordNotFound: there is no such record.
            RevisionNotFound: it has no such revision.
        """
        self.get(id)
        earlier = [saved.record for saved in self.revisions(id) if saved.record.revision == revision]
        if not earlier:
            raise RevisionNotFound(id, revision)
        restored = earlier[0].model_copy(update={"status": Status.PUBLISHED})
        return self.save(restored, seen_revision=seen_revision, by=by, reason=reason)

    def erase(self, id: str, *, by: str, reason: str) -> None:
        """Removes the record for good: all revisions, its proposals with their events, and visitors' answers on it.

        A row in the log stays: the id, who, when and why. ``published.parquet`` and the database file are written anew
        without it. What remains is outside the registry: backups and exports taken before, blocks of the disk that the
        file system has not used again, and the matcher's cache, which holds vectors without their text.

        Raises:
            ReasonMissing: ``reason`` is blank.
            RecordNotFound: there is no such record.
            StorageUnwritable: it is erased, but a file could not be written anew.
        """
        with self.database.transaction() as cursor:
            record_rows.read(cursor, id)
            erasing.log_erasure(cursor, erasing.RECORD, id, by=by, reason=reason)
            erasing.erase_record_rows(cursor, id)
        self._write_published()
        self.database.rewrite()

    def erasures(self) -> list[Erasure]:
        """The log of what has been erased, the latest first."""
        with self.database.cursor() as cursor:
            return erasing.erasures(cursor)

    def merge_catalogue(self, shipped: list[Initiative]) -> Merge:
        """Takes in a shipped catalogue: new records are added, those nobody edited here are updated.

        A record edited here is kept as it is and named in the answer; one that has been erased stays erased. Also
        writes ``published.parquet`` anew where it is not what the database holds, as after a crash.
        """
        with self.database.transaction() as cursor:
            current = {
                id: (Initiative.model_validate_json(record), edited)
                for id, record, edited in cursor.execute("SELECT id, record, edited_here FROM initiative").fetchall()
            }
            erased = erasing.erased_records(cursor)
            merge = _plan([record for record in shipped if record.id not in erased], current)
            _take_in(cursor, shipped, merge, current)
        if not self._is_published():
            self._write_published()
        return merge

    def publish(self) -> None:
        """Writes ``published.parquet`` after a change. A failure is logged, since the change itself is saved.

        The next change, or the next start, writes the file anew.
        """
        try:
            self._write_published()
        except StorageUnwritable as error:
            _log.error("published.parquet is behind the database: %r", error)

    def _write_published(self) -> None:
        if self.database.folder:
            # Who comes last reads last, so an older state never replaces a newer.
            with self._publishing:
                write_parquet(self.all(Status.PUBLISHED), self.database.folder / PUBLISHED)

    def _is_published(self) -> bool:
        if self.database.folder is None:
            return True
        with self.database.cursor() as cursor:
            rows = cursor.execute("SELECT id, revision FROM initiative WHERE status = ?", [Status.PUBLISHED]).fetchall()
        return is_current(self.database.folder / PUBLISHED, dict(rows))


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


def _take_in(
    cursor: Cursor, shipped: list[Initiative], merge: Merge, current: dict[str, tuple[Initiative, bool]]
) -> None:
    for record in shipped:
        if record.id in merge.added:
            reason = "Ur den medföljande katalogen"
            record_rows.insert_as_it_is(cursor, record, by=record.updated_by, reason=reason, edited_here=False)
        elif record.id in merge.updated:
            newer = record.model_copy(update={"revision": current[record.id][0].revision + 1})
            record_rows.replace_with_shipped(cursor, newer, reason="Ur en nyare medföljande katalog")
