"""The shared database file: all of a change or nothing, and what the disk does is named."""

from pathlib import Path

import pytest

from registry.database import Database
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
