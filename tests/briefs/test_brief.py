"""What a brief says: everything the record knows, nothing that it does not, and the text of others as text."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.brief import Brief
from briefs.files import as_html, as_markdown
from registry.adopting.readiness import Answer

SECTIONS = (
    "Förslag till beslut", "Behovet", "Förslagen", "Vad som är känt om effekten", "Var det används",
    "Vad som krävs av oss", "Vilka vi behöver samverka med", "Kostnad och finansiering", "Policyfönster",
    "Hinder och vad vi kan göra åt dem", "Uppföljning", "Så togs underlaget fram",
)  # fmt: skip


@pytest.fixture(scope="module")
def text(make_brief: Callable[..., Brief]) -> str:
    return as_markdown(make_brief(answers=(Answer.YES, Answer.NO, Answer.PARTLY, Answer.UNKNOWN)))


def test_has_every_section_in_order(text: str) -> None:
    """A committee's reader finds the same headings in the same order each time."""
    assert tuple(re.findall(r"^# (.+)$", text, re.MULTILINE)) == SECTIONS


def test_says_the_need_in_the_municipalitys_own_words(make_brief: Callable[..., Brief]) -> None:
    """The text is quoted as it was written, with what was understood of it beside it."""
    text = as_markdown(make_brief("Unga i Sorsele sitter hemma.\nIngen når dem."))
    assert "> Unga i Sorsele sitter hemma. Ingen når dem." in text
    assert "Sorsele, Västerbottens län" in text


def test_every_footnote_has_a_source_or_is_marked_as_a_judgement(text: str) -> None:
    """No note is empty, and every number in the text has its note."""
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE))
    assert len(notes) > 20
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(notes)
    assert all(len(words) > 10 for words in notes.values())
    assert not [words for words in notes.values() if re.match(r"00\d ", words)]


def test_tells_what_is_in_place_and_the_first_steps(text: str) -> None:
    """The answers of the mottagarkoll are there for the initiative that has them, and their lack is said for the rest."""
    assert "Enligt vår mottagarkoll:" in text
    assert "**Första steg:**" in text
    assert text.count("Mottagarkollen är inte gjord.") == 2


def test_does_not_hide_what_is_unknown(make_brief: Callable[..., Brief]) -> None:
    """An unassessed effect is said to be unassessed."""
    text = as_markdown(make_brief(ids=("samverkan-si-orebro",)))
    assert "Evidensen är inte bedömd." in text
    assert "Minst ett av förslagen är inte prövat enligt källorna." in text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=3, max_size=60))
def test_hostile_text_stays_text(make_brief: Callable[..., Brief], words: str) -> None:
    """Markup in the user's text is shown, not obeyed."""
    text = f"unga {words} <script>alert(1)</script> [x](javascript:alert(1)) #heading"
    page = as_html(make_brief(text, ids=("unga-in",)))
    assert "<script" not in page
    assert 'href="javascript' not in page
