"""Exports lose nothing and hurt nobody: what is written comes back through the import, word for word."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import ValidationError

from registry.catalogue import as_json, write_parquet
from registry.exporting.exports import COLUMNS, FORMATS, as_csv, as_xlsx, write_export
from registry.exporting.sheets import neutralised, restored
from registry.importing.own import own_fields
from registry.importing.reading import read_table
from registry.initiative import Initiative
from tests.conftest import editorial, make_initiative

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HOSTILE = (
    "=1+1", "+46", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", '"=1', "''=1", "' =1", "'", "=cmd|' /C calc'!A0", "a\r\nb",
    "_x000D_", "_x005F_x0041_", "a | b", "a\\|b", "\\", "a\\ | ", "|", "| a", "å;ä,ö\t", '"', "\x00", "\x85", "\u2028", "\ufffe", "＝1", "𝄞",
)  # fmt: skip

words = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(HOSTILE))
lists = st.lists(words, max_size=3, unique=True)


@st.composite
def records(draw: st.DrawFn) -> list[Initiative]:
    """Up to three valid records, full of what sheets trip over."""
    made = []
    for number in range(draw(st.integers(1, 3))):
        fields: dict[str, Any] = {
            name: draw(words) for name in ("name", "summary", "description", "category", "owner", "outcomes")
        }
        fields |= {
            name: tuple(draw(lists)) for name in ("aliases", "situations", "search_phrases", "partners", "external_ids")
        }
        claims = [editorial(name) | {"claim": draw(words)} for name in ("owner", "outcomes", "partners")]
        links = [{"title": draw(words), "address": "https://exempel.se/a|b"}]
        verified = draw(st.one_of(st.none(), st.dates()))
        try:
            made.append(
                make_initiative(
                    id=f"post-{number}",
                    **fields,
                    statements=claims,
                    links=links,
                    last_verified=verified,
                    revision=number + 1,
                )
            )
        except ValidationError:
            continue  # blank after stripping, repeated, or by chance what looks like a telephone number
    return made


def read_back(file: str, data: bytes) -> list[Initiative]:
    table = read_table(file, data)
    return [Initiative.model_validate(own_fields(table, row)) for row in table.rows]


def without_search_phrases(record: Initiative) -> Initiative:
    return record.model_copy(update={"search_phrases": ()})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_sheets_come_back_word_for_word(made: list[Initiative]) -> None:
    """Any records, hostile cells included, are the same after CSV and after XLSX; search phrases are not for people."""
    expected = [without_search_phrases(record) for record in made]
    if made:
        assert read_back("a.csv", as_csv(made).encode()) == expected
        assert read_back("a.xlsx", as_xlsx(made)) == expected


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(made=records())
def test_json_and_parquet_come_back_whole(made: list[Initiative], tmp_path: Path) -> None:
    """Any records are the same after JSON and after Parquet, search phrases included."""
    if made:
        assert read_back("a.json", as_json(made).encode()) == made
        path = tmp_path / "a.parquet"
        write_parquet(made, path)
        assert read_back("a.parquet", path.read_bytes()) == made


@pytest.mark.parametrize("format", FORMATS)
def test_the_shipped_catalogue_comes_back(shipped: list[Initiative], tmp_path: Path, format: str) -> None:
    """Every shipped record is the same after each format."""
    path = tmp_path / f"katalog.{format}"
    write_export(shipped, path)
    expected = shipped if format in ("json", "parquet") else [without_search_phrases(record) for record in shipped]
    assert read_back(path.name, path.read_bytes()) == expected


@given(words)
def test_no_cell_runs_and_every_text_returns(text: str) -> None:
    """A neutralised cell never begins as a formula, also behind spaces and quotation marks, and gives its text back."""
    cell = neutralised(text)
    assert not cell.lstrip(" \"'").startswith(FORMULAS) or cell.startswith("'")
    assert not cell.startswith(FORMULAS)
    assert restored(cell) == text


@pytest.mark.parametrize("as_cells", [as_csv, as_xlsx])
def test_no_column_is_missing(
    make: Callable[..., Initiative], as_cells: Callable[[list[Initiative]], str | bytes]
) -> None:
    """The sheets have every field but the phrases that only help searching."""
    data = as_cells([make()])
    table = read_table("a", data.encode() if isinstance(data, str) else data)
    assert table.header == COLUMNS
    assert "search_phrases" not in COLUMNS


def test_hostile_cells_are_text_in_a_workbook(make: Callable[..., Initiative]) -> None:
    """No cell of a workbook is a formula, and each that could become one begins with an apostrophe."""
    book = load_workbook(io.BytesIO(as_xlsx([make(name='=HYPERLINK("https://exempel.se")')])))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.startswith(FORMULAS)]


def test_a_text_longer_than_a_cell_goes_on_beside(make: Callable[..., Initiative]) -> None:
    """Excel takes 32,767 characters in a cell; a longer text is cut over columns and comes back whole."""
    record = make(description="Å=" * 40_000)
    data = as_xlsx([record])
    assert "description +2" in read_table("a.xlsx", data).header
    assert read_back("a.xlsx", data) == [record]


def test_csv_opens_in_a_swedish_spreadsheet(shipped: list[Initiative]) -> None:
    """A byte order mark, semicolons, one line a record, and lists joined by bars."""
    text = as_csv(shipped)
    assert text.startswith("\ufeffid;name;")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert len(rows) == len(shipped)
    assert " | " in rows[1]["situations"]


def test_json_has_dates_as_text(make: Callable[..., Initiative]) -> None:
    """Dates are written as people and programs read them."""
    [row] = json.loads(as_json([make(last_verified=dt.date(2026, 11, 22))]))
    assert row["last_verified"] == "2026-11-22"
