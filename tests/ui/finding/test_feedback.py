"""The row under a card: press, thanks, undo; and a card that stands when nothing can be stored."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from registry.inbox.feedback import MOST_A_VISIT, Feedback, Visit
from ui.context import context, vocabulary

TEXT = "UVAS i glesbygd i Sorsele kommun, undrar Kim"
FACETS = ("main_group.C", "settings.glesbygd", "target_groups.glesbygd", "target_groups.uvas")


def card(text: str) -> None:
    from ui.context import context
    from ui.finding.cards import show_match

    matcher = context().live.current
    result = matcher.match(text)
    match = next(match for match in result.matches if match.initiative_id == "unga-in")
    show_match(match, matcher, tuple(facet.key for facet in result.challenge.facets))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(card, args=(TEXT,), default_timeout=60).run()


def press(app: AppTest, *words: str) -> AppTest:
    """Presses so that these answers are chosen; none, where the chosen one was pressed again."""
    return app.segmented_control[0].set_value(words[0] if words else None).run()


def undo(app: AppTest) -> list[Button]:
    return [button for button in app.button if button.label == "Ångra"]


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_the_question_has_two_answers_and_a_name(app: AppTest) -> None:
    """A screen reader hears which match the question is about; nothing is thanked for yet."""
    assert not app.exception
    assert "Passar det här er?" in html(app)
    control = app.segmented_control[0]
    assert control.label == "Passar Unga In er?"
    assert [option.content for option in control.proto.options] == ["Passar", "Passar inte"]
    assert control.value is None
    assert "Tack" not in html(app)


def test_pressing_stores_the_answer_without_the_text(app: AppTest) -> None:
    """Thanks come in place; what is stored is the match and what was understood, not what was written."""
    press(app, "Passar")
    assert not app.exception
    assert "Tack. Svaret sparas utan er text." in html(app)
    [stored] = context().feedback.all()
    assert (stored.initiative_id, stored.facets, stored.fits) == ("unga-in", FACETS, True)
    assert stored.day == date.today()
    assert not {"Kim", "Sorsele", "undrar"} & set(repr(stored).split())
    assert app.segmented_control[0].value == "Passar"


def test_an_answer_can_be_changed_and_undone(app: AppTest) -> None:
    """The other answer replaces the first; "Ångra" and a second press both take it back."""
    press(app, "Passar")
    press(app, "Passar inte")
    assert [stored.fits for stored in context().feedback.all()] == [False]
    undo(app)[0].click().run()
    assert context().feedback.all() == []
    assert app.segmented_control[0].value is None
    assert "Tack" not in html(app)
    press(app, "Passar inte")
    press(app)
    assert context().feedback.all() == []
    assert not undo(app)


def test_a_card_stands_when_nothing_can_be_stored(app: AppTest) -> None:
    """The database goes away: a calm line, once, and the card is whole."""
    context().store.close()
    press(app, "Passar")
    assert not app.exception
    assert "Det gick inte att spara just nu." in html(app)
    assert "Tack" not in html(app)
    assert 'href="initiativ?id=unga-in"' in html(app)
    assert app.segmented_control[0].value is None
    assert "gick inte att spara" not in html(app.run())


def test_a_visit_that_floods_is_told(app: AppTest) -> None:
    """After thirty answers the row says that no more are stored."""
    visit = Visit()
    for id in list(vocabulary().target_groups)[:MOST_A_VISIT]:
        one = Feedback("unga-in", (f"target_groups.{id}",), True, "god", date.today())
        visit.answer(one, context().feedback)
    app.session_state["visit"] = visit
    press(app, "Passar")
    assert f"ni har svarat {MOST_A_VISIT} gånger" in html(app)
    assert len(context().feedback.all()) == MOST_A_VISIT
