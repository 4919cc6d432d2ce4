"""The page on quality: what is lacking, lists to act on, and marking a record as checked."""

import datetime as dt

import pytest

from registry.upkeep.links import LinkFinding, LinkState, addresses_of
from tests.ui.desk_app import html, press, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")


def test_the_overview_leads_to_the_lists() -> None:
    """Each thing that may be lacking has a count and a list; all can read, nobody signed out can change."""
    app = show("quality")
    assert not app.exception
    assert "Inte kontrollerad på ett år" in html(app)
    assert "kvalitet?brist=kontroll" in html(app)
    assert [button.label for button in app.button if "ontroller" in button.label] == []


@pytest.mark.parametrize("slug", ["kalla", "kontroll", "plats", "tunn", "osakert", "lankar", "finns-inte"])
def test_every_list_opens(slug: str) -> None:
    """Empty, long or unknown: no list breaks the page."""
    app = show("quality", brist=slug, sida="99")
    assert not app.exception
    assert not app.warning


def test_marking_as_checked_takes_the_record_off_the_list() -> None:
    """An editor's press is a revision with today's date, and the next search knows of it."""
    app = show("quality", "Eva", brist="kontroll")
    first = next(button for button in app.button if button.label.startswith("Markera"))
    id = first.key.removeprefix("check ")
    first.click().run()
    assert not app.exception
    revision = context().store.revisions(id)[0]
    assert (revision.saved_by, revision.record.last_verified) == ("Eva", dt.date.today())
    assert context().live.current.index.get(id).last_verified == dt.date.today()
    assert f"check {id}" not in [button.key for button in app.button]


def test_only_an_editor_may_mark_as_checked() -> None:
    """A bidragsgivare sees the list without the button."""
    app = show("quality", "Bo", brist="kontroll")
    assert [button for button in app.button if button.label.startswith("Markera")] == []


def test_a_dead_link_is_shown_with_its_answer_and_day() -> None:
    """What the last visit found stands on the list of the records that use the address."""
    record = context().live.current.index.get("unga-in")
    address = next(iter(addresses_of(record)))
    context().links.save(LinkFinding(address, LinkState.DEAD, "sidan finns inte (svar 404)", dt.date(2026, 11, 1)))
    app = show("quality", brist="lankar")
    assert "sidan finns inte (svar 404) (2026-11-01)" in html(app)
    assert "Unga In" in html(app)
    assert "Senast kontrollerade 2026-11-01: 1 av" in html(app)


def test_the_pager_leads_on() -> None:
    """A long list has a second page."""
    app = show("quality", brist="osakert")
    assert "brist=osakert&amp;sida=2" in html(app)
    assert "sida=2" not in html(show("quality", brist="plats"))
    press(show("quality", "Eva", brist="kontroll", sida="2"), "Markera")
