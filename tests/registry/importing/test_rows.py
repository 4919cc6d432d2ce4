"""Rows become a record's fields, each claim with the list as its source; persons never come in."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.editing.drafts import problems
from registry.importing.layouts import layout_of, suggested_mapping
from registry.importing.reading import read_table
from registry.importing.rows import RowReader
from registry.importing.table import Row, Table
from registry.importing.understood import Recipe, Understood
from registry.places import Places, load_places
from registry.values import Basis
from registry.vocabulary import Vocabulary, load_vocabulary
from tests.registry.importing.conftest import ESF_HEADER, ESF_ROW, KOHESIO_HEADER, KOHESIO_ROW, as_file

TODAY = dt.date(2026, 11, 22)
WORDS, PLACES = load_vocabulary(), load_places()


def read(header: Sequence[str], *cells: object, address: str = "") -> Understood:
    """One row under a header, by the mapping its headings suggest."""
    layout = layout_of(header)
    recipe = Recipe(layout, suggested_mapping(header), layout.title or "Listan", address, layout.prefix)
    table = Table("lista.csv", "CSV", tuple(header), (Row(2, cells),))
    return RowReader(table, recipe, WORDS, PLACES, TODAY).read(table.rows[0])


def test_a_row_of_esf() -> None:
    """Pairs of headings, HTML, a sum with spaces and dates of two kinds become the record's own forms."""
    row = read(ESF_HEADER, *ESF_ROW)
    assert not row.problems
    claims = row.fields.pop("statements")
    assert row.fields == {
        "name": "Gottsunda framåt", "summary": "Ger stöd till unga utan jobb & studier. Leds av kommunen.",
        "description": "Ger stöd till unga utan jobb & studier.\n\nLeds av kommunen.", "owner": "UPPSALA KOMMUN",
        "period": "2023-01-01–2025-12-31", "cost_band": "4\u2009973\u2009906 kr", "funding": ["E Social innovation"],
        "external_ids": ["esf:23-017-S01"],
    }  # fmt: skip
    assert [claim["field"] for claim in claims] == ["owner", "funding", "period", "cost_band"]
    assert {(claim["basis"], claim["source_title"], claim["source_address"]) for claim in claims} == {
        ("underlag", "ESF:s projektbank", "lista.csv")
    }


def test_a_row_of_kohesio() -> None:
    """The id is the end of its address, NUTS 3 is the län, and ESF's own number ties it to the same project there."""
    row = read(KOHESIO_HEADER, *KOHESIO_ROW, address="https://kohesio.ec.europa.eu")
    assert not row.problems
    assert row.fields["external_ids"] == ["kohesio:Q4512", "esf:23-017-S01"]
    assert row.fields["regions"] == ["03"]
    assert row.fields["period"] == "2023-02-01–2025-12-31"
    assert row.fields["cost_band"] == "441\u2009372 euro"
    assert row.fields["aliases"] == ["Gottsunda forward"]
    assert {claim["basis"] for claim in row.fields["statements"]} == {Basis.PUBLIC}


def test_only_what_an_editor_must_add_is_wanting(vocabulary: Vocabulary, places: Places) -> None:
    """What a row gives can be published once the form is filled in: every claim is carried, every id known."""
    for header, cells in ((ESF_HEADER, ESF_ROW), (KOHESIO_HEADER, KOHESIO_ROW)):
        assert {problem.field for problem in problems(read(header, *cells).fields, vocabulary, places)} == {"form"}


PERSONS = (
    "Ring 070-123 45 67", "anna@exempel.se", "Kontaktperson: Anna Svensson", "19900101-1234", "Frågor? Kontakta Bo Ek-Larsson.",
)  # fmt: skip


@pytest.mark.parametrize("words", PERSONS)
@pytest.mark.parametrize("column", ["Namn", "Sammanfattning", "Ägare", "Samarbetspartner"])
def test_persons_are_an_error_with_the_place(words: str, column: str) -> None:
    """E-mail, telephone, personnummer and named contacts stop the row, and the cell is pointed out."""
    header = ("Namn", "Sammanfattning", "Ägare", "Samarbetspartner")
    cells = dict.fromkeys(header, "Föreningen Ett") | {column: words}
    [problem] = read(header, *cells.values()).problems
    assert (problem.row, problem.column) == (2, column)
    assert "får stå i registret" in problem.reason
    assert problem.value == words


