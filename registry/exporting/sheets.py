"""Tables as CSV and XLSX that a spreadsheet opens without running anything in them, and the way back.

A cell that a spreadsheet could run as a formula gets an apostrophe in front (OWASP, CSV Injection), also
where spaces or quotation marks stand before the sign. ``restored`` takes the same apostrophe away, so that
every text comes back as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_RUNS_AS_FORMULA = re.compile(r"[\s'\"]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# What XML 1.0 cannot hold, and what looks like its escape: ST_Xstring of ECMA-376 writes both as _xHHHH_.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED_IN_XML = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Excel takes 32,767 UTF-16 units in a cell; a character is at most two of them, and seven where it is escaped.
_LONGEST_CELL = 16_000
_LONGEST_ESCAPED = 4_000
_WIDEST = 60


def neutralised(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text


def restored(cell: str) -> str:
    """The text that ``neutralised`` made the cell of; other texts as they are."""
    return cell[1:] if cell.startswith("'") and _RUNS_AS_FORMULA.match(cell[1:]) else cell


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV: a byte order mark and semicolons, as Swedish spreadsheets expect; nothing in it runs."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutralised(name) for name in header])
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def rows_as_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as a workbook with one sheet, all cells text, the header in bold and always in sight.

    What is longer than a cell holds must have been cut with ``pieces``.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for column, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(len(name) + 2, 14), _WIDEST)
    heading = [_text_cell(sheet, name) for name in header]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for row in rows:
        sheet.append([_text_cell(sheet, value) if value else None for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def pieces(text: str) -> list[str]:
    """The text in pieces that each fit in a cell of a workbook; no piece at all of an empty text."""
    step = _LONGEST_ESCAPED if _NOT_IN_XML.search(text) else _LONGEST_CELL
    return [text[start : start + step] for start in range(0, len(text), step)]


def from_xlsx(text: str) -> str:
    """The text of a cell as it was before it was written as ``_xHHHH_`` for the sake of XML."""
    return _ESCAPED_IN_XML.sub(lambda match: chr(int(match[1], 16)), text)


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub(lambda match: f"_x{ord(match.group()):04X}_", neutralised(text)))
    cell.data_type = "s"
    return cell
