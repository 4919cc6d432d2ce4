"""Importera: from a file to proposals, seen before it is written, and back again."""

import pytest
from streamlit.testing.v1 import AppTest

from registry.editing.proposals import Origin
from registry.importing.memory import ImportMemory
from registry.values import Status
from tests.registry.importing.conftest import ESF_HEADER, ESF_ROW, as_file
from tests.ui.desk_app import html, press, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")

WRONG = ("23-018-S01", *ESF_ROW[1:5], "mycket", *ESF_ROW[6:])


def uploaded(*rows: tuple[str, ...], header: tuple[str, ...] = ESF_HEADER, person: str = "Bo") -> AppTest:
    app = show("importing", person)
    return app.file_uploader[0].set_value(("projekt.csv", as_file(header, *rows), "text/csv")).run()


def previewed(*rows: tuple[str, ...], header: tuple[str, ...] = ESF_HEADER, person: str = "Bo") -> AppTest:
    return press(uploaded(*rows, header=header, person=person), "Förhandsgranska")


def test_signed_out_says_who_may_import() -> None:
    """Nobody signed in: no upload, but who may import and a way in."""
    app = show("importing")
    assert not app.exception
    assert not app.file_uploader
    assert "Logga in för att fortsätta" in html(app)
    assert [button.label for button in app.button] == ["Logga in"]


def test_what_was_understood_is_said() -> None:
    """The list, the format, the separator and the rows, before anything else."""
    app = uploaded(ESF_ROW)
    assert not app.exception
    for words in ("ESF:s projektbank", "CSV · UTF-8 · åtskilt med semikolon", "<dd>1</dd>"):
        assert words in html(app)
    assert app.selectbox(key=next(box.key for box in app.selectbox if box.label == "Namn")).value == ESF_HEADER[3]


def test_a_preview_then_proposals_then_back() -> None:
    """Nothing is written by the preview; the import makes drafts of the person's; undoing withdraws them."""
    app = previewed(ESF_ROW)
    assert "Nya: <strong>1</strong>" in html(app)
    assert context().proposals.all() == []
    app = press(app, "Importera 1 rad som förslag")
    assert not app.exception
    assert "Klart: 1 nytt förslag" in html(app)
    [proposal] = context().proposals.all()
    assert (proposal.author, proposal.origin, proposal.status) == ("Bo", Origin.IMPORT, Status.DRAFT)
    app = press(app, "Ångra importen")
    assert not app.exception
    assert context().proposals.get(proposal.id).status is Status.ARCHIVED


def test_the_same_file_again_has_nothing_to_import() -> None:
    """The page says so, and offers no button."""
    press(previewed(ESF_ROW), "Importera")
    app = previewed(ESF_ROW)
    assert "Oförändrade: <strong>1</strong>" in html(app)
    assert "Inget att importera" in html(app)
    assert not [button for button in app.button if button.label.startswith("Importera")]


def test_errors_stop_the_import_until_the_editor_chooses() -> None:
    """The row, the cell and what to do are shown; the button waits for the choice."""
    app = previewed(ESF_ROW, WRONG)
    for words in ("mycket – Det går inte att läsa som belopp.", "Rätta raderna med fel"):
        assert words in html(app)
    button = next(button for button in app.button if button.label.startswith("Importera"))
    assert button.disabled
    app = press(app.checkbox(key="import partly").check().run(), "Importera 1 rad")
    assert len(context().proposals.all()) == 1


def test_what_was_read_out_of_the_texts_must_be_confirmed() -> None:
    """The matcher's reading is shown, and comes in only where it is chosen."""
    text = (*ESF_ROW[:6], "<p>Stöd till UVAS i glesbygd i Sorsele kommun.</p>", *ESF_ROW[7:])
    app = previewed(text)
    assert "Läst ur texten: Unga som varken arbetar eller studerar" in html(app)
    chosen = app.multiselect(key="import suggestions")
    press(chosen.set_value(["target_groups"]).run(), "Importera")
    [proposal] = context().proposals.all()
    assert "uvas" in proposal.fields["target_groups"]
    assert "municipalities" not in proposal.fields


def test_a_corrected_mapping_is_remembered() -> None:
    """A list with headings of its own: the editor chooses, and the next file with the same headings is understood."""
    header = ("Rubrik på satsningen", "Vem")
    app = uploaded(("Odling", "Falu kommun"), header=header)
    names = next(box for box in app.selectbox if box.label == "Namn")
    assert names.value is None
    assert "Ingen kolumn är vald för namnet" in " ".join(w.value for w in press(app, "Förhandsgranska").warning)
    app = next(box for box in app.selectbox if box.label == "Namn").set_value(header[0]).run()
    press(press(app, "Förhandsgranska"), "Importera")
    again = uploaded(("Bad", "Falu kommun"), header=header)
    assert next(box for box in again.selectbox if box.label == "Namn").value == header[0]


def test_a_change_after_the_preview_asks_for_a_new_one() -> None:
    """A preview never stands for other choices than those it was made with."""
    app = previewed(ESF_ROW)
    app = next(box for box in app.selectbox if box.label == "Kostnad").set_value(None).run()
    assert "Förhandsgranska igen" in html(app)
    assert not [button for button in app.button if button.label.startswith("Importera")]


def test_a_file_that_cannot_be_read_is_said_calmly() -> None:
    """No traceback, and what to do."""
    app = show("importing", "Bo")
    app = app.file_uploader[0].set_value(("fil.xlsx", b"PK\x03\x04 trasig", "")).run()
    assert not app.exception
    assert "arbetsboken är skadad" in app.warning[0].value


def test_cells_with_markup_are_shown_as_text() -> None:
    """A hostile name or value is never part of the page."""
    hostile = "<script>alert(1)</script> & <b>fet</b>"
    app = previewed(
        (*ESF_ROW[:3], "Namn < & >", *ESF_ROW[4:]), ("23-019-S01", hostile, *ESF_ROW[2:5], hostile, *ESF_ROW[6:])
    )
    assert not app.exception
    assert "Namn &lt; &amp; &gt;" in html(app)
    assert "<script>" not in html(app)


def test_an_editor_takes_back_an_earlier_import_and_a_contributor_cannot() -> None:
    """Earlier imports are listed for those who review, each with its own way back."""
    press(previewed(ESF_ROW), "Importera")
    assert not [b for b in show("importing", "Bo").button if b.label.startswith("Ångra")]
    app = press(show("importing", "Eva"), "Ångra importen av projekt.csv")
    assert not app.exception
    assert ImportMemory(context().store.database).runs()[0].undone
    assert {proposal.status for proposal in context().proposals.all()} == {Status.ARCHIVED}
