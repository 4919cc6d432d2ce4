"""Redaktion: what waits, for whom, and that many proposals do not get in the way."""

import pytest

from registry.editing.proposals import Origin
from tests.ui.desk_app import html, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")


def test_signed_out_says_who_may_do_what_and_how_to_sign_in() -> None:
    """Whoever is not signed in is told what the desk is for, where to send a tip, and gets a way in."""
    app = show("desk")
    assert not app.exception
    for words in ("Bidragsgivare lägger till", "Redaktörer granskar", 'href="tipsa"'):
        assert words in html(app)
    assert [button.label for button in app.button] == ["Logga in"]


def test_an_editor_sees_what_waits_first() -> None:
    """What has been sent in is the list that opens, with its count, and leads to the review."""
    proposals = context().proposals
    sent = proposals.create({"name": "Odling <b>"}, by="Bo")
    proposals.submit(sent.id, seen_version=1, by="Bo")
    proposals.create({"name": "Ett tips"}, by="", origin=Origin.TIP)
    text = html(show("desk", "Eva"))
    assert "Att granska (1)" in text
    assert "Tips (1)" in text
    assert f'href="granska?forslag={sent.id}"' in text
    assert "Odling &lt;b&gt;" in text


def test_a_contributor_sees_their_own() -> None:
    """One's drafts, what came back and what waits are there; others' work and the registry's gaps are not."""
    proposals = context().proposals
    proposals.create({"name": "Evas utkast"}, by="Eva")
    back = proposals.create({"name": "Mitt förslag"}, by="Bo")
    proposals.submit(back.id, seen_version=1, by="Bo")
    proposals.send_back(back.id, by="Eva", reason="Källa saknas.")
    app = show("desk", "Bo")
    text = html(app)
    assert "Återsända till mig (1)" in text
    assert "Mina utkast (0)" in text
    assert f'href="redigera?forslag={back.id}"' in text
    assert "Evas utkast" not in text
    assert "Saknar källa" not in text


def test_ten_thousand_imported_are_a_list_of_pages() -> None:
    """A page of them is shown, the rest can be filtered and paged, and the address holds both."""
    context().proposals.create_many([{"name": f"Projekt {n}"} for n in range(10_000)], by="Eva", origin=Origin.IMPORT)
    app = show("desk", "Eva", lista="importerade", sida="2")
    text = html(app)
    assert "Importerade (10000)" in text
    assert text.count("<tr>") == 26
    assert "Sida 2 av 400" in text
    app.text_input(key="filter").set_value("projekt 777").run()
    assert "Sida 1 av 1" not in html(app)
    assert html(app).count('href="redigera?') == 11
    app.text_input(key="filter").set_value("finns inte").run()
    assert "Inget namn i listan innehåller det" in html(app)


@pytest.mark.parametrize("sida", ["0", "999", "x", "-1", "٣"])
def test_a_page_that_is_not_there_is_the_nearest(sida: str) -> None:
    """A wrong page in the address is no fault."""
    app = show("desk", "Eva", lista="kontroll", sida=sida)
    assert not app.exception
    assert "<tbody><tr>" in html(app)
