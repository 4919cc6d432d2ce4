"""Counts beside the facets, and where two facets meet: they must be what a plain SQL count gives."""

import datetime as dt
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.exploring.facets import Facets
from registry.exploring.filters import FACETS, Filters
from registry.initiative import Initiative
from registry.places import NATIONAL, Places, load_places
from registry.values import Evidence, Form, Maturity, Operation, Role, Sector, Setting
from registry.vocabulary import Vocabulary, load_vocabulary

VOCABULARY, PLACES = load_vocabulary(), load_places()
POOLS: dict[str, list[str]] = {
    "target_groups": list(VOCABULARY.target_groups)[:4],
    "themes": list(VOCABULARY.themes)[:4],
    "regions": ["18", "24", NATIONAL, "FI"],
    "municipalities": ["1880", "2422", "2482", "0180"],
    "settings": list(Setting)[:3],
    "sectors": list(Sector),
}
SINGLE: dict[str, list[str]] = {
    "form": list(Form)[:3],
    "maturity": list(Maturity)[:3],
    "evidence": list(Evidence)[:3],
    "operation": list(Operation)[:3],
    "category": ["Unga i fokus", "uppgift saknas"],
    "role": list(Role)[:3],
}
CHOICES = POOLS | {
    "forms": SINGLE["form"],
    "maturity": SINGLE["maturity"],
    "evidence": SINGLE["evidence"],
    "operations": SINGLE["operation"],
    "categories": SINGLE["category"],
    "roles": SINGLE["role"],
    "municipality_types": ["A1", "B3", "C8", "C9"],
}
lists = {name: st.lists(st.sampled_from(pool), max_size=3, unique=True).map(tuple) for name, pool in POOLS.items()}
records = st.lists(st.fixed_dictionaries({**lists, **{n: st.sampled_from(p) for n, p in SINGLE.items()}}), max_size=12)
chosen = st.fixed_dictionaries(
    {"national": st.booleans()},
    optional={
        name: st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True).map(tuple)
        for name, pool in CHOICES.items()
    },
)


def record(number: int, **fields: Any) -> Initiative:
    """A record whose values only matter as they are: the claims in it need no sources here."""
    whole = {
        "id": f"r-{number}",
        "name": f"Initiativ {number}",
        "form": Form.METHOD,
        "summary": "s",
        "description": "d",
    }
    defaults = {name: field.get_default(call_default_factory=True) for name, field in Initiative.model_fields.items()}
    return Initiative.model_construct(**(defaults | whole | {"updated_at": dt.datetime(2026, 11, 22)} | fields))


def exploded(all_records: list[Initiative]) -> duckdb.DuckDBPyConnection:
    """The records as a database has them: one row for each value that a record carries."""
    rows = [["", "", ""]]
    for each in all_records:
        carried = {
            **{name: getattr(each, name) for name in POOLS},
            "forms": [each.form], "maturity": [each.maturity], "evidence": [each.evidence], "operations": [each.operation],
            "categories": [each.category], "roles": [each.role],
            "municipality_types": {PLACES.municipalities[code].group for code in each.municipalities},
        }  # fmt: skip
        rows += [[each.id, name, str(value)] for name, values in carried.items() for value in values]
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE carries AS SELECT unnest(?) AS id, unnest(?) AS facet, unnest(?) AS value",
        [list(column) for column in zip(*rows, strict=True)],
    )
    return connection


def count_in_sql(connection: duckdb.DuckDBPyConnection, filters: dict[str, Any], facet: str, value: str) -> int:
    """How many records one sees with ``value`` in ``facet`` and the rest as chosen."""
    asked = {name: list(map(str, values)) for name, values in filters.items() if name != "national"} | {facet: [value]}
    if filters["national"] and "regions" in asked:
        asked["regions"].append(NATIONAL)
    sql, bound = "SELECT count(DISTINCT id) FROM carries WHERE id <> ''", []
    for name, values in asked.items():
        sql += " AND id IN (SELECT id FROM carries WHERE facet = ? AND list_contains(?, value))"
        bound += [name, values]
    row = connection.execute(sql, bound).fetchone()
    assert row is not None
    return int(row[0])


