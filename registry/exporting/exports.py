"""Records as files to take away: CSV, XLSX, JSON and Parquet. ``registry.importing`` reads each of them back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from registry.catalogue import as_json, write_parquet
from registry.exporting.cells import as_cell
from registry.exporting.sheets import pieces, rows_as_csv, rows_as_xlsx
from registry.files import replace_file
from registry.initiative import Initiative

# The phrases that only help searching are left out of the files that are for people.
COLUMNS = tuple(field for field in Initiative.model_fields if field != "search_phrases")
CONTINUED = "{column} +{part}"


def as_csv(records: Sequence[Initiative]) -> str:
    """The records as CSV: UTF-8 with a byte order mark and semicolons, as Swedish spreadsheets expect.

    Lists are joined with " | "; nested parts are JSON. A cell that a spreadsheet could run as a
    formula gets an apostrophe in front (OWASP, CSV Injection). The phrases that only help searching are
    left out: this is the file for people.
    """
    return rows_as_csv(COLUMNS, _rows(records))


def as_xlsx(records: Sequence[Initiative]) -> bytes:
    """The records as a workbook, with the same columns and cells as ``as_csv``, all of them text.

    What is longer than Excel takes in a cell goes on in a column of its own: "statements +2".
    """
    rows = [[pieces(cell) for cell in row] for row in _rows(records)]
    widths = [max([1, *(len(row[place]) for row in rows)]) for place in range(len(COLUMNS))]
    header = [_heading(column, part) for column, width in zip(COLUMNS, widths, strict=True) for part in range(width)]
    spread = (
        [part for parts, width in zip(row, widths, strict=True) for part in (*parts, *[""] * (width - len(parts)))]
        for row in rows
    )
    return rows_as_xlsx("Initiativ", header, spread)


def write_export(records: list[Initiative], path: Path) -> None:
    """Writes the records to ``path`` in the format that its ending names.

    Raises:
        StorageUnwritable: the folder cannot be written.
    """
    FORMATS[path.suffix.removeprefix(".").lower()](records, path)


def _rows(records: Sequence[Initiative]) -> list[list[str]]:
    ordered = sorted(records, key=lambda record: record.id)
    dumped = (record.model_dump(mode="json", include=set(COLUMNS)) for record in ordered)
    return [[as_cell(values[column]) for column in COLUMNS] for values in dumped]


def _heading(column: str, part: int) -> str:
    return CONTINUED.format(column=column, part=part + 1) if part else column


def _write_csv(records: list[Initiative], path: Path) -> None:
    replace_file(path, lambda temporary: temporary.write_bytes(as_csv(records).encode("utf-8")))


def _write_xlsx(records: list[Initiative], path: Path) -> None:
    replace_file(path, lambda temporary: temporary.write_bytes(as_xlsx(records)))


def _write_json(records: list[Initiative], path: Path) -> None:
    replace_file(path, lambda temporary: temporary.write_bytes(as_json(records).encode("utf-8")))


FORMATS: dict[str, Callable[[list[Initiative], Path], None]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
    "parquet": write_parquet,
}
