"""Jämför, Policyfönster and Mottagarkoll as scripts: what they show, keep and carry on."""

import pytest
from streamlit.testing.v1 import AppTest

from registry.adopting import side_by_side
from registry.adopting.readiness import Answer, load_guide, questions
from registry.adopting.saved_answers import write_answers
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary
from tests.conftest import TODAY
from tests.ui.scripts import script
from tests.ui.test_pages import html, search, show
from ui.adopting.comparison_table import sheet


def shown(page: str, **parameters: list[str]) -> AppTest:
    app = AppTest.from_file(script(page), default_timeout=60)
    for name, values in parameters.items():
        app.query_params[name] = values
    return app.run()


def in_address(app: AppTest, name: str) -> list[str]:
    values = app.query_params[name]
    return [values] if isinstance(values, str) else list(values)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_without_a_choice_the_comparison_says_how_to_make_one() -> None:
    """An empty comparison tells how to choose."""
    app = show("compare")
    assert not app.exception
    assert "Välj två till fyra initiativ" in html(app)
    assert [box.label for box in app.selectbox] == ["Lägg till ett initiativ"]


def test_what_differs_is_read_first() -> None:
    """Initiatives stand as columns; differences come before what is alike and what nobody knows."""
    text = html(shown("compare", id=["unga-in", "urkraft"]))
    assert text.index("Det här skiljer") < text.index("Lika för alla") < text.index("Okänt för alla")
    assert text.index('href="initiativ?id=unga-in') < text.index('href="initiativ?id=urkraft')
    assert '<span class="sb-unknown">Uppgift saknas</span>' in text
    assert "redaktionell bedömning</small>" in text


def test_columns_are_added_and_removed_in_the_address() -> None:
    """The address follows what is compared, so that it can be shared."""
    app = shown("compare", id=["unga-in"])
    assert "Lägg till minst ett initiativ till" in html(app)
    app.selectbox(key="add").set_value("urkraft").run()
    assert in_address(app, "id") == ["unga-in", "urkraft"]
    assert app.selectbox(key="add").value is None
    press(app, "Ta bort Unga In")
    assert in_address(app, "id") == ["urkraft"]
    press(app, "Ta bort Urkraft i Skellefteå")
    assert "Välj två till fyra initiativ" in html(app)


def test_a_fifth_and_an_unknown_are_said() -> None:
    """No more than four are shown; what was left out or is not there is named, and hostile ids are text."""
    ids = ["unga-in", "urkraft", "c-sam", "asf", "conecto", "<b>x</b>"]
    app = shown("compare", id=ids)
    assert not app.exception
    words = " ".join(warning.value for warning in app.warning)
    assert "Finns inte i registret: \\<b\\>x" in words
    assert "Utelämnade: Conecto" in words
    assert in_address(app, "id") == ids[:4]
    assert not app.selectbox
    assert "Fyra är valda. Ta bort ett" in html(app)


def test_the_comparison_can_be_taken_away(shipped: list[Initiative]) -> None:
    """The sheet has a row for each field and a column for each initiative, with unknowns as words."""
    records = [record for record in shipped if record.id in ("unga-in", "urkraft")]
    header, rows = sheet(records, side_by_side.rows(records))
    assert header == ["Uppgift", "Unga In", "Urkraft i Skellefteå", "Jämförelse"]
    assert next(row for row in rows if row[0] == "Hinder")[1:] == ["Uppgift saknas", "Uppgift saknas", "okänt"]


def test_a_card_is_chosen_and_taken_back() -> None:
    """ "+ Jämför" on a card shows the number chosen, and the choice goes along in links and the address."""
    app = search("UVAS i glesbygd")
    press(app, "+ Jämför")
    (chosen,) = in_address(app, "jamfor")
    text = html(app)
    assert f'href="jamfor?id={chosen}"' in text
    assert "Jämför (1)" in text
    assert f"&amp;jamfor={chosen}" in text
    press(app, "Ta bort ur jämförelsen")
    assert "Jämför (1)" not in html(app)


