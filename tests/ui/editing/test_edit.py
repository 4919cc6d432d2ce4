"""Redigera: every change is saved, nothing is lost on the way, and what to mend is said where it is."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from registry.editing.proposals import Proposal
from registry.values import Status
from tests.ui.desk_app import claims, field, html, press, show
from ui.context import context
from ui.editing.preview import as_far_as_it_goes

pytestmark = pytest.mark.usefixtures("signing_in")
STEPS = ("Grunduppgifter", "Målgrupp och tema", "Plats", "Så fungerar det", "Spridning", "Källor", "Granska")


@pytest.fixture
def begun() -> Proposal:
    """A draft of Bo's with a name and no more."""
    return context().proposals.create({"name": "Prova-på-köket"}, by="Bo")


def now(proposal: Proposal) -> Proposal:
    return context().proposals.get(proposal.id)


def go(app: AppTest, step: str) -> AppTest:
    return app.segmented_control(key="steg").set_value(step).run()


def test_every_change_is_saved_and_the_time_is_shown(begun: Proposal) -> None:
    """A line, a list and a choice are in the registry at once; the page says when."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Vad det är").set_value("Unga lagar mat åt äldre.").run()
    field(app, "Andra namn").set_value("Köket\n • Matlaget \n\nKöket").run()
    field(app, "Form").set_value("verksamhet").run()
    saved = now(begun).fields
    assert saved["summary"] == "Unga lagar mat åt äldre."
    assert saved["aliases"] == ["Köket", "Matlaget"]
    assert saved["form"] == "verksamhet"
    assert "Sparat " in html(app)
    assert app.title[0].value == "Prova-på-köket"


def test_a_draft_opened_again_is_as_it_was_left(begun: Proposal) -> None:
    """In another window, after whatever ended the first, all that was filled in is there."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Ägare").set_value("Föreningen Köket").run()
    assert field(show("edit", "Bo", forslag=begun.id), "Ägare").value == "Föreningen Köket"


def test_every_step_shows_its_fields_with_hints(begun: Proposal) -> None:
    """No step breaks, each says what it is for, and the address can name it."""
    for number, step in enumerate(STEPS, start=1):
        app = show("edit", "Bo", forslag=begun.id, steg=step)
        assert not app.exception, step
        assert f"Steg {number} av 7: {step}" in html(app)
    assert "6–12 meningar i vardagsord" in html(show("edit", "Bo", forslag=begun.id, steg="Målgrupp och tema"))


def test_what_to_mend_is_said_where_it_is_and_stops_nothing(begun: Proposal) -> None:
    """A telephone number, a value without a source and a missing field are pointed out; the draft is saved all the same."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Kontakt").set_value("Ring 019-123 45 67").run()
    assert "telefonnummer" in html(app)
    assert now(begun).fields["contact_function"] == "Ring 019-123 45 67"
    go(app, "Målgrupp och tema")
    app.multiselect[0].set_value(["unga"]).run()
    assert "”Unga” saknar källa" in html(app)
    go(app, "Granska")
    press(app, "Skicka till granskning")
    assert "Rätta det som står i listan först" in app.warning[0].value
    assert now(begun).status is Status.DRAFT
    press(app, "Gå till Så fungerar det")
    assert "Steg 4 av 7" in html(app)


def test_a_source_stands_beside_what_it_carries_and_can_be_used_again(begun: Proposal) -> None:
    """A source is filled in under its field; the next one takes over title and address and asks what this one says."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Ägare").set_value("Föreningen Köket").run()
    assert "saknar källa" in html(app)
    press(app, "Lägg till källa till ägare")
    field(app, "Grund").set_value("publik källa").run()
    field(app, "Vad källan säger").set_value("Köket drivs av föreningen.").run()
    field(app, "Källans titel").set_value("Om oss").run()
    field(app, "Källans adress").set_value("https://example.org/om").run()
    field(app, "Ordagrant citat").set_value("ord " * 21).run()
    assert "21 av högst 20 ord" in html(app)
    field(app, "Ordagrant citat").set_value("").run()
    assert "saknar källa" not in html(app)
    press(app, "Klar")
    press(app, "Samma källa som förra till samarbetspartner")
    first, second = now(begun).fields["statements"]
    assert (first["field"], first["claim"]) == ("owner", "Köket drivs av föreningen.")
    assert (second["field"], second["source_title"], second["claim"]) == ("partners", "Om oss", "")
    press(app, "Ta bort källan")
    assert len(now(begun).fields["statements"]) == 1


