"""From a search where nothing fits to a reported need, and what is seen of it afterwards."""

import pytest
from streamlit.testing.v1 import AppTest

from registry.inbox.reported_needs import MOST_A_VISIT, NeedStatus, ReportedNeed
from registry.inbox.sent_in import Visit
from tests.ui.desk_app import html, press, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")

NOWHERE = "Snöröjning och sandning av gator i Sorsele kommun efter snöfall"


def search(text: str) -> AppTest:
    app = show("find")
    return app.text_area(key="q").set_value(text).run()


def report(app: AppTest, text: str | None = None, *, only_group: bool = False) -> AppTest:
    """Fills in the box as a visitor does, and sends it."""
    if text is not None:
        box(app, "text_area").set_value(text).run()
    if only_group:
        next(one for one in app.checkbox if one.key.endswith("only group")).check().run()
    next(one for one in app.checkbox if one.key.endswith("read")).check().run()
    return next(button for button in app.button if button.label == "Skicka behovet").click().run()


def box(app: AppTest, kind: str):  # type: ignore[no-untyped-def]
    return next(one for one in getattr(app, kind) if one.key and one.key.startswith("need "))


def test_where_nothing_fits_the_need_can_be_reported() -> None:
    """The text is there already, sending waits for the tick, and the thanks say what was stored and when."""
    app = search(NOWHERE)
    assert box(app, "text_area").value == NOWHERE
    send = next(button for button in app.button if button.label == "Skicka behovet")
    assert send.disabled
    app = report(app, "Ingen röjer snön åt äldre i Sorsele.")
    assert not app.exception
    [need] = context().needs.all()
    assert (need.text, need.municipality) == ("Ingen röjer snön åt äldre i Sorsele.", "2422")
    assert "Tack. Behovet är anmält." in html(app)
    assert need.day.isoformat() in html(app)
    assert not [button for button in app.button if button.label == "Skicka behovet"]


def test_nothing_is_stored_by_searching() -> None:
    """However often somebody searches, only what is sent is kept."""
    app = search(NOWHERE)
    app.run()
    assert context().needs.all() == []


def test_the_municipality_can_be_left_out() -> None:
    """Then only what kind of municipality it is gets stored."""
    report(search(NOWHERE), only_group=True)
    [need] = context().needs.all()
    assert (need.municipality, need.group) == ("", "C9")


def test_personal_data_is_pointed_out_and_nothing_is_lost() -> None:
    """The message shows what it is; the text stays in the box, and can be sent when it is mended."""
    app = report(search(NOWHERE), "Ring mig på 070-123 45 67 om snön.")
    assert "070-123 45 67" in app.error[0].value
    assert box(app, "text_area").value == "Ring mig på 070-123 45 67 om snön."
    assert context().needs.all() == []
    report(app, "Ring om snön.")
    assert [need.text for need in context().needs.all()] == ["Ring om snön."]


def test_what_looks_like_a_name_is_asked_about() -> None:
    """A heuristic warns before sending; it does not forbid."""
    app = search(NOWHERE)
    box(app, "text_area").set_value("Anna Svensson behöver hjälp med snön.").run()
    assert "Anna Svensson" in app.warning[0].value


def test_a_good_match_has_no_box_in_the_way() -> None:
    """Where something fits well nobody is asked to report."""
    assert not [button for button in search("Jobbsprånget").button if button.label == "Skicka behovet"]


def stored(text: str = "Hemlig text", **changes: object) -> ReportedNeed:
    need = ReportedNeed(text, ("uvas",), (), (), "2422")
    kept = context().needs.report(need, visit=Visit("behov", MOST_A_VISIT))
    if changes:
        fields = {"status": NeedStatus.READ, "readable": False} | changes
        return context().needs.handle(kept.id, by="Kim", **fields)  # type: ignore[arg-type]
    return kept


def test_an_empty_register_says_what_to_do() -> None:
    """Nothing is reported yet: how it gets here, and the way to search."""
    app = show("needs")
    assert not app.exception
    assert "Inga behov är anmälda än" in html(app)


def test_counts_are_for_all_and_texts_for_those_signed_in() -> None:
    """A visitor sees numbers; the text only once an editor lets it be read."""
    need = stored()
    app = show("needs")
    assert not app.exception
    assert "1 behov är anmält" in html(app)
    assert "Unga som varken arbetar eller studerar" in html(app)
    assert "Hemlig text" not in html(app)
    assert not app.expander
    context().needs.handle(need.id, by="Kim", status=NeedStatus.READ, readable=True, note="internt")
    app.run()
    assert "Hemlig text" in html(app)
    assert "internt" not in html(app)
    assert "Kim" not in html(app)


def test_an_editor_handles_a_need() -> None:
    """Status, who may read, and the initiative that meets it by now: the page shows it to all."""
    need = stored()
    app = show("needs", "Eva")
    assert "Hemlig text" in html(app)
    assert not app.exception
    choose = {box.label: box for box in app.selectbox}
    choose["Läge"].set_value(NeedStatus.DONE)
    choose["Finns nu: initiativ som svarar mot behovet"].set_value("unga-in")
    next(one for one in app.checkbox if one.label == "Texten får visas för alla").check()
    press(app, "Spara")
    assert not app.exception
    changed = context().needs.get(need.id)
    assert (changed.status, changed.readable, changed.answer, changed.handled_by) == (
        NeedStatus.DONE,
        True,
        "unga-in",
        "Eva",
    )
    assert 'href="initiativ?id=unga-in"' in html(show("needs"))


def test_a_need_can_be_taken_away_for_good() -> None:
    """Only after a second look, and then nothing is left."""
    stored()
    app = show("needs", "Eva")
    assert next(button for button in app.button if button.label == "Ta bort behovet").disabled
    next(one for one in app.checkbox if (one.key or "").endswith("sure")).check().run()
    press(app, "Ta bort behovet")
    assert context().needs.all() == []
    assert not app.exception


def test_hostile_text_is_text() -> None:
    """What somebody sends in is escaped wherever it is shown."""
    stored("<script>alert(1)</script>", readable=True)
    app = show("needs", "Eva")
    assert "<script>" not in html(app)
    assert "&lt;script&gt;" in html(app)
