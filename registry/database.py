"""The DuckDB file that all stores of the registry share: opened once, a cursor for each call.

One process owns the file. Every call takes a cursor of its own, because threads that share a
connection can read each other's results; changes wait for each other.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb

from registry.errors import StorageUnwritable, StoreBusy, StoreDamaged
from registry.files import replace_file, sweep_temporary_files

DATABASE = "spridbart.duckdb"

Cursor: TypeAlias = duckdb.DuckDBPyConnection

# What a cursor raises when a statement cannot be carried out.
Failure = duckdb.Error

# What the disk or a closed file can cause in the middle of a call; other errors are faults of ours and stay as they are.
_OUTSIDE_CAUSES = (duckdb.IOException, duckdb.FatalException, duckdb.ConnectionException)


class Database:
    """An open database file.

    Args:
        folder: where the file lives; None keeps all in memory.

    Raises:
        StoreBusy: another process has the database open.
        StoreDamaged: the file is not a database of ours.
        StorageUnwritable: the folder cannot be created or written.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._writing = threading.Lock()
        self._cursors: Counter[int] = Counter()  # by thread
        self._cursors_changed = threading.Condition()
        self._rewriting = False
        self._connection = _connect(folder)

    def close(self) -> None:
        """Gives the file back; the database cannot be used after this."""
        self._connection.close()

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A cursor for reading.

        Raises:
            StorageUnwritable: the disk does not answer, or the database has been closed.
        """
        with self._outside_causes_named():
            cursor = self._opened_cursor()
            try:
                yield cursor
            finally:
                self._close_cursor(cursor)

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """A cursor for changes: all of them are kept when the block ends, none when it fails.

        Raises:
            StorageUnwritable: the disk is full or does not answer, or the database has been closed.
        """
        with self._writing, self.cursor() as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()

    def rewrite(self) -> None:
        """Copies what the database holds into a new file in the old one's place, so that nothing deleted is left in it.

        DuckDB's CHECKPOINT alone does not do that: the bytes of deleted rows stay in the file
        (docs/decisions/2026-11-22-editorial.md). Waits until nobody uses the database, so it must not be called by
        somebody who holds a cursor. Whatever stops it, the old file or the new one is there, whole.

        Raises:
            StorageUnwritable: the disk is full or does not answer, or the database has been closed.
        """
        if self.folder is None:
            return
        with self._writing, self._alone():
            # The log must be empty when the file is replaced: it would be played back into the new one.
            self._connection.execute("CHECKPOINT")
            replace_file(self.folder / DATABASE, self._copy_to)
            self._connection.close()
            self._connection = _connect(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._cursors_changed, self._outside_causes_named():
            self._rewriting = True
            try:
                self._cursors_changed.wait_for(lambda: not self._cursors.total())
                yield
            finally:
                self._rewriting = False
                self._cursors_changed.notify_all()

    def _copy_to(self, path: Path) -> None:
        path.unlink()  # DuckDB makes the file itself
        with closing(self._connection.cursor()) as cursor:
            row = cursor.execute("SELECT current_database()").fetchone()
            # ATTACH takes no bound parameters; the path is the operator's, and doubled quotes keep it one text.
            cursor.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS rewritten")
            try:
                cursor.execute(f'COPY FROM DATABASE "{row[0]}" TO rewritten')
            finally:
                cursor.execute("DETACH rewritten")

    def _opened_cursor(self) -> Cursor:
        me = threading.get_ident()
        with self._cursors_changed:
            # Who holds a cursor gets another, since the rewriting waits for the first.
            self._cursors_changed.wait_for(lambda: self._cursors[me] or not self._rewriting)
            cursor = self._connection.cursor()
            self._cursors[me] += 1
        return cursor

    def _close_cursor(self, cursor: Cursor) -> None:
        cursor.close()
        with self._cursors_changed:
            self._cursors -= Counter([threading.get_ident()])
            self._cursors_changed.notify_all()

    @contextmanager
    def _outside_causes_named(self) -> Iterator[None]:
        try:
            yield
        except _OUTSIDE_CAUSES as error:
            raise StorageUnwritable(self.folder or Path(":memory:"), _first_line(error)) from error


def _connect(folder: Path | None) -> Cursor:
    if folder is None:
        return duckdb.connect(":memory:")
    path = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(path)
        # Only now: before the file is ours, a temporary file may be one that its owner is writing.
        sweep_temporary_files(folder)
    except OSError as error:
        raise StorageUnwritable(folder, error.strerror or str(error)) from error
    except duckdb.IOException as error:
        raise _why_not_opened(path, str(error)) from error
    except duckdb.Error as error:
        raise StoreDamaged(path, _first_line(error)) from error
    return connection


def _why_not_opened(path: Path, text: str) -> StoreBusy | StorageUnwritable | StoreDamaged:
    first = text.splitlines()[0]
    if "lock" in text.lower():
        holder = re.search(r"held in (.+?)\. ", text)
        return StoreBusy(path, holder.group(1) if holder else "okänd process")
    if "permission" in text.lower() or "read-only" in text.lower() or "Cannot open file" in text:
        return StorageUnwritable(path.parent, first)
    return StoreDamaged(path, first)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