def test_rows_are_added_filled_in_and_taken_away(begun: Proposal) -> None:
    """Municipalities that tried it and links are rows, worked by ordinary fields."""
    app = show("edit", "Bo", forslag=begun.id, steg="Plats")
    press(app, "Lägg till kommun som prövat")
    field(app, "Rad 1: kommun").set_value("1880").run()
    app.number_input[0].set_value(2021).run()
    field(app, "Rad 1: vad det ledde till").set_value("Lades ner").run()
    press(app, "Lägg till kommun som prövat")
    assert now(begun).fields["adoptions"][0] == {"municipality": "1880", "year": 2021, "outcome": "Lades ner"}
    press(app, "Ta bort rad 1")
    assert [row["municipality"] for row in now(begun).fields["adoptions"]] == [""]
    press(app, "Ångra senaste ändringen")
    assert now(begun).fields["adoptions"][0]["outcome"] == "Lades ner"
    assert field(app, "Rad 1: vad det ledde till").value == "Lades ner"


def test_two_who_change_different_fields_keep_both(begun: Proposal) -> None:
    """What somebody else saved meanwhile is joined with what is here, and said."""
    mine, other = show("edit", "Bo", forslag=begun.id), show("edit", "Eva", forslag=begun.id)
    field(other, "Ägare").set_value("Evas ägare").run()
    field(mine, "Andra namn").set_value("Bos namn").run()
    assert now(begun).fields["owner"] == "Evas ägare"
    assert now(begun).fields["aliases"] == ["Bos namn"]
    assert "Någon annan har ändrat: ägare" in mine.info[0].value
    assert field(mine, "Ägare").value == "Evas ägare"


def test_two_who_change_one_field_see_both_and_choose(begun: Proposal) -> None:
    """Nothing is overwritten: both versions stand side by side until one is chosen."""
    mine, other = show("edit", "Bo", forslag=begun.id), show("edit", "Eva", forslag=begun.id)
    field(other, "Vad det är").set_value("Evas text").run()
    field(mine, "Vad det är").set_value("Bos text").run()
    assert "båda versionerna finns kvar" in mine.warning[0].value
    assert "Evas text" in html(mine)
    assert "Bos text" in html(mine)
    assert now(begun).fields["summary"] == "Evas text"
    press(mine, "Använd valen")
    assert "Välj en version" in mine.warning[1].value
    mine.radio[0].set_value("both").run()
    press(mine, "Använd valen")
    assert now(begun).fields["summary"] == "Bos text\n\nEvas text"
    assert field(mine, "Vad det är").value == "Bos text\n\nEvas text"


def test_the_same_thing_becomes_a_change_of_what_is_there(begun: Proposal) -> None:
    """The entry's name and sources go to a proposal for the existing record, and the entry is ended with the reason."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Namn").set_value("Jobbsprånget").run()
    assert "Det här kan finnas redan" in html(app)
    next(button for button in app.button if button.label == "Det här är samma").click().run()
    assert now(begun).status is Status.ARCHIVED
    assert "Samma sak som Jobbsprånget" in context().proposals.events(begun.id)[-1].text
    [change] = context().proposals.all(status=Status.DRAFT)
    assert change.initiative_id == "jobbspranget"
    assert "Det här kan finnas redan" not in html(show("edit", "Bo", forslag=change.id))


def test_every_run_brings_the_text(begun: Proposal) -> None:
    """What a run that was stopped has set never reaches the browser: the next one must not show an empty box."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Namn").set_value("Språkkafé").run()
    again = app.run()
    assert field(again, "Namn").proto.default == "Språkkafé"


def test_every_run_brings_the_choices(begun: Proposal) -> None:
    """The same for lists, dates and numbers."""
    chosen = {"form": "verksamhet", "target_groups": ["unga", "uvas"], "last_verified": "2026-03-01"}
    tried = {"municipality": "1880", "year": 2021, "outcome": "Pågår."}
    filled = context().proposals.create(chosen | {"adoptions": [tried]}, by="Bo")

    def shown_again(step: str) -> AppTest:
        return show("edit", "Bo", forslag=filled.id, steg=step).run()

    form = field(shown_again("Grunduppgifter"), "Form")
    assert form.options[form.proto.default] == "Verksamhet"
    groups = shown_again("Målgrupp och tema").multiselect[0]
    assert [groups.options[place] for place in groups.proto.default] == [
        "Unga",
        "Unga som varken arbetar eller studerar",
    ]
    places = shown_again("Plats")
    municipality = field(places, "Rad 1: kommun")
    assert municipality.options[municipality.proto.default] == "Örebro"
    assert places.number_input[0].proto.default == 2021
    assert list(shown_again("Källor").date_input[0].proto.default) == ["2026-03-01"]


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("Källor", {"last_verified": "2999-01-01"}),
        ("Plats", {"adoptions": [{"municipality": "9999", "year": 1200, "outcome": ""}]}),
        ("Grunduppgifter", {"form": "något annat"}),
    ],
)
def test_a_value_that_no_widget_takes_breaks_nothing(step: str, fields: dict[str, Any]) -> None:
    """What came in another way can be out of bounds: the page says what to mend."""
    strange = context().proposals.create({"name": "Prova-på-köket", **fields}, by="Bo")
    assert not show("edit", "Bo", forslag=strange.id, steg=step).exception