def test_the_place_in_a_long_text_is_pointed_out() -> None:
    """What is shown of a long cell is the words around what was found."""
    text = f"<p>{'Ord ' * 100}</p><p>Ring 070-123 45 67 i dag.</p>"
    [problem] = read(("Namn", "Sammanfattning"), "A", text).problems
    assert "Ring 070-123 45 67 i dag." in problem.value
    assert len(problem.value) < 100


def test_organisations_are_not_taken_for_persons() -> None:
    """Names of organisations and places pass."""
    for owner in (
        "Rädda Barnen",
        "Coompanion Göteborg",
        "Region Örebro län",
        "AB Bostäder",
        "Kontaktcentrum Uppsala kommun",
    ):
        assert not read(("Namn", "Ägare"), "A", owner).problems


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Startdatum", "31/02/2023", "datum"), ("Total budget", "mycket", "belopp"), ("Län", "Mordor", "ordlistor"),
        ("Kommun", "Ankeborg", "ordlistor"), ("Målgrupp", "drakar", "ordlistor"), ("Webbadress", "exempel.se", "webbadress"),
    ],
)  # fmt: skip
def test_wrong_cells_are_told_with_what_to_do(column: str, value: str, words: str) -> None:
    """Each says which cell, what is wrong and what to do; nothing is guessed."""
    [problem] = read(("Namn", column), "A", value).problems
    assert (problem.column, problem.value) == (column, value)
    assert words in problem.reason
    assert problem.advice


def test_a_row_without_a_name_and_a_row_too_long() -> None:
    """Both are errors of the row."""
    assert read(("Namn", "Kommun"), None, "Falun").problems[0].reason == "Namnet saknas."
    data = as_file(("Namn", "Kommun"), ("A", "Falun", "Mora"))
    table = read_table("a.csv", data)
    recipe = Recipe(layout_of(table.header), suggested_mapping(table.header), "Listan")
    [problem] = RowReader(table, recipe, WORDS, PLACES, TODAY).read(table.rows[0]).problems
    assert problem.value == "Mora"


def test_several_places_in_one_cell() -> None:
    """Semicolons and commas part them, names and codes go together, each value gets its statement."""
    fields = read(("Namn", "Kommun", "Län"), "A", "Falun; Mora, 2422", "Dalarnas län|SE331").fields
    assert fields["municipalities"] == ["2080", "2062", "2422"]
    assert fields["regions"] == ["20", "24"]
    assert {claim["field"] for claim in fields["statements"]} >= {"municipalities.2080", "regions.24"}


def test_long_names_and_summaries_are_cut_and_kept_whole() -> None:
    """The whole name stands as another name, the whole summary as description, and the preview says so."""
    name, summary = "Ord " * 60, "En mening om detta. " * 40
    row = read(("Namn", "Sammanfattning"), name, summary)
    assert len(row.fields["name"]) <= 160
    assert row.fields["aliases"] == [name.strip()]
    assert len(row.fields["summary"]) <= 300
    assert row.fields["description"] == summary.strip()
    assert len(row.notes) == 2


def test_the_rows_own_address_is_its_source() -> None:
    """An address in the row goes before the list's."""
    fields = read(
        ("Namn", "Ägare", "Webbadress"), "A", "B", "https://exempel.se/1", address="https://exempel.se"
    ).fields
    assert fields["statements"][0]["source_address"] == "https://exempel.se/1"


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.text(max_size=40), st.floats(), st.integers(), st.booleans()), min_size=10, max_size=10
    )
)
def test_no_cells_end_in_a_traceback(cells: list[object]) -> None:
    """Whatever the cells hold, a row is understood or has problems."""
    row = read(ESF_HEADER, *cells)
    assert row.problems or row.fields["name"]


def test_a_list_without_a_name_is_called_as_its_file() -> None:
    """A file's name is the source where the list has none."""
    header = ("Namn", "Ägare")
    table = Table("tips.xlsx", "XLSX", header, (Row(2, ("A", "B")),))
    recipe = Recipe(layout_of(header), suggested_mapping(header), "")
    [claim] = RowReader(table, recipe, WORDS, PLACES, TODAY).read(table.rows[0]).fields["statements"]
    assert (claim["source_title"], claim["source_address"]) == ("tips.xlsx", "tips.xlsx")
