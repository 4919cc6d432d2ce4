"""A copy of the whole database in one file, proved by restoring it.

The file is a zip that holds one Parquet file for each table and ``manifest.json`` with their columns, rows and
checksums. Every table is copied, whatever it is called, so that a new one needs no line here. Members are stored
uncompressed (Parquet is compressed already): what comes out of a foreign file is never larger than the file.
"""

import datetime as dt
import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from registry.database import Cursor, Database, Failure
from registry.errors import BackupDamaged, BackupUnprovable
from registry.files import replace_file

PRIVATE = 0o600  # drafts and tips are in it
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 1_000_000
_MOST_ROWS = 100_000_000
_NAME = r"^[a-z_][a-z0-9_]{0,62}$"
_TYPE = r"^[A-Z][A-Z0-9_]*( WITH TIME ZONE)?(\(\d{1,2},\d{1,2}\))?(\[\])*$"


class Column(BaseModel):
    """A column as DuckDB names it. Names and types are narrow, for they become SQL."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=_NAME)]
    type: Annotated[str, Field(pattern=_TYPE)]
    nullable: bool


class Table(BaseModel):
    """A table: its rows, the SHA-256 of its Parquet file, and the sum of its rows' MD5 sums (lower 64 bits)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=_NAME)]
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[int, Field(ge=0, le=_MOST_ROWS)]
    content: Annotated[str, Field(pattern=r"^\d{1,39}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = "0" * 64

    @property
    def file(self) -> str:
        """The name of its Parquet file in the backup."""
        return f"{self.name}.parquet"


class Manifest(BaseModel):
    """What a backup holds; ``taken_at`` is UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["spridbart-backup"] = "spridbart-backup"
    version: Literal[1] = 1
    taken_at: dt.datetime
    tables: tuple[Table, ...]

    @property
    def rows(self) -> int:
        """The rows of all tables together."""
        return sum(table.rows for table in self.tables)


def write_backup(database: Database, target: Path) -> None:
    """Writes all tables, as they are at one moment, to ``target``. Others may read and write meanwhile.

    Raises:
        BackupUnprovable: a table has a column of a kind that a backup cannot hold.
        StorageUnwritable: the folder cannot be written, or is full.
    """
    replace_file(target, lambda path: _write(database, path), mode=PRIVATE)


def read_manifest(path: Path) -> Manifest:
    """What the file says that it holds, where that is in order as far as can be seen without opening the tables.

    Raises:
        BackupDamaged: the file is not a backup of ours, or not a whole one.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > path.stat().st_size:
                raise BackupDamaged(path, "innehållet är större än filen")
            if any(member.compress_type != zipfile.ZIP_STORED for member in members):
                raise BackupDamaged(path, "innehållet är komprimerat")
            if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
                raise BackupDamaged(path, "förteckningen är för stor")
            manifest = Manifest.model_validate_json(archive.read(_MANIFEST))
    except OSError as error:
        raise BackupDamaged(path, error.strerror or str(error)) from error
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise BackupDamaged(path, "inte en hel säkerhetskopia") from error
    except ValidationError as error:
        raise BackupDamaged(path, "förteckningen går inte att läsa") from error
    expected = sorted([_MANIFEST, *(table.file for table in manifest.tables)])
    if sorted(member.filename for member in members) != expected or len(set(expected)) != len(expected):
        raise BackupDamaged(path, "filen innehåller annat än förteckningen säger")
    return manifest


def rebuild(path: Path, folder: Path) -> Manifest:
    """Makes a database of the backup in ``folder``, which holds none yet; every row of every table is there after it.

    Raises:
        BackupDamaged: the file is not a whole backup of ours; the folder holds nothing to use.
        StorageUnwritable: the folder cannot be written, or is full.
    """
    manifest = read_manifest(path)
    database = Database(folder)
    try:
        with tempfile.TemporaryDirectory() as unpacked, database.transaction() as cursor:
            for table in manifest.tables:
                file = _unpacked(path, table, Path(unpacked))
                _fill(cursor, table, file)
                file.unlink()
    except Failure as error:
        raise BackupDamaged(path, str(error).splitlines()[0]) from error
    finally:
        database.close()
    return manifest


def prove(path: Path) -> Manifest:
    """Restores the backup into a fresh database and compares rows and content with what the source had.

    Raises:
        BackupDamaged: they differ, or the file is not a whole backup.
    """
    with tempfile.TemporaryDirectory() as folder:
        manifest = rebuild(path, Path(folder))
        database = Database(Path(folder))
        try:
            with database.cursor() as cursor:
                restored = _described(cursor)
        finally:
            database.close()
    source = tuple(table.model_copy(update={"sha256": "0" * 64}) for table in manifest.tables)
    if restored != source:
        raise BackupDamaged(path, "den återställda databasen skiljer sig från den kopierade")
    return manifest


def _write(database: Database, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, database.cursor() as cursor, zipfile.ZipFile(path, "w") as archive:
        cursor.begin()  # one moment for all tables
        tables = []
        for table in _described(cursor):
            file = Path(folder, table.file)
            cursor.execute(f'COPY (SELECT * FROM "{table.name}" ORDER BY ALL) TO ? (COMPRESSION zstd)', [str(file)])  # noqa: S608 - the name has been through Table
            archive.write(file, table.file)
            tables.append(table.model_copy(update={"sha256": _sha256(file)}))
            file.unlink()
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        archive.writestr(_MANIFEST, Manifest(taken_at=now, tables=tuple(tables)).model_dump_json(indent=1))


def _described(cursor: Cursor) -> tuple[Table, ...]:
    """Every table with its columns, rows and content."""
    columns: dict[str, list[dict[str, object]]] = {}
    for table, name, kind, nullable in cursor.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
        "WHERE table_catalog = current_database() AND table_schema = 'main' ORDER BY table_name, ordinal_position"
    ).fetchall():
        columns.setdefault(table, []).append({"name": name, "type": kind, "nullable": nullable == "YES"})
    return tuple(_table(cursor, name, described) for name, described in columns.items())


def _table(cursor: Cursor, name: str, columns: list[dict[str, object]]) -> Table:
    try:
        table = Table.model_validate({"name": name, "columns": columns, "rows": 0, "content": "0"})
    except ValidationError as error:
        raise BackupUnprovable(name, str(error.errors(include_url=False)[0]["loc"])) from error
    # The alias stands for the whole row; no column is called so.
    found = cursor.execute(
        f"SELECT count(*), coalesce(sum(md5_number_lower(whole_row_::VARCHAR)::HUGEINT), 0)::VARCHAR "  # noqa: S608 - as above
        f'FROM "{table.name}" AS whole_row_'
    ).fetchone()
    rows, content = found or (0, "0")
    return table.model_copy(update={"rows": rows, "content": content})


def _unpacked(path: Path, table: Table, folder: Path) -> Path:
    """The table's Parquet file, taken out under a name of ours."""
    file = folder / table.file
    try:
        with zipfile.ZipFile(path) as archive, archive.open(table.file) as packed, file.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise BackupDamaged(path, f"tabellen {table.name} är inte hel") from error
    if _sha256(file) != table.sha256:
        raise BackupDamaged(path, f"tabellen {table.name} stämmer inte med sin kontrollsumma")
    return file


def _fill(cursor: Cursor, table: Table, file: Path) -> None:
    stored = cursor.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(file)]).fetchone()
    if stored != (table.rows,):
        raise BackupDamaged(file, f"tabellen {table.name} har fel antal rader")  # before a bomb of rows is let out
    columns = ", ".join(f'"{one.name}" {one.type}{"" if one.nullable else " NOT NULL"}' for one in table.columns)
    cursor.execute(f'CREATE TABLE "{table.name}" ({columns})')
    names = ", ".join(f'"{one.name}"' for one in table.columns)
    cursor.execute(f'INSERT INTO "{table.name}" SELECT {names} FROM read_parquet(?)', [str(file)])  # noqa: S608 - as above


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
