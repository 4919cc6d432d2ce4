"""Visitors' answers: stored without who and what they wrote, bounded, and exported as judged cases."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from matching.scoring import Strength
from registry.errors import FeedbackFull, FeedbackNotSaved, RecordNotFound, UnknownTerm
from registry.inbox.feedback import MOST_A_DAY, MOST_A_VISIT, STRENGTHS, Feedback, FeedbackStore, Visit, kept_facets
from registry.places import Places
from registry.store import InitiativeStore
from registry.vocabulary import load_vocabulary
from tests.conftest import TODAY, make_initiative

WORDS = load_vocabulary()
KEYS = [f"{field}.{id}" for field in ("target_groups", "themes", "settings") for id in getattr(WORDS, field)]
FACETS = st.lists(st.sampled_from([*KEYS, "main_group.A", "main_group.C"]), max_size=12).map(tuple)
UVAS = ("settings.glesbygd", "target_groups.uvas")


def answer(id: str = "a", facets: tuple[str, ...] = UVAS, *, fits: bool = True) -> Feedback:
    return Feedback(id, facets, fits, "stark", TODAY)


def filled(folder: Path | None = None) -> InitiativeStore:
    store = InitiativeStore(folder)
    store.merge_catalogue([make_initiative(id=id, name=f"Namn {id}") for id in "abcd"])
    return store


@pytest.fixture
def store() -> Iterator[FeedbackStore]:
    with filled() as initiatives:
        yield FeedbackStore(initiatives, WORDS)


def test_an_answer_is_stored_as_given_and_nothing_more(store: FeedbackStore) -> None:
    """What is read back is what was answered; there is no field for a text, a person or a time of day."""
    store.add(answer())
    assert store.all() == [answer()]
    assert [field.name for field in fields(Feedback)] == ["initiative_id", "facets", "fits", "strength", "day"]
    assert type(store.all()[0].day) is dt.date


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), FACETS, st.booleans(), st.sampled_from(STRENGTHS)), max_size=5))
def test_any_answers_survive_the_way_through_the_database(
    rows: list[tuple[str, tuple[str, ...], bool, str]],
) -> None:
    """All facets come back, whatever their letters and spaces, and equal answers are all kept."""
    given = [Feedback(*row, day=TODAY) for row in rows]
    with filled() as initiatives:
        store = FeedbackStore(initiatives, WORDS)
        for one in given:
            store.add(one)
        assert Counter(store.all()) == Counter(given)


@settings(max_examples=50, deadline=None)
@given(text=st.text())
def test_what_is_not_ours_is_refused(text: str) -> None:
    """Free text gets in neither as an initiative, a facet, nor a strength."""
    with filled() as initiatives:
        store = FeedbackStore(initiatives, WORDS)
        for wrong in (f"hittepå {text}", f"target_groups.{text}x y", f"everyday.{text}", "main_group.D", "label.id"):
            with pytest.raises(UnknownTerm):
                store.add(answer(facets=(wrong,)))
        with pytest.raises(UnknownTerm):
            store.add(replace(answer(), strength=f"{text}!"))
        with pytest.raises(RecordNotFound):
            store.add(answer(f"{text}!"))
        assert store.all() == []


def test_strengths_are_those_that_matching_shows() -> None:
    """The registry knows the words for strength without knowing the matcher."""
    assert set(STRENGTHS) == {str(strength) for strength in Strength}


def test_a_place_is_stored_as_its_main_group_alone(places: Places) -> None:
    """Neither municipality nor län is kept, so that nobody can tell who asked."""
    keys = ["municipality.2422", "regions.24", "themes.x", "target_groups.uvas", "municipality.9999", "fritext"]
    assert kept_facets(keys, places) == ("main_group.C", "target_groups.uvas", "themes.x")
    assert kept_facets(["municipality.0180"], places) == ("main_group.A",)


def test_taking_back_takes_one_of_equals(store: FeedbackStore) -> None:
    """Two visitors gave the same answer; one takes it back."""
    store.add(answer())
    store.add(answer())
    store.remove(answer())
    assert store.all() == [answer()]
    store.remove(answer("b"))
    assert store.all() == [answer()]


def test_a_newer_answer_replaces_the_visitors_own(store: FeedbackStore) -> None:
    """The same visitor on the same initiative and facets counts once, in whatever order the facets come."""
    mine, theirs = Visit(), Visit()
    theirs.answer(answer(), store)
    mine.answer(answer(), store)
    mine.answer(answer(facets=UVAS[::-1], fits=False), store)
    assert Counter(store.all()) == Counter([answer(), answer(fits=False)])
    assert mine.given("a", UVAS) == answer(fits=False)
    mine.undo("a", UVAS[::-1], store)
    mine.undo("a", UVAS, store)
    assert store.all() == [answer()]
    assert mine.given("a", UVAS) is None


def test_a_visit_has_a_limit_but_may_change_its_mind(store: FeedbackStore) -> None:
    """Thirty answers are taken; the next is refused, changing and undoing are not."""
    visit = Visit()
    for key in KEYS[:MOST_A_VISIT]:
        visit.answer(answer(facets=(key,)), store)
    with pytest.raises(FeedbackFull) as full:
        visit.answer(answer(), store)
    assert (full.value.scope, full.value.most) == ("visit", MOST_A_VISIT)
    visit.answer(answer(facets=(KEYS[0],), fits=False), store)
    visit.undo("a", (KEYS[1],), store)
    visit.answer(answer(), store)
    assert len(store.all()) == MOST_A_VISIT


def test_a_day_has_a_limit_over_all_visits() -> None:
    """A flood ends at the day's limit; what was there stays, and the next day is open."""
    with filled() as initiatives:
        store = FeedbackStore(initiatives, WORDS)
        with initiatives.database.transaction() as cursor:
            cursor.execute("INSERT INTO feedback SELECT 'b', [], TRUE, 'god', ? FROM range(?)", [TODAY, MOST_A_DAY - 1])
        visit = Visit()
        visit.answer(answer(), store)
        with pytest.raises(FeedbackFull) as full:
            visit.answer(answer("c"), store)
        assert full.value.scope == "day"
        visit.answer(answer(fits=False), store)
        assert len(store.all()) == MOST_A_DAY
        store.add(replace(answer("c"), day=TODAY + dt.timedelta(days=1)))


