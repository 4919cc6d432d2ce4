"""The published records as files to take away: CSV, JSON and Parquet."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from registry.catalogue import as_json, write_parquet
from registry.files import replace_file
from registry.initiative import Initiative

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(records: list[Initiative]) -> str:
    """The records as CSV: UTF-8 with a byte order mark and semicolons, as Swedish spreadsheets expect.

    Lists are joined with " | "; nested parts are JSON. A cell that a spreadsheet could run as a
    formula gets an apostrophe in front (OWASP, CSV Injection). The phrases that only help searching are
    left out: this is the file for people.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    columns = [field for field in Initiative.model_fields if field != "search_phrases"]
    writer.writerow(columns)
    for record in sorted(records, key=lambda record: record.id):
        values = record.model_dump(mode="json")
        writer.writerow([_cell(values[column]) for column in columns])
    return "\ufeff" + file.getvalue()


def write_export(records: list[Initiative], path: Path) -> None:
    """Writes the records to ``path`` in the format that its ending names.

    Raises:
        StorageUnwritable: the folder cannot be written.
    """
    FORMATS[path.suffix.removeprefix(".").lower()](records, path)


def _write_csv(records: list[Initiative], path: Path) -> None:
    replace_file(path, lambda temporary: temporary.write_bytes(as_csv(records).encode("utf-8")))


def _write_json(records: list[Initiative], path: Path) -> None:
    replace_file(path, lambda temporary: temporary.write_bytes(as_json(records).encode("utf-8")))


FORMATS: dict[str, Callable[[list[Initiative], Path], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "parquet": write_parquet,
}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        nested = any(isinstance(part, dict) for part in value)
        text = json.dumps(value, ensure_ascii=False) if nested else " | ".join(map(str, value))
    else:
        text = str(value)
    return f"'{text}" if text.startswith(_RUNS_AS_FORMULA) else text
