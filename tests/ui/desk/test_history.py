"""Historik: what is shown to whom, and the ways back."""

import pytest

from tests.ui.desk_app import html, press, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")
ID = "unga-in"


def edited() -> None:
    record = context().store.get(ID)
    changed = record.model_copy(update={"summary": "En <i>ny</i> sammanfattning."})
    context().store.save(changed, seen_revision=record.revision, by="Eva", reason="Kortare")


def test_who_changed_is_for_those_signed_in() -> None:
    """Everybody sees when and why; names only whoever is signed in; what differs is marked in words."""
    edited()
    text = html(show("history", id=ID))
    assert "Kortare" in text
    assert ">Eva<" not in text
    assert "&lt;i&gt;ny&lt;/i&gt;" in text
    assert "<del>" in text
    assert "<ins>" in text
    assert ">Eva<" in html(show("history", "Bo", id=ID))


def test_a_contributor_cannot_restore() -> None:
    """Only an editor gets the ways back, and only an administrator the way to erase."""
    edited()
    assert not [b for b in show("history", "Bo", id=ID).button if "Återställ" in b.label or "Radera" in b.label]
    assert not [b for b in show("history", "Eva", id=ID).button if "Radera" in b.label]


def test_restoring_is_a_new_version_with_a_reason() -> None:
    """Without a reason nothing happens; with one the earlier text is back as version 3, and the search has it."""
    edited()
    earlier = context().store.revisions(ID)[-1].record.summary
    app = show("history", "Eva", id=ID)
    press(app, "Återställ version 1")
    assert "motivering" in app.warning[0].value.lower()
    assert context().store.get(ID).revision == 2
    app.text_area(key="restoring words").set_value("Den äldre var rätt").run()
    press(app, "Återställ version 1")
    assert "Version 1 är återställd som version 3." in app.success[0].value
    assert context().store.get(ID).summary == earlier
    assert context().live.current.index.get(ID).summary == earlier
    assert len(context().store.revisions(ID)) == 3


def test_archived_is_not_deleted() -> None:
    """An archived record leaves the search, says so in its history, and can be taken out again."""
    app = show("history", "Eva", id=ID)
    app.text_area(key="restoring words").set_value("Dubblett").run()
    press(app, "Arkivera")
    assert context().live.current.index.get(ID) is None
    assert "arkiverat" in app.success[0].value
    assert f"historik?id={ID}" in html(show("history", "Eva"))
    app.text_area(key="restoring words").set_value("Ingen dubblett").run()
    press(app, "Ta fram ur arkivet")
    assert context().live.current.index.get(ID) is not None
    assert [r.reason for r in context().store.revisions(ID)][:2] == ["Ingen dubblett", "Dubblett"]


def test_erasing_takes_the_typed_id_and_a_reason() -> None:
    """A slip of the hand erases nothing; done right nothing is left but a row in the log, without content."""
    app = show("history", "Ada", id=ID)
    app.text_area(key="erase words").set_value("Begäran").run()
    app.text_input(key="erase typed").set_value("unga").run()
    press(app, "Radera för gott")
    assert f"Skriv beteckningen {ID}" in app.warning[0].value
    assert context().store.get(ID).id == ID
    app.text_input(key="erase typed").set_value(ID).run()
    press(app, "Radera för gott")
    assert context().store.revisions(ID) == []
    assert context().live.current.index.get(ID) is None
    assert [(one.id, one.by, one.reason) for one in context().store.erasures()] == [(ID, "Ada", "Begäran")]
    assert f"{ID} · " in html(show("history", "Ada"))


def test_a_duty_taken_away_while_the_page_is_open_stops_the_act(signing_in) -> None:
    """The duty is asked for again when the button is pressed."""
    edited()
    app = show("history", "Eva", id=ID)
    app.text_area(key="restoring words").set_value("Skäl").run()
    signing_in.write_text(signing_in.read_text(encoding="utf-8").replace('Eva = "redaktör"', ""), encoding="utf-8")
    press(app, "Återställ version 1")
    assert context().store.get(ID).revision == 2
    assert app.warning


def test_an_unknown_record_is_said() -> None:
    """A wrong address is a calm line."""
    assert "<b>fel</b>" in show("history", id="<b>fel</b>").warning[0].value