@settings(max_examples=30, deadline=None)
@given(drawn=records, filters=chosen, data=st.data())
def test_a_count_is_what_sql_counts(drawn: list[dict[str, Any]], filters: dict[str, Any], data: st.DataObject) -> None:
    """Beside every value stands what a plain SQL count gives for choosing it, the facet's own choice left out."""
    made = [record(number, **fields) for number, fields in enumerate(drawn)]
    counts = Facets(made, VOCABULARY, PLACES).counts(Filters(**filters))
    database = exploded(made)
    for facet in FACETS:
        value = data.draw(st.sampled_from(CHOICES[facet]))
        found = counts[facet][value].shown if value in counts[facet] else 0
        assert found == count_in_sql(database, filters, facet, value), (facet, value)


@settings(max_examples=30, deadline=None)
@given(drawn=records, filters=chosen)
def test_what_is_counted_is_what_is_let_through(drawn: list[dict[str, Any]], filters: dict[str, Any]) -> None:
    """Facets.select gives exactly the records that Filters.allow lets through, in their order."""
    made = [record(number, **fields) for number, fields in enumerate(drawn)]
    asked = Filters(**filters)
    assert Facets(made, VOCABULARY, PLACES).select(asked) == [each for each in made if asked.allow(each)]


@settings(max_examples=30, deadline=None)
@given(drawn=records, filters=chosen, data=st.data())
def test_a_cell_opens_as_many_as_it_says(
    drawn: list[dict[str, Any]], filters: dict[str, Any], data: st.DataObject
) -> None:
    """A cell of a matrix counts what one sees with its two values chosen and the national left out."""
    made = [record(number, **fields) for number, fields in enumerate(drawn)]
    facets = Facets(made, VOCABULARY, PLACES)
    columns = data.draw(st.sampled_from(["themes", "regions", "municipality_types"]))
    cross = facets.cross("target_groups", columns, Filters(**filters))
    group, value = data.draw(st.sampled_from(CHOICES["target_groups"])), data.draw(st.sampled_from(CHOICES[columns]))
    if value in cross.columns:
        cell = Filters(**(filters | {"target_groups": (group,), columns: (value,), "national": False}))
        without = Filters(**(filters | {"target_groups": (group,), columns: (value,)}))
        exact = cell if columns == "regions" else without
        assert cross.count(group, value) == len(facets.select(exact))


@pytest.fixture
def facets(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> Facets:
    return Facets(shipped, vocabulary, places)


def test_the_national_counts_once_and_is_shown_with_each_lan(facets: Facets) -> None:
    """All of Sweden stands under its own value; a chosen län shows it too, unless that is turned off."""
    counts = facets.counts(Filters())["regions"]
    assert counts["18"].own == 11
    assert counts["18"].shown == len(facets.select(Filters(regions=("18",)))) > counts["18"].own
    assert counts[NATIONAL].own == counts[NATIONAL].shown
    alone = Filters(regions=("18",), national=False)
    assert facets.counts(alone)["regions"]["18"].shown == len(facets.select(alone)) == 11


def test_values_without_records_are_there(facets: Facets, vocabulary: Vocabulary) -> None:
    """A target group or län that nobody reaches has the count 0; it is not left out."""
    cross = facets.cross("target_groups", "regions", Filters())
    assert set(vocabulary.target_groups) <= set(cross.rows)
    assert cross.count("uvas", "09") == 0
    assert cross.gaps > 0


def test_words_narrow_down(facets: Facets) -> None:
    """Every word must stand in a name or the summary, whatever its accents and capitals."""
    assert [r.id for r in facets.select(Filters(), "JOBBSPRANGET")] == ["jobbspranget"]
    assert facets.select(Filters(), "jobbsprånget finnsinte") == []
    assert facets.counts(Filters(), "jobbsprånget")["roles"]["initiativ"].shown == 1


def test_a_value_that_does_not_exist_shows_nothing(facets: Facets) -> None:
    """An old address may name a value that is gone: nothing matches, and nothing breaks."""
    assert facets.select(Filters(themes=("finns-inte",))) == []


def test_an_empty_catalogue_counts_nothing(vocabulary: Vocabulary, places: Places) -> None:
    """Without records every count is 0."""
    counts = Facets([], vocabulary, places).counts(Filters(regions=("18",)))
    assert {count.shown for values in counts.values() for count in values.values()} == {0}
