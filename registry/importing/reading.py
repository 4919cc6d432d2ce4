"""Reads a file that somebody sends, whatever of the formats it is."""

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from registry.errors import FileTooLarge, TableUnreadable, TooManyRows
from registry.importing.csv_table import read_csv
from registry.importing.table import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, Row, Table
from registry.importing.xlsx_table import read_xlsx
from registry.language import gettext

_LARGEST_DECODED = 300 * 1024 * 1024  # bytes of a Parquet file's columns


def read_table(file: str, data: bytes, sheet: str = "") -> Table:
    """Reads a CSV, XLSX, JSON or Parquet file; what it is shows in its first bytes, not in its name.

    Args:
        file: the file's name, for messages.
        data: all of it.
        sheet: the sheet of a workbook; "" leaves the choice to the reader.

    Raises:
        FileTooLarge, TooManyRows: it is larger than is taken.
        TableUnreadable: it is none of the formats, damaged or empty; with the reason.
    """
    if len(data) > LARGEST_FILE:
        raise FileTooLarge(file, len(data), LARGEST_FILE)
    if not data.strip():
        raise TableUnreadable(file, gettext("den är tom"))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return read_xlsx(file, data, sheet)
    if data.startswith(b"PAR1"):
        return _read_parquet(file, data)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        return _read_json(file, data)
    return read_csv(file, data)


def _read_json(file: str, data: bytes) -> Table:
    try:
        records = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TableUnreadable(file, gettext("den är inte giltig JSON")) from error
    return _of_records(file, "JSON", records)


def _read_parquet(file: str, data: bytes) -> Table:
    try:
        described = pq.ParquetFile(io.BytesIO(data))
        if described.metadata.num_rows > MOST_ROWS:
            raise TooManyRows(file, MOST_ROWS)
        decoded = sum(described.metadata.row_group(n).total_byte_size for n in range(described.metadata.num_row_groups))
        if decoded > _LARGEST_DECODED or described.metadata.num_columns > MOST_COLUMNS:
            raise TableUnreadable(file, gettext("den packas upp till mer än vi tar emot. Dela den i flera filer"))
        records = described.read().to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise TableUnreadable(file, gettext("Parquet-filen är skadad")) from error
    return _of_records(file, "Parquet", records)


def _of_records(file: str, format: str, records: Any) -> Table:
    if not isinstance(records, list) or not records or not all(isinstance(record, dict) for record in records):
        raise TableUnreadable(file, gettext("den ska innehålla en lista med poster"))
    if len(records) > MOST_ROWS:
        raise TooManyRows(file, MOST_ROWS)
    header = tuple(dict.fromkeys(name for record in records for name in record))
    rows = tuple(
        Row(number, tuple(record.get(name) for name in header)) for number, record in enumerate(records, start=1)
    )
    return Table(file, format, header, rows)
