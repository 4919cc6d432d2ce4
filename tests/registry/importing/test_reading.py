"""Files are read whatever they are saved as; those made to do harm are refused in words."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from registry.errors import FileTooLarge, RegistryError, TableUnreadable, TooManyRows
from registry.importing import table as limits
from registry.importing import xlsx_table
from registry.importing.reading import read_table
from registry.wording import in_swedish
from tests.registry.importing.conftest import ESF_HEADER, ESF_ROW, as_file, as_workbook


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 med BOM"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16")],
)
def test_any_usual_csv_is_read(separator: str, encoding: str, said: str) -> None:
    """Encoding and separator are found, and said; the words are the same in each."""
    table = read_table("projekt.csv", as_file(ESF_HEADER, ESF_ROW, separator=separator, encoding=encoding))
    assert (table.format, table.encoding) == ("CSV", said)
    assert table.header == ESF_HEADER
    assert table.rows[0].cells == ESF_ROW


def test_line_breaks_and_quotation_marks_inside_cells() -> None:
    """A quoted cell may hold the separator, line breaks and doubled quotation marks; row numbers stay a spreadsheet's."""
    table = read_table("a.csv", b'Namn;Beskrivning\n"Bo; ""ihop""";"rad 1\nrad 2"\n\n;\nAnna;kort\n')
    assert [row.cells for row in table.rows] == [('Bo; "ihop"', "rad 1\nrad 2"), ("Anna", "kort")]
    assert [row.number for row in table.rows] == [2, 5]


def test_excels_own_hint_of_the_separator() -> None:
    """A first line "sep=," says the separator."""
    assert read_table("a.csv", b"sep=,\nNamn,Kommun\nA;B,Falun\n").rows[0].cells == ("A;B", "Falun")


def test_headings_below_a_title() -> None:
    """A title and empty rows above the headings are not taken for them."""
    data = as_file(("Projekt 2026", "", ""), ("", "", ""), ("Diarienummer", "Namn", "Kommun"), ("1", "A", "Falun"))
    table = read_table("a.csv", data)
    assert table.header == ("Diarienummer", "Namn", "Kommun")
    assert table.rows[0].number == 4


def test_headings_that_are_missing_or_the_same_get_names_of_their_own() -> None:
    """Every column can be chosen."""
    table = read_table("a.csv", as_file(("Namn", "", "Namn"), ("A", "b", "c")))
    assert table.header == ("Namn", "Kolumn 2", "Namn (2)")


def test_a_workbook_with_dates_numbers_and_merged_cells() -> None:
    """Dates and numbers keep their kind, merged cells count for every row they cover, empty rows are skipped."""
    day = dt.datetime(2023, 1, 1)
    data = as_workbook(
        ("Lista över projekt", None, None), ("Namn", "Startdatum", "Budget"), ("A", day, 4973906), (None, None, None),
        ("B", day, 1.5), (None, day, 2), merged=("A1:C1", "A5:A6"),
    )  # fmt: skip
    table = read_table("a.xlsx", data)
    assert table.header == ("Namn", "Startdatum", "Budget")
    assert [row.cells for row in table.rows] == [("A", day, 4973906), ("B", day, 1.5), ("B", day, 2)]
    assert [row.number for row in table.rows] == [3, 5, 6]


def test_formulas_give_their_value_never_themselves() -> None:
    """A formula that nobody has worked out is an empty cell."""
    table = read_table("a.xlsx", as_workbook(("Namn", "Budget"), ("A", "=1+1")))
    assert table.rows[0].cells == ("A", None)


def test_the_sheet_with_known_headings_is_chosen() -> None:
    """A sheet of notes before it is passed over; any other can be asked for."""
    book = Workbook()
    book.active.title = "Om listan"
    book.active.append(["Hämtad", "2026-11-22"])
    sheet = book.create_sheet("Projekt")
    sheet.append(["Diarienummer", "Namn"])
    sheet.append(["1", "A"])
    file = io.BytesIO()
    book.save(file)
    table = read_table("a.xlsx", file.getvalue())
    assert (table.sheet, table.sheets) == ("Projekt", ("Om listan", "Projekt"))
    with pytest.raises(TableUnreadable):
        read_table("a.xlsx", as_workbook(("bara en",)))


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with the parts that ``change`` gives."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return file.getvalue()


def in_sheet(pattern: bytes, replacement: bytes) -> bytes:
    """A small workbook whose sheet has been changed by hand."""
    data = as_workbook(("Namn", "Budget"), ("A", 1), ("B", 2))
    return repacked(data, lambda name, part: re.sub(pattern, replacement, part) if "sheet1" in name else part)


ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (in_sheet(rb"<worksheet", ENTITY + b"<worksheet"), "utanför sig själv"),
        (in_sheet(rb"<row r=\"2\"", b'<row r="x"'), "skadad"),
        (in_sheet(rb"</sheetData>", b""), "skadad"),
        (b"PK\x03\x04 inte en arbetsbok", "skadad"),
        (as_workbook(("Namn", "Budget"), ("A", 1))[:-200], "skadad"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "låst med lösenord"),
        (b"", "tom"),
        (b"[1, 2", "giltig JSON"),
        (b"[" * 100_000, "giltig JSON"),
        (b'{"a": 1}', "lista med poster"),
        (b"PAR1" + b"\0" * 50, "Parquet"),
        (b'Namn;Kommun\n"A;Falun\nB;Mora\n', "citattecken"),
        (b"\x00\x01\x02" * 50, "teckenkodning"),
        (b"bara en kolumn\nA\nB\n", "rubriker"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(data: bytes, words: str) -> None:
    """Damaged, locked, hostile and empty files: each says what is wrong with it."""
    with pytest.raises(TableUnreadable) as refused:
        read_table("fil.xlsx", data)
    assert words in in_swedish(refused.value)


def test_a_small_file_that_unpacks_to_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip bomb is stopped while it is unpacked, whatever its directory says of its size."""
    monkeypatch.setattr(xlsx_table, "LARGEST_UNPACKED", 1_000_000)
    bomb = repacked(
        as_workbook(("Namn", "Budget")), lambda name, part: part + b" " * 3_000_000 if "sheet1" in name else part
    )
    assert len(bomb) < 20_000
    with pytest.raises(TableUnreadable, match="packas upp"):
        read_table("a.xlsx", bomb)


def test_far_away_cells_cost_nothing() -> None:
    """A cell in Excel's last corner neither fills the memory nor stops the reading."""
    far = in_sheet(rb"<row r=\"3\"([^>]*)><c r=\"A3\"", rb'<row r="1048576"\1><c r="A1048576"')
    far = repacked(
        far, lambda _, part: part.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"').replace(b'r="B3"', b'r="B1048576"')
    )
    assert [row.number for row in read_table("a.xlsx", far).rows] == [2, 1048576]


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too large a file and too many rows are named facts, with the limit in the words."""
    with pytest.raises(FileTooLarge) as refused:
        read_table("a.csv", b"x" * (limits.LARGEST_FILE + 1))
    assert "10 MB" in in_swedish(refused.value)
    rows = as_file(("Namn", "Kommun"), *[("A", "Falun")] * (limits.MOST_ROWS + 1))
    with pytest.raises(TooManyRows) as too_many:
        read_table("a.csv", rows)
    assert "50\u00a0000" in in_swedish(too_many.value)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"[{", b"Namn;Kommun\n"]))
def test_no_bytes_end_in_a_traceback(data: bytes, start: bytes) -> None:
    """Whatever is sent is read or refused, never anything else."""
    with suppress(RegistryError):
        read_table("vad som helst", start + data)
