"""The pages as scripts, without a browser: what they show, and that nothing ends in a traceback."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from registry.store import InitiativeStore
from tests.ui.scripts import script


def show(page: str, **parameters: str) -> AppTest:
    app = AppTest.from_file(script(page), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def search(text: str) -> AppTest:
    app = show("find")
    return app.text_area(key="q").set_value(text).run()


def test_first_page_invites() -> None:
    """An empty page says what to do and offers examples."""
    app = show("find")
    assert not app.exception
    assert app.title[0].value == "Vilken utmaning står ni inför?"
    assert "Sökningar sparas inte" in html(app)
    assert "UVAS i glesbygd" in [button.label for button in app.button]


def test_an_example_is_a_click_away() -> None:
    """A click on an example searches for it."""
    app = show("find")
    next(button for button in app.button if button.label == "UVAS i glesbygd").click().run()
    assert app.text_area(key="q").value == "UVAS i glesbygd"
    assert "Hittade" in html(app)


def test_results_are_cards_with_reasons() -> None:
    """A match shows how well it fits, why, where, and what to think of."""
    text = html(search("Jobbsprånget"))
    for words in ("Passar starkt", "Varför", "Var:", "Tänk på", 'href="initiativ?id=jobbspranget"'):
        assert words in text


def test_what_was_understood_can_be_taken_away() -> None:
    """A chip names what was understood; pressing it takes it away, and that can be undone."""
    app = search("UVAS i glesbygd")
    chip = next(button for button in app.button if button.label.startswith("Plats: glesbygd"))
    chip.click().run()
    assert "settings.glesbygd" in app.query_params["utan"]
    assert not [button for button in app.button if button.label.startswith("Plats: glesbygd")]
    next(button for button in app.button if button.label == "Ångra borttagna").click().run()
    assert [button for button in app.button if button.label.startswith("Plats: glesbygd")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a", "En bokstav räcker inte"),
        ("och eller men", "inget ord att söka på"),
        ("😀" * 2000, "inget ord att söka på"),
        ("x" * 4001, "Texten är för lång: 4\u00a0001 tecken"),
    ],
)
def test_bad_input_gets_a_calm_answer(text: str, answer: str) -> None:
    """What cannot be searched on is said in Swedish; nothing breaks."""
    app = search(text)
    assert not app.exception
    assert answer in app.warning[0].value


@pytest.mark.parametrize("text", ["<script>alert(1)</script> unga", "'; DROP TABLE initiative; --", "\x00unga\x00"])
def test_hostile_text_is_text(text: str) -> None:
    """Code in the box is neither run nor stored."""
    app = search(text)
    assert not app.exception
    assert "<script>alert" not in html(app).replace("spridbartEnterSearches", "")


def test_nothing_fits_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside the subject the page says so, and what the registry is about."""
    app = search("Snöröjning och sandning av gator och trottoarer efter snöfall")
    assert "Inget passar riktigt bra" in html(app)
    assert "social inkludering, arbetsmarknad och utbildning" in html(app)
    assert 'href="?tema=' in html(app)


def test_filters_alone_list_what_there_is() -> None:
    """Without a challenge the filters browse the registry, and lead on when nothing is left."""
    app = show("find")
    app.multiselect(key="malgrupp").set_value(["uvas"]).run()
    assert "poster motsvarar filtren" in html(app)
    assert "Valda filter: Unga som varken arbetar eller studerar." in html(app)
    assert "initiativ?id=unga-in" in html(app)
    app.multiselect(key="mognad").set_value(["paketerad"]).run()
    assert "0 poster motsvarar filtren" in html(app)
    assert "Ta bort något filter" in html(app)


def test_a_record_shows_everything() -> None:
    """A record's page has situations, sources with their basis, doubts and similar initiatives."""
    app = show("initiative", id="unga-in")
    assert not app.exception
    assert app.title[0].value == "Unga In"
    headings = [heading.value for heading in app.header]
    for words in ("Känner ni igen er?", "Så fungerar det", "Det här vet vi inte", "Källor", "Liknande initiativ"):
        assert words in headings
    text = html(app)
    assert "Publik källa" in text
    assert "Underlag" in text
    assert "Uppgift saknas" in text


def test_every_record_has_a_page(shipped: list) -> None:
    """No record breaks its page."""
    app = AppTest.from_file(script("initiative"), default_timeout=60)
    for record in shipped:
        app.query_params["id"] = record.id
        app.run()
        assert not app.exception, record.id
        assert app.title[0].value == record.name


def test_an_unknown_record_leads_on() -> None:
    """A wrong address says so and lists what there is."""
    app = show("initiative", id="<b>fel</b>")
    assert not app.exception
    assert "Det finns inget initiativ" in app.warning[0].value
    assert "initiativ?id=jobbspranget" in html(app)


def test_about_tells_method_sources_and_accessibility() -> None:
    """The page about the service covers what the law and a careful reader ask for."""
    app = show("about")
    text = " ".join(markdown.value for markdown in app.markdown)
    for words in ("Tillgänglighetsredogörelse", "CC0", "Redaktionell bedömning", "SKR:s kommungruppsindelning 2023"):
        assert words in text


def test_search_words_that_could_hurt_are_never_shown() -> None:
    """The coarse everyday words of the vocabulary stay out of the page."""
    app = search("hemlösa i stan")
    shown = html(app) + " ".join(button.label for button in app.button)
    assert "hemlöshet" in shown
    assert "uteliggare" not in shown


def test_a_held_database_is_a_message_not_a_traceback(home: Path) -> None:
    """When the registry cannot be opened, the page says so and what to do, without the machine's details."""
    (home).mkdir()
    (home / "spridbart.duckdb").write_bytes(b"broken" * 1000)
    app = show("find")
    assert not app.exception
    assert "går inte att öppna just nu" in app.warning[0].value
    assert str(home) not in app.warning[0].value
    (home / "spridbart.duckdb").unlink()
    with InitiativeStore(home):
        pass
