"""Needs sent in on purpose: what is stored, what is refused, how much is taken, and how they are counted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.errors import (
    NeedNotFound,
    NothingWritten,
    PersonalDataFound,
    RecordNotFound,
    SendingFull,
    TextTooLong,
    UnknownMunicipality,
    UnknownTerm,
)
from registry.inbox.reported_needs import (
    LONGEST,
    MOST_A_DAY,
    MOST_A_VISIT,
    Demand,
    NeedStatus,
    NeedStore,
    ReportedNeed,
    demand,
    groups,
)
from registry.inbox.sent_in import Visit, today
from registry.places import Places, load_places
from registry.store import InitiativeStore
from registry.vocabulary import load_vocabulary
from registry.wording import in_swedish
from tests.conftest import make_initiative

WORDS, PLACES = load_vocabulary(), load_places()
NEED = ReportedNeed("Unga i byarna saknar någonstans att vara.", ("uvas",), (), ("glesbygd",), "2422")


def visit() -> Visit:
    return Visit("behov", MOST_A_VISIT)


@pytest.fixture
def store() -> Iterator[NeedStore]:
    with InitiativeStore() as initiatives:
        initiatives.merge_catalogue([make_initiative(id="a")])
        yield NeedStore(initiatives, WORDS, PLACES)


def test_a_need_is_stored_as_it_was_sent(store: NeedStore) -> None:
    """Text, what was understood, municipality with its group, and the day; new, and not for all to read."""
    stored = store.report(NEED, visit=visit())
    assert store.all() == [stored]
    assert (stored.text, stored.target_groups, stored.settings) == (NEED.text, ("uvas",), ("glesbygd",))
    assert (stored.municipality, stored.group, stored.day) == ("2422", PLACES.municipalities["2422"].group, today())
    assert (stored.status, stored.readable, stored.handled_by) == (NeedStatus.NEW, False, "")
    assert type(stored.day) is dt.date


def test_only_the_group_is_kept_where_the_sender_so_chooses(store: NeedStore) -> None:
    """The municipality itself is then nowhere in what is stored; nor is one asked for."""
    stored = store.report(NEED, visit=visit(), only_group=True)
    assert (stored.municipality, stored.group) == ("", "C9")
    assert "2422" not in repr(store.all())
    assert store.report(replace(NEED, municipality=""), visit=visit()).group == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring Kim på 070-123 45 67 om detta", "070-123 45 67"),
        ("Skriv till kim@example.se", "kim@example.se"),
        ("Gäller 19900101-1234", "19900101-1234"),
    ],
)
def test_personal_data_is_refused_and_pointed_out(store: NeedStore, text: str, found: str) -> None:
    """Nothing is stored, and the message shows what it is and where."""
    with pytest.raises(PersonalDataFound) as refused:
        store.report(replace(NEED, text=text), visit=visit())
    assert refused.value.found == found
    assert text[refused.value.position - 1 :].startswith(found)
    assert found in in_swedish(refused.value)
    assert store.all() == []


def test_what_cannot_be_stored_is_refused(store: NeedStore) -> None:
    """No text, a text that is too long, terms and places that are not ours."""
    refused = {
        NothingWritten: replace(NEED, text=" \x00\n"),
        TextTooLong: replace(NEED, text="x" * (LONGEST + 1)),
        UnknownTerm: replace(NEED, themes=("hittepå",)),
        UnknownMunicipality: replace(NEED, municipality="9999"),
    }
    mine = visit()
    for error, need in refused.items():
        with pytest.raises(error):
            store.report(need, visit=mine)
    with pytest.raises(UnknownTerm):
        store.report(replace(NEED, municipality="", group="D1"), visit=mine)
    assert (store.all(), mine.sent) == ([], 0)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    """Whatever may be stored is read back unchanged; what may not leaves nothing behind."""
    with InitiativeStore() as initiatives:
        store = NeedStore(initiatives, WORDS, PLACES)
        try:
            stored = store.report(replace(NEED, text=text), visit=visit())
        except (NothingWritten, PersonalDataFound):
            assert store.all() == []
        else:
            assert [need.text for need in store.all()] == [stored.text] == [text.replace("\x00", "").strip()]


def test_a_visit_and_a_day_have_their_limits(store: NeedStore) -> None:
    """A visitor sends five, all visitors two hundred a day; what was stored stays."""
    mine = visit()
    for _ in range(MOST_A_VISIT):
        store.report(NEED, visit=mine)
    with pytest.raises(SendingFull) as full:
        store.report(NEED, visit=mine)
    assert (full.value.scope, full.value.most) == ("visit", MOST_A_VISIT)
    for _ in range(MOST_A_DAY - MOST_A_VISIT):
        store.report(NEED, visit=visit())
    with pytest.raises(SendingFull) as full:
        store.report(NEED, visit=visit())
    assert full.value.scope == "day"
    assert len(store.all()) == MOST_A_DAY


def test_an_editor_decides_and_is_named(store: NeedStore) -> None:
    """Status, note, whether all may read it, and which initiative meets it now."""
    id = store.report(NEED, visit=visit()).id
    store.handle(id, by="Kim", status=NeedStatus.DONE, readable=True, note=" Finns nu. ", answer="a")
    need = store.get(id)
    assert (need.status, need.readable, need.note, need.answer) == (NeedStatus.DONE, True, "Finns nu.", "a")
    assert (need.handled_by, need.text, need.day) == ("Kim", NEED.text, today())
    with pytest.raises(RecordNotFound):
        store.handle(id, by="Kim", status=NeedStatus.DONE, readable=True, answer="saknas")
    with pytest.raises(PersonalDataFound):
        store.handle(id, by="Kim", status=NeedStatus.READ, readable=True, note="ring 070-123 45 67")
    assert store.get(id) == need
    with pytest.raises(NeedNotFound):
        store.handle("saknas", by="Kim", status=NeedStatus.READ, readable=False)


def test_a_need_can_be_erased(store: NeedStore) -> None:
    """All of it goes, and once is enough; the log says that it was erased, and by whom."""
    id = store.report(NEED, visit=visit()).id
    store.erase(id, by="Kim")
    store.erase(id, by="Kim")
    assert store.all() == []
    with pytest.raises(NeedNotFound):
        store.get(id)


def test_needs_are_counted_by_group_theme_and_municipality_type(places: Places) -> None:
    """A need counts in each of its values, one without in "", a refused one nowhere; those met are not open."""
    needs = [
        replace(NEED, group="C9"),
        replace(NEED, group="A1", target_groups=("uvas", "aldre"), status=NeedStatus.DONE),
        replace(NEED, target_groups=(), group=""),
        replace(NEED, status=NeedStatus.REFUSED, group="C9"),
    ]
    assert demand(needs, "target_groups") == [Demand("uvas", 2, 1), Demand("", 1, 1), Demand("aldre", 1, 0)]
    assert demand(needs, "group") == [Demand("", 1, 1), Demand("A1", 1, 0), Demand("C9", 1, 1)]
    assert list(groups(places)) == ["A1", "A2", "B3", "B4", "B5", "C6", "C7", "C8", "C9"]