def test_a_failed_replacement_keeps_the_earlier_answer(store: FeedbackStore) -> None:
    """What cannot be stored changes nothing, neither in the database nor in the visit."""
    visit = Visit()
    visit.answer(answer(), store)
    with pytest.raises(UnknownTerm):
        visit.answer(replace(answer(), strength="jättebra"), store)
    assert store.all() == [answer()]
    assert visit.given("a", UVAS) == answer()


def test_a_database_that_does_not_answer_is_named() -> None:
    """An answer, or taking it back, fails by name once the database is gone; the visit stays as it was."""
    initiatives = filled()
    store, visit = FeedbackStore(initiatives, WORDS), Visit()
    visit.answer(answer(), store)
    initiatives.close()
    with pytest.raises(FeedbackNotSaved):
        visit.answer(answer("b"), store)
    with pytest.raises(FeedbackNotSaved):
        visit.undo("a", UVAS, store)
    assert visit.given("a", UVAS) == answer()
    assert visit.given("b", UVAS) is None


class Visitors(RuleBasedStateMachine):
    """Whatever two visitors press, the database holds what each has answered last and not taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.initiatives = filled()
        self.store = FeedbackStore(self.initiatives, WORDS)
        self.visits = Visit(), Visit()

    @rule(who=st.sampled_from((0, 1)), id=st.sampled_from("ab"), fits=st.booleans(), far=st.booleans())
    def press(self, who: int, id: str, fits: bool, far: bool) -> None:
        self.visits[who].answer(answer(id, UVAS if far else (), fits=fits), self.store)

    @rule(who=st.sampled_from((0, 1)), id=st.sampled_from("ab"), far=st.booleans())
    def undo(self, who: int, id: str, far: bool) -> None:
        self.visits[who].undo(id, UVAS if far else (), self.store)

    @invariant()
    def the_database_agrees(self) -> None:
        asked = [visit.given(id, facets) for visit in self.visits for id in "ab" for facets in (UVAS, ())]
        assert Counter(self.store.all()) == Counter(one for one in asked if one)

    def teardown(self) -> None:
        self.initiatives.close()


TestVisitors = Visitors.TestCase
TestVisitors.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
