"""The shared database file: all of a change or nothing, and what the disk does is named."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from registry.database import DATABASE, Database
from registry.errors import StorageUnwritable, StoreDamaged


def test_a_transaction_is_kept_whole_or_not_at_all() -> None:
    """A block that fails leaves nothing behind; one that ends keeps all."""
    database = Database()
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE number (n INTEGER)")
    with pytest.raises(ZeroDivisionError):
        _insert_and_fail(database)
    with database.transaction() as cursor:
        cursor.execute("INSERT INTO number VALUES (2)")
    with database.cursor() as cursor:
        assert cursor.execute("SELECT n FROM number").fetchall() == [(2,)]
    database.close()


def _insert_and_fail(database: Database) -> None:
    with database.transaction() as cursor:
        cursor.execute("INSERT INTO number VALUES (1)")
        raise ZeroDivisionError


def test_readers_wait_while_the_file_is_written_anew(tmp_path: Path) -> None:
    """Busy readers neither keep it from happening nor see anything but the whole database; it holds the same after."""
    database = Database(tmp_path)
    with database.transaction() as cursor:
        cursor.execute("CREATE TABLE number (n INTEGER NOT NULL)")
        cursor.execute("INSERT INTO number SELECT range FROM range(1000)")
    done = threading.Event()

    def read() -> set[int]:
        seen = set()
        while not done.is_set():
            with database.cursor() as cursor, database.cursor() as another:
                seen |= {one.execute("SELECT count(*) FROM number").fetchall()[0][0] for one in (cursor, another)}
        return seen

    with ThreadPoolExecutor(4) as readers:
        answers = [readers.submit(read) for _ in range(4)]
        try:
            for _ in range(3):
                database.rewrite()
        finally:
            done.set()
        assert all(answer.result() <= {1000} for answer in answers)
    with database.transaction() as cursor:
        cursor.execute("INSERT INTO number VALUES (1)")
    database.close()
    again = Database(tmp_path)
    with again.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM number").fetchone() == (1001,)
    again.close()
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE]


def test_a_closed_database_is_a_named_error() -> None:
    """Reading and writing after the end are expected failures, not DuckDB's own."""
    database = Database()
    database.close()
    with pytest.raises(StorageUnwritable), database.cursor():
        pass
    with pytest.raises(StorageUnwritable), database.transaction():
        pass


def test_left_overs_are_swept_only_by_the_owner(tmp_path: Path) -> None:
    """Whoever gets the file removes temporary files; whoever is refused leaves them alone."""
    stray = tmp_path / ".spridbart-abc"
    stray.touch()
    (tmp_path / "spridbart.duckdb").write_bytes(b"not a database" * 500)
    with pytest.raises(StoreDamaged):
        Database(tmp_path)
    assert stray.exists()
    (tmp_path / "spridbart.duckdb").unlink()
    Database(tmp_path).close()
    assert not stray.exists()