def test_the_choice_is_carried_to_the_initiatives_page() -> None:
    """A new visit takes the choice from the address; a fifth is refused in words."""
    app = shown("initiative", id=["unga-in"], jamfor=["urkraft", "c-sam", "asf", "conecto"])
    assert "Jämför (4)" not in html(app)
    press(app, "+ Jämför")
    assert "4 är redan valda" in html(app)
    other = shown("initiative", id=["unga-in"], jamfor=["urkraft"])
    press(other, "+ Jämför")
    assert 'href="jamfor?id=urkraft&id=unga-in"' in html(other).replace("&amp;", "&")


def test_all_policy_objects_are_shown_with_reasons() -> None:
    """Each policy object says what it makes possible and limits, when, who can use it and why, and what it rests on."""
    app = show("policy")
    assert not app.exception
    assert len(app.header) == 12
    text = html(app)
    for words in (
        "Möjliggör",
        "Begränsar",
        "Programperiod: 2021–2027",
        "Passar därför att",
        "Obs: redaktionell bedömning",
        "Regel: målgrupp",
    ):
        assert words in text
    assert "avsnitt 2.1.1 och figur 1" in text


def test_policy_windows_are_filtered() -> None:
    """A target group leaves only what concerns it, and says so."""
    app = show("policy")
    app.multiselect(key="malgrupp").set_value(["kriminalitetsbakgrund"]).run()
    text = html(app)
    assert "Visar bara initiativ med: Personer med kriminalitetsbakgrund." in text
    assert "neighbourhood-goalpeople" in text
    assert "initiativ?id=unga-in" not in text


def test_an_initiative_shows_its_windows_and_its_funding_path() -> None:
    """The page of an initiative says which windows are open to it, why, and what can pay for each stage."""
    app = show("initiative", id="kultur-pa-recept")
    headings = [heading.value for heading in app.header]
    assert "Policyfönster" in headings
    assert "Vägen till finansiering" in headings
    text = html(app)
    assert "Stämmer på avtalsform Finsam." in text
    assert "Samordningsförbunden är gemensamma finansiärer" in text
    assert 'href="mottagarkoll?id=kultur-pa-recept"' in text


def test_the_check_asks_counts_and_advises() -> None:
    """Answers become a summary, lists and first steps at once."""
    app = show("readiness", id="kultur-pa-recept")
    assert not app.exception
    assert len(app.radio) == 10
    assert "Svara på frågorna" in html(app)
    app.radio[0].set_value(Answer.YES).run()
    app.radio[2].set_value(Answer.NO).run()
    text = html(app)
    assert "1 av 10 på plats, 1 saknas, 8 är inte besvarade." in text
    assert "Skriv ett utkast på en sida" in text
    assert "Motmedel" in text


def test_saved_answers_are_read_back(shipped: list[Initiative], vocabulary: Vocabulary) -> None:
    """A saved file gives the answers back in a new visit, from the start page of the check."""
    record = next(record for record in shipped if record.id == "kultur-pa-recept")
    asked = questions(record, vocabulary, load_guide(vocabulary))
    content = write_answers(record, asked, {asked[1].id: Answer.PARTLY}, TODAY).encode()
    fresh = show("readiness")
    fresh.file_uploader[0].upload("svar.json", content, "application/json").run()
    assert not fresh.exception
    assert "1 svar är inlästa" in fresh.success[0].value
    assert in_address(fresh, "id") == ["kultur-pa-recept"]
    assert fresh.radio[1].value is Answer.PARTLY


@pytest.mark.parametrize("content", [b"\x00", b"{}", b"[" * 9_000, b'{"kind": "spridbart-mottagarkoll", "version": 9}'])
def test_a_hostile_file_is_refused_and_nothing_is_lost(content: bytes) -> None:
    """Another file is refused with words, and the answers given stay."""
    app = show("readiness", id="kultur-pa-recept")
    app.radio[0].set_value(Answer.YES).run()
    app.file_uploader[0].upload("svar.json", content, "application/json").run()
    assert not app.exception
    assert "Inga svar har ändrats" in app.warning[0].value
    assert app.radio[0].value is Answer.YES


def test_the_check_without_an_initiative_says_what_to_do() -> None:
    """No or an unknown initiative leads to the list."""
    assert "Välj ett initiativ" in html(show("readiness"))
    app = show("readiness", id="<b>fel</b>")
    assert "Det finns inget initiativ" in app.warning[0].value
