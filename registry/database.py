"""The DuckDB file that all stores of the registry share: opened once, a cursor for each call.

One process owns the file. Every call takes a cursor of its own, because threads that share a
connection can read each other's results; changes wait for each other.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb

from registry.errors import StorageUnwritable, StoreBusy, StoreDamaged
from registry.files import sweep_temporary_files

DATABASE = "spridbart.duckdb"

Cursor: TypeAlias = duckdb.DuckDBPyConnection

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
        try:
            cursor = self._connection.cursor()
            try:
                yield cursor
            finally:
                cursor.close()
        except _OUTSIDE_CAUSES as error:
            raise StorageUnwritable(self.folder or Path(":memory:"), _first_line(error)) from error

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