def test_a_duty_taken_away_while_the_form_is_open_loses_nothing(begun: Proposal, signing_in) -> None:
    """What was saved is kept, what was not can be copied, and the way in is shown."""
    app = show("edit", "Bo", forslag=begun.id)
    field(app, "Ägare").set_value("Sparad ägare").run()
    signing_in.write_text(signing_in.read_text(encoding="utf-8").replace('Bo = "bidragsgivare"', ""), encoding="utf-8")
    field(app, "Vad det är").set_value("Hann inte sparas").run()
    assert not app.exception
    assert now(begun).fields["owner"] == "Sparad ägare"
    assert "summary" not in now(begun).fields
    assert "Hann inte sparas" in html(app)


def test_a_draft_is_its_authors_and_the_editors(begun: Proposal) -> None:
    """Another contributor cannot change it; one who is not signed in does not see it."""
    context().proposals.create({}, by="Bo")
    theirs = context().proposals.create({"name": "Evas"}, by="Eva")
    app = show("edit", "Bo", forslag=theirs.id)
    assert "Förslaget är någon annans" in app.info[0].value
    assert not app.text_input
    assert "Evas" not in html(show("edit", forslag=theirs.id))
    assert show("edit", "Eva", forslag=begun.id).text_input


def test_what_cannot_be_saved_stays_on_the_screen(begun: Proposal) -> None:
    """The database goes away: the page says that it is not saved, and keeps what was written."""
    app = show("edit", "Bo", forslag=begun.id)
    context().store.close()
    field(app, "Vad det är").set_value("Skrivet i onödan?").run()
    assert not app.exception
    assert app.warning


@pytest.mark.parametrize(
    "fields", [{}, {"name": 7}, {"target_groups": ["finns-inte"], "adoptions": [{}], "links": "x"}]
)
def test_a_preview_shows_what_can_be_read(fields: dict) -> None:
    """Whatever a draft holds, its preview is a page and not a fault."""
    record = as_far_as_it_goes(fields)
    assert record.target_groups == ()
    assert record.adoptions == ()


def test_a_change_starts_from_the_record_and_is_shown_as_a_difference(begun: Proposal) -> None:
    """The form is filled in with what is published; the last step shows old beside new."""
    change = context().proposals.create(by="Bo", initiative_id="unga-in")
    app = show("edit", "Bo", forslag=change.id)
    field(app, "Vad det är").set_value("En annan sammanfattning.").run()
    go(app, "Granska")
    assert "<ins>" in html(app)
    press(app, "Skicka till granskning")
    assert "skickat till granskning" in app.info[0].value
    assert now(change).status is Status.IN_REVIEW


def _changed_while_refreshed() -> None:
    """A page that changes its draft while the run before, which is being stopped, still reads it from the registry."""
    import threading

    import streamlit as st

    from ui.editing.draft import open_draft

    draft = open_draft(st.query_params["forslag"])
    over = threading.Event()

    def run_before() -> None:
        while not over.is_set():
            draft.refresh()

    stopping = threading.Thread(target=run_before)
    stopping.start()
    for n in range(100):
        draft.change({"summary": f"Text {n}"})
    over.set()
    stopping.join()
    st.text(f"{draft.generations.total()} {draft.fields['summary']} {draft.problem}")


def test_the_run_before_does_not_put_back_what_was_there(begun: Proposal) -> None:
    """Streamlit begins a run while the one before is being stopped: neither what was written nor its field is replaced."""
    app = AppTest.from_function(_changed_while_refreshed, default_timeout=120)
    app.user = claims("Bo")
    app.query_params["forslag"] = begun.id
    assert app.run().text[0].value.strip() == "0 Text 99"
