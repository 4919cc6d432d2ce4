"""Columns are found by their headings, whichever list they come from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.importing.layouts import ESF, KOHESIO, OTHER, OWN, layout_of, names_persons, signature, suggested_mapping
from registry.initiative import Initiative
from tests.registry.importing.conftest import ESF_HEADER, KOHESIO_HEADER


def test_known_lists_are_known() -> None:
    """ESF's and Kohesio's headings, and our own, in any order."""
    assert layout_of(ESF_HEADER) is ESF
    assert layout_of(KOHESIO_HEADER[::-1]) is KOHESIO
    assert layout_of(tuple(Initiative.model_fields)) is OWN
    assert layout_of(("Namn", "Kommun")) is OTHER


def test_esf_columns_by_either_half_of_the_pair() -> None:
    """Each target gets the column that ESF means, written as a pair or as one half of it."""
    whole = suggested_mapping(ESF_HEADER)
    assert whole["external_id"] == "Diarienummer / Operation ID"
    assert whole["owner"] == "Stödmottagare / Beneficiary"
    assert whole["cost"] == "Total projektbudget / Total budget SEK"
    assert whole["funding"] == "Programområde / Priority"
    for half in (0, 1):
        halved = suggested_mapping([heading.split(" / ")[half] for heading in ESF_HEADER])
        assert {id: heading.split(" / ")[half] for id, heading in whole.items()} == halved


def test_kohesio_columns_of_other_years() -> None:
    """Columns that are missing or called a little differently are no hindrance."""
    assert suggested_mapping(KOHESIO_HEADER)["name"] == "Operation_Name_Programme_Language"
    older = (
        "Operation_Unique_Identifier",
        "operation name programme language",
        "Beneficiary Name",
        "Operation_Expected_End_Date",
    )
    assert suggested_mapping(older) == {
        "external_id": older[0], "name": older[1], "owner": older[2], "end": older[3],
    }  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["Kontaktperson", "E-post / E-mail", "Telefon", "Projektledare", "contact_name", "Handläggare"]
)
def test_columns_with_persons_are_never_read(heading: str) -> None:
    """No target is suggested for them, however like a heading of ours they are."""
    assert names_persons(heading)
    assert suggested_mapping([heading, "Namn"]) == {"name": "Namn"}


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=8, unique=True))
def test_a_column_is_suggested_once_at_most(header: list[str]) -> None:
    """Whatever the headings are, no column is used for two things."""
    mapping = suggested_mapping(header)
    assert len(set(mapping.values())) == len(mapping)
    assert set(mapping.values()) <= set(header)


def test_the_signature_is_of_the_headings_alone() -> None:
    """The same headings in another order or case are the same list; others are not."""
    assert signature(["Namn", "Kommun"]) == signature(["kommun", "NAMN"])
    assert signature(["Namn", "Kommun"]) != signature(["Namn", "Län"])
