"""A file as a table: what it was read as, its header and its rows."""

from dataclasses import dataclass
from typing import Any, NamedTuple

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_ROWS = 50_000
MOST_COLUMNS = 500


class Row(NamedTuple):
    """A row with the number that the reader's spreadsheet shows for it; as many cells as the header has names.

    A cell is text, or what the format itself tells apart: a number, a date, or a JSON value of our own files.
    ``surplus`` is what stood beyond the last heading.
    """

    number: int
    cells: tuple[Any, ...]
    surplus: str = ""


@dataclass(frozen=True)
class Table:
    """A file that could be read.

    ``encoding`` and ``separator`` are empty where the format has none; ``sheets`` are the names of a workbook's
    sheets and ``sheet`` the one that was read.
    """

    file: str
    format: str  # "CSV", "XLSX", "JSON" or "Parquet"
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    separator: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""

    def column(self, name: str) -> int:
        """The place of the column with this heading; ValueError where there is none."""
        return self.header.index(name)


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing, or spaces alone."""
    return value is None or (isinstance(value, str) and not value.strip())
