"""The public form: a tip or a correction, without an account and without personal data."""

import pytest

from registry.editing.proposals import EventKind, Origin
from registry.inbox.tips import MOST_A_VISIT
from tests.ui.desk_app import field, html, press, show
from ui.context import context


def filled_in(name: str = "Byns verkstad", text: str = "Unga och gamla lagar saker.") -> object:
    app = show("tip")
    field(app, "Vad heter").set_value(name).run()
    return field(app, "Vad är det").set_value(text).run()


def test_a_tip_lands_with_the_editors() -> None:
    """No account, thanks in place, and a förslag that is not published."""
    app = press(filled_in(), "Skicka tipset")
    assert not app.exception
    assert "Tack. Tipset är skickat" in html(app)
    [proposal] = context().proposals.all()
    assert (proposal.origin, proposal.fields["name"]) == (Origin.TIP, "Byns verkstad")
    assert context().live.current.index.get("byns-verkstad") is None
    press(app, "Skriv ett till")
    assert field(app, "Vad heter").value == ""


def test_what_is_here_already_is_shown_while_the_name_is_written() -> None:
    """A visitor who means a known initiative is led to it."""
    app = show("tip")
    field(app, "Vad heter").set_value("Jobsprånget").run()
    assert 'href="initiativ?id=jobbspranget"' in html(app)


def test_a_correction_names_what_it_is_about() -> None:
    """The address says which record; the text becomes a comment on a change to it."""
    app = show("tip", id="unga-in")
    assert 'href="initiativ?id=unga-in"' in html(app)
    field(app, "Vad stämmer inte").set_value("Projektet är avslutat.").run()
    press(app, "Skicka förslaget")
    assert not app.exception
    [proposal] = context().proposals.all()
    assert proposal.initiative_id == "unga-in"
    comments = [event.text for event in context().proposals.events(proposal.id) if event.kind is EventKind.COMMENTED]
    assert comments == ["Projektet är avslutat."]


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [
        ("", "text", "ingen text att skicka"),
        ("Namn", "Ring 070-123 45 67", "070-123 45 67"),
        ("Namn", "Skriv till kim@example.se", "kim@example.se"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_on_the_page(name: str, text: str, answer: str) -> None:
    """The problem is pointed out, nothing is stored, and what was written stays."""
    app = press(filled_in(name, text), "Skicka tipset")
    assert answer in app.error[0].value
    assert field(app, "Vad är det").value == text
    assert context().proposals.all() == []


def test_a_visitor_sends_only_so_many() -> None:
    """The sixth tip of a visit is refused with a calm line."""
    app = filled_in()
    for _ in range(MOST_A_VISIT):
        press(app, "Skicka tipset")
        press(app, "Skriv ett till")
        field(app, "Vad heter").set_value("Byns verkstad").run()
        field(app, "Vad är det").set_value("Unga och gamla lagar saker.").run()
    press(app, "Skicka tipset")
    assert f"ni har skickat {MOST_A_VISIT} tips" in app.error[0].value
    assert len(context().proposals.all()) == MOST_A_VISIT


def test_a_wrong_address_offers_a_new_tip() -> None:
    """An unknown record is said to be so, as text."""
    app = show("tip", id="<b>fel</b>")
    assert not app.exception
    assert "Det finns inget initiativ" in app.warning[0].value
    assert field(app, "Vad heter") is not None
