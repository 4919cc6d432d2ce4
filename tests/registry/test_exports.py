"""Exports lose nothing and hurt nobody."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from registry.catalogue import as_json
from registry.exports import as_csv
from registry.initiative import Initiative
from tests.conftest import make_initiative

FORMULAS = "=+-@\t\r"


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=3, unique=True))
def test_csv_and_json_hold_every_word(names: list[str]) -> None:
    """Any text comes back from CSV (but for the mark before formulas) and from JSON."""
    records = []
    for number, name in enumerate(names):
        try:
            records.append(make_initiative(id=f"post-{number}", name=name))
        except ValidationError:
            continue
    rows = list(csv.DictReader(io.StringIO(as_csv(records).removeprefix("\ufeff"), newline=""), delimiter=";"))
    for record, row in zip(records, rows, strict=True):
        marked = record.name.startswith(tuple(FORMULAS))
        assert row["name"] == ("'" if marked else "") + record.name
        assert not row["name"].startswith(tuple(FORMULAS))
    assert [Initiative.model_validate(row) for row in json.loads(as_json(records))] == records


def test_csv_opens_in_a_swedish_spreadsheet(shipped: list[Initiative]) -> None:
    """A byte order mark, semicolons, one line a record, and lists joined by bars."""
    text = as_csv(shipped)
    assert text.startswith("\ufeffid;name;")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert len(rows) == len(shipped)
    assert " | " in rows[1]["situations"]
    assert "search_phrases" not in rows[0]
