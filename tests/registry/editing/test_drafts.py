"""A draft may hold anything; what stops it from being published is said, with the place and what to do."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.editing.drafts import Problem, as_record, problems, slug_for
from registry.errors import RecordInvalid
from registry.initiative import UNKNOWN, Initiative
from registry.person_names import find_person_name
from registry.places import Places, load_places
from registry.vocabulary import Vocabulary, load_vocabulary
from tests.conftest import editorial, make_initiative

WHOLE: dict[str, Any] = make_initiative(
    target_groups=["uvas"], statements=[editorial("target_groups.uvas")], contact_function="Utvecklingschefen"
).model_dump(mode="json")
VOCABULARY, PLACES = load_vocabulary(), load_places()


def found(**changes: Any) -> list[Problem]:
    return problems(WHOLE | changes, VOCABULARY, PLACES)


def test_the_catalogue_has_no_problems(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> None:
    """Every shipped record is a draft that could be published, and comes back the same."""
    for record in shipped:
        fields = record.model_dump(mode="json")
        assert problems(fields, vocabulary, places) == []
        assert as_record(fields, vocabulary, places) == record


@pytest.mark.parametrize(
    ("changes", "field", "position", "reason"),
    [
        ({"name": ""}, "name", None, "saknas: fyll i"),
        ({"name": "x" * 161}, "name", None, "korta till högst 160 tecken"),
        ({"form": "påhitt"}, "form", None, "välj ett ur listan"),
        ({"summary": None}, "summary", None, "saknas: fyll i"),
        ({"situations": ["Bra.", " "]}, "situations", 1, "är tomt"),
        ({"situations": [str(number) for number in range(13)]}, "situations", None, "behåll högst 12"),
        ({"aliases": ["A", "A"]}, "aliases", None, "står flera gånger: A"),
        ({"target_groups": ["uvas", "npf"]}, "target_groups", 1, "saknar källa"),
        ({"owner": "Kommunen"}, "owner", None, "saknar källa"),
        ({"target_groups": ["okänd"]}, "target_groups", 0, "okänt värde: okänd"),
        ({"regions": ["99"]}, "regions", 0, "okänt värde: 99"),
        ({"municipalities": ["9999"]}, "municipalities", 0, "okänt värde: 9999"),
        ({"adoptions": [{"municipality": "9999"}]}, "adoptions", 0, "okänd kommun: 9999"),
        ({"adoptions": [{"municipality": "0180", "year": "i fjol"}]}, "adoptions", 0, "år: är inget heltal"),
        ({"links": [{"title": "x", "address": "javascript:alert(1)"}]}, "links", 0, "adress: skriv hela adressen"),
        ({"statements": [editorial("hittepå")]}, "statements", 0, "hittepå, som inte finns i posten"),
        ({"statements": [{"field": "owner"}]}, "statements", 0, "grund: saknas"),
        ({"statements": [{**editorial("owner"), "basis": "underlag"}]}, "statements", 0, "källans titel och adress"),
        ({"last_verified": "i går"}, "last_verified", None, "skriv det som 2026-11-22"),
        ({"påhittat": 1}, "påhittat", None, "finns inte bland registrets fält"),
        ({"description": "Ring 070-123 45 67."}, "description", None, "telefonnummer (tecken 6–18)"),
        ({"doubts": ["Bra.", "Född 19800101-1234."]}, "doubts", 1, "personnummer"),
        ({"statements": [{**editorial("owner"), "quote": "a@b.se"}]}, "statements", 0, "citat: innehåller en e-post"),
        ({"links": [{"title": "a@b.se", "address": "https://b.se"}]}, "links", 0, "rubrik: innehåller en e-post"),
        ({"external_ids": ["esf:1", "a@b.se"]}, "external_ids", 1, "e-postadress"),
        ({"contact_function": "Samordnare Anna Svensson"}, "contact_function", None, "”Anna Svensson” ser ut som"),
    ],
)
def test_names_the_field_the_place_and_what_to_do(
    changes: dict[str, Any], field: str, position: int | None, reason: str
) -> None:
    """Each problem says which field, which item of it, and why; and publication is refused."""
    assert any((p.field, p.position) == (field, position) and reason in p.reason for p in found(**changes)), found(
        **changes
    )
    with pytest.raises(RecordInvalid):
        as_record(WHOLE | changes, VOCABULARY, PLACES)


def test_an_unsourced_value_is_called_what_people_call_it() -> None:
    """The reason holds the label, not the id."""
    [problem] = found(municipalities=["2482"])
    assert problem.reason.startswith("”Skellefteå” saknar källa")


def test_what_is_blank_is_unknown() -> None:
    """What a form leaves empty is as if it were not there, also in the parts of a list."""
    blank = {"owner": " ", "partners": [], "last_verified": None, "id": ""}
    statement = {**editorial("target_groups.uvas"), "date": "2026-11-22", "quote": None, "source_title": ""}
    record = as_record(WHOLE | blank | {"statements": [statement]}, VOCABULARY, PLACES)
    assert (record.owner, record.partners, record.id) == (UNKNOWN, (), "odling-for-alla")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["uvas", "2482", "a@b.se"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PART = st.dictionaries(st.sampled_from(["field", "claim", "basis", "date", "municipality", "year", "title"]), JSON)


@given(st.dictionaries(st.sampled_from([*Initiative.model_fields, "annat"]), JSON | st.lists(PART, max_size=3)))
@settings(max_examples=60, deadline=None)
def test_never_raises_and_agrees_with_the_gate(fields: dict[str, Any]) -> None:
    """Whatever a form or a file brings is told what is wrong with it, and has no problems exactly when it is a record."""
    for draft in (fields, WHOLE | fields):
        if problems(draft, VOCABULARY, PLACES):
            with pytest.raises(RecordInvalid):
                as_record(draft, VOCABULARY, PLACES)
        else:
            as_record(draft, VOCABULARY, PLACES)


@given(JSON)
@settings(max_examples=50, deadline=None)
def test_any_json_at_all_is_answered(value: Any) -> None:
    """Also what is no draft at all gets a reason instead of a crash."""
    assert problems(value, VOCABULARY, PLACES)


def test_deep_nesting_is_answered() -> None:
    """A file nested as deep as JSON allows does not stop the desk."""
    deep: Any = "a@b.se"
    for _ in range(900):
        deep = [deep]
    assert found(partners=deep)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Svensson", "Anna Svensson"),
        ("Samordnare Anna Svensson", "Anna Svensson"),
        ("projektledaren Eva-Lena Åkesson", "Eva-Lena Åkesson"),
        ("Anna von Svensson, Region Örebro län", "Anna Svensson"),
        ("A. Svensson", "A. Svensson"),
        ("kommunikatören Nora Berg", "Nora Berg"),
        ("Impact Hub", "Impact Hub"),
    ],
)
def test_takes_capitalised_words_for_a_person(text: str, name: str) -> None:
    """Two capitalised words in a row are taken for a name, after a function too; some organisations also are."""
    assert find_person_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Områdeschefen för Välfärd och folkhälsa, Region Örebro län",
        "Folkhälsomyndigheten och Vinnova, som har regeringsuppdraget om nationellt stöd",
        "Mötesplats Social Innovation vid Malmö universitet",
        "Verksamhetschef, Västra Götalandsregionen",
        "företaget Impact Hub",
        "föreningen Rädda Barnen",
        "Stiftelsen Anna Lindh",
        "MSI",
        UNKNOWN,
    ],
)
def test_leaves_functions_and_organisations_alone(text: str) -> None:
    """A function, and an organisation that says what it is, is no person."""
    assert find_person_name(text) is None


def test_an_owner_named_in_the_record_is_no_person() -> None:
    """The organisation that owns the initiative may stand in its contact."""
    owner = {"owner": "Rädda Barnen", "statements": [editorial("owner"), editorial("target_groups")]}
    assert find_person_name("Chefen, Rädda Barnen") == "Rädda Barnen"
    assert [p for p in found(**owner, contact_function="Chefen, Rädda Barnen") if p.field == "contact_function"] == []


@given(st.text(max_size=200), st.sets(st.sampled_from(["initiativ", "a", "a-2", "odling"])))
def test_a_slug_is_always_valid_and_free(name: str, taken: set[str]) -> None:
    """Whatever the name, the id follows the rule and is not taken."""
    slug = slug_for(name, taken)
    assert slug not in taken
    assert make_initiative(id=slug).id == slug


def test_slugs_read_as_the_name() -> None:
    """Accents go, words are joined, and the second of a name is numbered."""
    assert slug_for("Blå Vägen & Åre!", ()) == "bla-vagen-are"
    assert slug_for("Odling", {"odling", "odling-2"}) == "odling-3"
