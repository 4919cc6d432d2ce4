"""The rules a record obeys, without any database."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from registry.initiative import UNKNOWN, Initiative
from registry.values import Basis
from tests.conftest import TODAY, editorial, make_initiative

PUBLIC = {
    "field": "owner",
    "claim": "Kommunen äger den.",
    "basis": "publik källa",
    "source_title": "Kommunens sida",
    "source_address": "https://example.org/odling",
    "date": TODAY,
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"owner": "Kommunen"}, "owner: saknar uppgift om grund"),
        ({"target_groups": ["uvas"]}, "target_groups.uvas: saknar"),
        ({"maturity": "spridd"}, "maturity: saknar"),
        ({"summary": "x" * 301}, "at most 300"),
        ({"summary": " "}, "at least 1"),
        ({"id": "Inte en slug"}, "pattern"),
        ({"form": "påhitt"}, "Input should be"),
        ({"okänt_fält": 1}, "Extra inputs"),
        ({"situations": ["a"] * 13}, "at most 12"),
        ({"aliases": ["A", "A"]}, "står flera gånger: A"),
        ({"statements": [PUBLIC | {"source_address": ""}]}, "källans titel och adress krävs"),
        ({"statements": [PUBLIC | {"source_address": "example.org"}]}, "http"),
        ({"statements": [PUBLIC | {"quote": "ord " * 21}]}, "högst 20 ord"),
        ({"links": [{"title": "x", "address": "javascript:alert(1)"}]}, "pattern"),
        ({"contact_function": "kontakt@kommun.se"}, "en e-postadress"),
        ({"description": "Ring 070-123 45 67 i dag."}, "ett telefonnummer"),
        ({"doubts": ["Född 19800101-1234."]}, "ett personnummer"),
    ],
)
def test_refuses_what_breaks_a_rule(changes: dict[str, Any], reason: str) -> None:
    """Each rule is named in the refusal."""
    with pytest.raises(ValidationError, match=reason):
        make_initiative(**changes)


def test_a_statement_carries_a_claim() -> None:
    """A field with a statement is accepted; the statement's basis can be asked for."""
    record = make_initiative(
        owner="Kommunen", target_groups=["uvas"], statements=[PUBLIC, editorial("target_groups.uvas")]
    )
    assert record.basis_of("target_groups", "uvas") is Basis.EDITORIAL
    assert record.basis_of("target_groups", "npf") is None


def test_unknown_is_said() -> None:
    """What nobody knows has a word, and is listed."""
    record = make_initiative()
    assert record.owner == UNKNOWN
    assert {"owner", "maturity", "target_groups"} <= set(record.unknown_fields())


def test_tried_in_joins_places_and_adoptions() -> None:
    """A municipality is listed once, however often it is named."""
    record = make_initiative(
        municipalities=["2482"],
        adoptions=[{"municipality": "2482", "year": 2020}, {"municipality": "2422"}],
        statements=[editorial("municipalities"), editorial("adoptions")],
    )
    assert record.tried_in() == ("2482", "2422")


@given(st.dictionaries(st.sampled_from(["name", "description", "doubts", "aliases"]), st.text(min_size=1, max_size=50)))
def test_json_round_trip_loses_nothing(texts: dict[str, str]) -> None:
    """Whatever text a record holds, it comes back the same."""
    changes = {field: [text] if field in ("doubts", "aliases") else text for field, text in texts.items()}
    try:
        record = make_initiative(**changes)
    except ValidationError:
        return
    assert Initiative.model_validate_json(record.model_dump_json()) == record
