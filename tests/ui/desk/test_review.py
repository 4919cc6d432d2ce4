"""Granska: the reviewer sees what differs, says why, and what is approved is found at once."""

import pytest
from streamlit.testing.v1 import AppTest

from registry.editing.proposals import EventKind, Proposal
from registry.values import Status
from tests.ui.desk_app import html, press, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")
NEW = {
    "name": "Prova-på-köket",
    "form": "verksamhet",
    "summary": "Unga lagar mat åt äldre grannar.",
    "description": "Ungdomar och äldre lagar mat tillsammans en kväll i veckan.",
    "situations": ["Tonåringarna har ingenstans att ta vägen och grannen äter ensam."],
}


def sent(fields: dict, by: str = "Bo", record: str | None = None) -> Proposal:
    begun = context().proposals.create(fields, by=by, initiative_id=record)
    return context().proposals.submit(begun.id, seen_version=1, by=by)


def say(app: AppTest, words: str) -> AppTest:
    return app.text_area(key="decision words").set_value(words).run()


def test_what_is_approved_is_found_by_the_next_search() -> None:
    """Approving publishes the record, closes the proposal, and the matcher has it."""
    proposal = sent(NEW)
    app = show("review", "Eva", forslag=proposal.id)
    assert "Unga lagar mat" in html(app)
    press(app, "Godkänn och publicera")
    assert "är publicerat" in app.success[0].value
    result = context().live.current.match("tonåringar och äldre lagar mat tillsammans")
    assert "prova-pa-koket" in [match.initiative_id for match in result.matches]
    assert context().proposals.get(proposal.id).status is Status.PUBLISHED
    assert "Godkänn och publicera" not in [button.label for button in app.button]


def test_sending_back_takes_a_reason_and_keeps_it() -> None:
    """Without words nothing happens; with them the author gets them, and what was typed is not lost on the way."""
    proposal = sent(NEW)
    app = show("review", "Eva", forslag=proposal.id)
    press(app, "Skicka tillbaka")
    assert "motivering" in app.warning[0].value
    press(say(app, "Lägg till <källa>."), "Skicka tillbaka")
    assert context().proposals.get(proposal.id).status is Status.DRAFT
    assert "Lägg till &lt;källa&gt;." in html(show("review", "Bo", forslag=proposal.id))


def test_a_contributor_can_comment_and_take_back_but_not_decide() -> None:
    """One's own proposal can be talked about and ended; the decisions are the editors'."""
    proposal = sent(NEW)
    app = show("review", "Bo", forslag=proposal.id)
    assert [b.label for b in app.button] == ["Kommentera", "Avsluta utan att publicera"]
    press(say(app, "Jag har en fråga."), "Kommentera")
    assert context().proposals.events(proposal.id)[-1].kind is EventKind.COMMENTED
    press(say(app, "Blev fel."), "Avsluta")
    assert context().proposals.get(proposal.id).status is Status.ARCHIVED


def test_what_is_wrong_is_listed_and_cannot_be_published() -> None:
    """A claim without a source stops the approval; the reviewer sees which before trying."""
    proposal = sent(NEW | {"owner": "Föreningen"})
    app = show("review", "Eva", forslag=proposal.id)
    assert "saknar källa" in html(app)
    press(app, "Godkänn och publicera")
    assert context().proposals.get(proposal.id).status is Status.IN_REVIEW


def test_ones_own_proposal_is_said_out_loud() -> None:
    """An editor may approve their own, and is told that the history shows it."""
    proposal = sent(NEW, by="Eva")
    assert "ert eget förslag" in show("review", "Eva", forslag=proposal.id).info[0].value


def test_a_change_is_old_beside_new_in_words() -> None:
    """Labels and not ids, the words that differ marked, and the source beside."""
    source = {
        "field": "target_groups.uvas",
        "claim": "Sidan säger det.",
        "basis": "redaktionell bedömning",
        "date": "2026-11-22",
    }
    record = context().store.get("jobbspranget").model_dump(mode="json")
    groups = [*record["target_groups"], "uvas"]
    proposal = sent({"target_groups": groups, "statements": [*record["statements"], source]}, record="jobbspranget")
    text = html(show("review", "Eva", forslag=proposal.id))
    assert "<ins>Unga som varken arbetar eller studerar</ins>" in text
    assert "Sidan säger det." in text
    assert "uvas</" not in text


def test_a_record_that_moved_on_is_merged_before_it_is_approved() -> None:
    """Changes of different fields are put together; both are in what is published."""
    proposal = sent({"summary": "Förslagets text."}, record="unga-in")
    current = context().store.get("unga-in")
    context().store.save(
        current.model_copy(update={"aliases": ("Nytt namn",)}), seen_revision=1, by="Eli", reason="Namn"
    )
    app = show("review", "Eva", forslag=proposal.id)
    assert "har lagts ihop" in app.info[0].value
    press(app, "Godkänn och publicera")
    published = context().store.get("unga-in")
    assert (published.summary, published.aliases) == ("Förslagets text.", ("Nytt namn",))


def test_a_conflict_with_what_was_published_is_chosen_field_by_field() -> None:
    """The same field changed in both: base, proposal and published stand side by side, and nothing is overwritten."""
    proposal = sent({"summary": "Förslagets text."}, record="unga-in")
    current = context().store.get("unga-in")
    context().store.save(current.model_copy(update={"summary": "Elis text."}), seen_revision=1, by="Eli", reason="Text")
    app = show("review", "Eva", forslag=proposal.id)
    assert "i samma fält" in app.warning[0].value
    for words in (current.summary, "Förslagets text.", "Elis text."):
        assert words in html(app)
    app.radio[0].set_value("theirs").run()
    press(app, "Använd valen")
    press(app, "Godkänn och publicera")
    assert context().store.get("unga-in").summary == "Elis text."


def test_signed_out_sees_no_proposal() -> None:
    """A proposal's text is for those signed in."""
    proposal = sent(NEW)
    app = show("review", forslag=proposal.id)
    assert "Prova-på-köket" not in html(app) + app.title[0].value


def test_what_was_ended_can_be_opened_again() -> None:
    """Ending is not deleting: its author opens it again and goes on."""
    proposal = sent(NEW)
    app = show("review", "Bo", forslag=proposal.id)
    press(say(app, "Blev fel."), "Avsluta")
    press(app, "Öppna igen")
    assert context().proposals.get(proposal.id).status is Status.DRAFT


def test_an_administrator_erases_a_proposal_with_a_reason_in_the_log() -> None:
    """Personal data in a tip can be taken away for good; only an administrator gets the button."""
    proposal = sent(NEW)
    assert "Radera förslaget" not in [b.label for b in show("review", "Eva", forslag=proposal.id).button]
    app = show("review", "Ada", forslag=proposal.id)
    press(say(app, "Begäran om radering."), "Radera förslaget")
    assert "raderat" in app.success[0].value
    assert proposal.id not in [one.id for one in context().proposals.all()]
    assert context().store.erasures()[0].reason == "Begäran om radering."


def test_an_approved_proposal_still_shows_what_it_changed() -> None:
    """Afterwards the difference is against what was published before, not against itself."""
    proposal = sent({"summary": "Förslagets text."}, record="unga-in")
    press(show("review", "Eva", forslag=proposal.id), "Godkänn och publicera")
    text = html(show("review", "Bo", forslag=proposal.id))
    assert "Publicerat före" in text
    assert "<ins>" in text
