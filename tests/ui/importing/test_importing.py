"""Importera: from a file to proposals, seen before it is written, and back again."""

import pytest
from streamlit.testing.v1 import AppTest

from registry.editing.proposals import Origin
from registry.importing.memory import ImportMemory
from registry.values import Status
from tests.registry.importing.conftest import ESF_HEADER, ESF_ROW, as_file
from tests.ui.desk_app import claims, html, press, show
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


def imported(*names: str) -> list[str]:
    """Ids of the proposals of an import of these names, in their order, complete but for the last one's form."""
    press(
        previewed(*((f"23-{n:03}-S01", *ESF_ROW[1:3], name, *ESF_ROW[4:]) for n, name in enumerate(names))), "Importera"
    )
    made = {str(one.fields["name"]): one for one in context().proposals.all()}
    for name in names[:-1]:
        one = made[name]
        context().proposals.autosave(one.id, one.fields | {"form": "metod"}, seen_version=1, by="Bo")
    return [made[name].id for name in names]


def test_an_editor_publishes_what_is_complete_after_a_confirmation() -> None:
    """Ticked ones become initiatives that the search finds; what is unticked, and what lacks something, stays a draft."""
    first, second, thin = imported("Snöröjarkollektivet", "Bastuflotten", "Tunnelbygget")
    app = press(show("importing", "Eva"), "Publicera det kompletta ur projekt.csv")
    assert not app.exception
    for words in ("2 förslag är kompletta", "1 behöver rättas först", "form (1)", f'href="granska?forslag={first}"'):
        assert words in html(app)
    app.checkbox(key=f"approving {second}").uncheck().run()
    press(app, "Publicera 1 förslag")
    assert "blir sökbart för alla" in app.warning[0].value
    assert {context().proposals.get(id).status for id in (first, second, thin)} == {Status.DRAFT}
    press(app, "Ja, publicera 1 förslag")
    assert not app.exception
    assert "1 initiativ är publicerat" in html(app)
    assert [context().proposals.get(id).status for id in (first, second, thin)] == [
        Status.PUBLISHED, Status.DRAFT, Status.DRAFT]  # fmt: skip
    assert context().live.current.index.get("snorojarkollektivet") is not None
    [revision] = context().store.revisions("snorojarkollektivet")
    assert (revision.saved_by, "projekt.csv" in revision.reason) == ("Eva", True)


def test_what_could_not_be_published_is_listed_with_its_reason() -> None:
    """Somebody changed one in between: the other is published, and that one is named."""
    first, second, _ = imported("Snöröjarkollektivet", "Bastuflotten", "Tunnelbygget")
    app = press(show("importing", "Eva"), "Publicera det kompletta")
    press(app, "Publicera 2 förslag")
    changed = context().proposals.get(second).fields | {"summary": "Ändrad nyss."}
    context().proposals.autosave(second, changed, seen_version=2, by="Bo")
    press(app, "Ja, publicera 2 förslag")
    assert "1 förslag publicerades inte" in html(app)
    assert "Någon annan har ändrat förslaget" in html(app)
    assert [context().proposals.get(id).status for id in (first, second)] == [Status.PUBLISHED, Status.DRAFT]


def test_what_is_like_a_record_is_unticked_and_says_what_it_is_like() -> None:
    """Never twice: publishing it takes a choice, with the record a press away."""
    alike, other, _ = imported("Snöröjarkollektivet", "Bastuflotten", "Tunnelbygget")
    renamed = context().proposals.get(alike).fields | {"name": "Jobsprånget"}
    context().proposals.autosave(alike, renamed, seen_version=2, by="Bo")
    app = press(show("importing", "Eva"), "Publicera det kompletta")
    assert [app.checkbox(key=f"approving {id}").value for id in (alike, other)] == [False, True]
    assert 'liknar <a href="initiativ?id=jobbspranget"' in html(app)
    assert [b.label for b in press(app, "Markera alla").button if b.label.startswith("Publicera 2")]


def test_only_an_editor_publishes_many() -> None:
    """A contributor is not offered it, and a page left open by somebody who is no longer an editor does nothing."""
    first, *_ = imported("Snöröjarkollektivet", "Tunnelbygget")
    assert not [b for b in show("importing", "Bo").button if b.label.startswith("Publicera")]
    app = press(press(show("importing", "Eva"), "Publicera det kompletta"), "Publicera 1 förslag")
    app.user = claims("Bo")
    press(app, "Ja, publicera")
    assert context().proposals.get(first).status is Status.DRAFT


def test_a_row_like_an_open_proposal_leads_to_it() -> None:
    """The preview names the proposal, with a link to it and why it is thought to be the same."""
    open_one = context().proposals.create({"name": "Gottsunda framåt <b>"}, by="Eva")
    app = previewed(ESF_ROW)
    assert "Möjliga dubbletter: <strong>1</strong>" in html(app)
    assert f'förslaget <a href="granska?forslag={open_one.id}"' in html(app)
    assert "Gottsunda framåt &lt;b&gt;" in html(app)


def test_an_editor_takes_back_an_earlier_import_and_a_contributor_cannot() -> None:
    """Earlier imports are listed for those who review, each with its own way back."""
    press(previewed(ESF_ROW), "Importera")
    assert not [b for b in show("importing", "Bo").button if b.label.startswith("Ångra")]
    app = press(show("importing", "Eva"), "Ångra importen av projekt.csv")
    assert not app.exception
    assert ImportMemory(context().store.database).runs()[0].undone
    assert {proposal.status for proposal in context().proposals.all()} == {Status.ARCHIVED}
