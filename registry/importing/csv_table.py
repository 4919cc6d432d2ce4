"""CSV as people send it: any of the usual encodings and separators, line breaks inside quotation marks."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from registry.errors import TableUnreadable
from registry.exporting.sheets import restored
from registry.importing.headings import with_headings
from registry.importing.table import LARGEST_FILE, Table
from registry.language import gettext, later

SEPARATORS = {";": later("semikolon"), ",": later("komma"), "\t": later("tabb"), "|": later("lodstreck")}
_SAMPLE = 64 * 1024  # characters
_SAMPLED_ROWS = 50

csv.field_size_limit(LARGEST_FILE)  # a cell may be as long as the file: the file's size is the limit


def read_csv(file: str, data: bytes) -> Table:
    """Reads a CSV file.

    Raises:
        TableUnreadable: it is not text in an encoding we know, a quotation mark is never closed, or it has no headings.
        TooManyRows: it has more rows than are taken.
    """
    text, encoding = _decoded(file, data)
    text, said = _without_hint(text)
    separator = said or _separator(text)
    header, rows = with_headings(file, _rows(file, text, separator))
    return Table(file, "CSV", header, rows, encoding, SEPARATORS.get(separator, separator))


def _decoded(file: str, data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Windows-1252 is what is left: it takes almost any bytes."""
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 med BOM"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if data.startswith(mark):
            return _decode(file, data, codec), name
    try:
        text, name = data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, name = _decode(file, data, "cp1252"), "Windows-1252"
    if "\0" in text[:_SAMPLE]:
        raise TableUnreadable(
            file, gettext("den är inte text i någon teckenkodning vi känner igen. Spara den som CSV UTF-8")
        )
    return text, name


def _decode(file: str, data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise TableUnreadable(file, gettext("teckenkodningen går inte att läsa. Spara den som CSV UTF-8")) from error


def _without_hint(text: str) -> tuple[str, str]:
    """Takes away a first line "sep=;", by which Excel is told the separator."""
    first, _, rest = text.partition("\n")
    hint = first.strip().lower()
    return (rest, hint[4]) if len(hint) == 5 and hint.startswith("sep=") else (text, "")


def _separator(text: str) -> str:
    """The separator by which most rows at the top have the same number of columns, and more than one."""

    def agreement(separator: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=separator)
        widths = Counter(len(row) for row, _ in zip(sample, range(_SAMPLED_ROWS), strict=False) if len(row) > 1)
        width, rows = widths.most_common(1)[0] if widths else (0, 0)
        return rows, width

    return max(SEPARATORS, key=agreement)


def _rows(file: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [restored(cell) for cell in row]
    except csv.Error as error:
        reason = gettext("rad {row} har ett citattecken som inte avslutas rätt (textrad {line} i filen)").format(
            row=number + 1, line=reader.line_num
        )
        raise TableUnreadable(file, reason) from error
