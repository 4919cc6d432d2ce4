"""XLSX: values only, never a formula; merged cells filled; and files made to do harm are refused.

A workbook is a ZIP file of XML. Before it is parsed its parts are unpacked once, in pieces and up to a limit, so
that a small file cannot grow over the memory, and a part that declares entities is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from registry.errors import RegistryError, TableUnreadable, TooManyRows
from registry.exporting.sheets import from_xlsx, restored
from registry.importing.headings import with_headings
from registry.importing.layouts import is_known_heading
from registry.importing.table import MOST_ROWS, Table, is_empty
from registry.language import gettext

LARGEST_UNPACKED = 300 * 1024 * 1024  # bytes, all parts together
MOST_PARTS = 1000
_LAST_ROW = 1_048_576  # Excel's own
_MOST_MERGED = 200_000  # cells filled from merged ones
_PIECE = 1024 * 1024
_OVERLAP = 200
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
# What the reader below can raise over a workbook that somebody has damaged or made by hand.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, DefusedXmlException, KeyError, ValueError,
    IndexError, TypeError, AttributeError, OverflowError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


def read_xlsx(file: str, data: bytes, sheet: str = "") -> Table:
    """Reads one sheet of a workbook: the named one, or the first that has headings we know, or the first with rows.

    Raises:
        TableUnreadable: it is not a workbook, is locked or damaged, unpacks to too much, or has no headings.
        TooManyRows: the sheet has more rows than are taken.
    """
    if data.startswith(_OLD_OR_LOCKED):
        raise TableUnreadable(
            file, gettext("den är låst med lösenord eller sparad i ett äldre format. Spara den som XLSX utan lösenord")
        )
    try:
        _check_parts(file, data)
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
            names = tuple(one.title for one in book.worksheets if one.sheet_state == "visible")
            chosen = sheet if sheet in names else _likeliest(book, names)
            header, rows = with_headings(file, _rows(file, book, chosen))
    except RegistryError:
        raise
    except _DAMAGED as error:
        raise TableUnreadable(
            file, gettext("arbetsboken är skadad. Öppna den i ett kalkylprogram och spara den på nytt")
        ) from error
    return Table(file, "XLSX", header, rows, sheets=names, sheet=chosen)


def _check_parts(file: str, data: bytes) -> None:
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MOST_PARTS:
            raise TableUnreadable(file, gettext("arbetsboken har orimligt många delar"))
        for part in archive.infolist():
            with archive.open(part) as stream:
                for piece in _pieces(stream):
                    unpacked += len(piece)
                    if unpacked > LARGEST_UNPACKED:
                        raise TableUnreadable(
                            file, gettext("arbetsboken packas upp till mer än vi tar emot. Dela den i flera filer")
                        )
                    if part.filename.endswith((".xml", ".rels")) and _DECLARES.search(piece):
                        raise TableUnreadable(
                            file, gettext("arbetsboken hänvisar till annat utanför sig själv, och läses därför inte")
                        )


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that overlap, so that what is searched for is whole in one of them."""
    before = b""
    while piece := stream.read(_PIECE):
        yield before + piece
        before = piece[-_OVERLAP:]


def _likeliest(book: Workbook, names: Sequence[str]) -> str:
    filled = {}
    for name in names:
        top = [row for _, row in zip(range(20), _values(book, name), strict=False)]
        if any(sum(is_known_heading(cell) for cell in row if isinstance(cell, str)) >= 2 for row in top):
            return name
        filled[name] = any(not is_empty(cell) for row in top for cell in row)
    return next((name for name in names if filled[name]), names[0])


def _rows(file: str, book: Workbook, name: str) -> Iterator[tuple[int, list[Any]]]:
    merged = _Merged(book[name])
    for number, values in enumerate(_values(book, name), start=1):
        if number > _LAST_ROW:
            raise TooManyRows(file, MOST_ROWS)
        yield number, merged.filled(number, [_plain(value) for value in values])


def _values(book: Workbook, name: str) -> Iterator[tuple[Any, ...]]:
    sheet = book[name]
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    yield from sheet.iter_rows(values_only=True)


def _plain(value: Any) -> Any:
    return restored(from_xlsx(value)) if isinstance(value, str) else value


class _Merged:
    """The merged ranges of a sheet; every cell in one gets the value of its first."""

    def __init__(self, sheet: Any) -> None:
        self._by_row: dict[int, list[tuple[int, int, int]]] = {}  # row -> (first row, first column, last column)
        self._first: dict[tuple[int, int], Any] = {}
        room = _MOST_MERGED
        with sheet.parent._archive.open(sheet._worksheet_path) as stream:
            found = dict.fromkeys(match for piece in _pieces(stream) for match in _MERGED.findall(piece))
        for left, top, right, bottom in (range_boundaries(reference.decode()) for reference in found):
            room -= (right - left + 1) * (bottom - top + 1)
            if room < 0:
                break
            for row in range(top, bottom + 1):
                self._by_row.setdefault(row, []).append((top, left, right))

    def filled(self, number: int, cells: list[Any]) -> list[Any]:
        """The cells of a row with the merged ones filled; rows must come in order."""
        for top, left, right in self._by_row.get(number, ()):
            if number == top:
                self._first[top, left] = cells[left - 1] if left <= len(cells) else None
            value = self._first.get((top, left))
            cells.extend([None] * (right - len(cells)))
            cells[left - 1 : right] = [value] * (right - left + 1)
        return cells
