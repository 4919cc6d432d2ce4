"""What the form shows while a name is typed, and the list of pairs over the whole registry."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.ui.desk_app import claims, html, press, show
from ui.context import context

pytestmark = pytest.mark.usefixtures("signing_in")


def form(name: str) -> None:
    import streamlit as st

    from ui.editing.duplicates import show_duplicates

    def same(id: str) -> None:
        st.session_state["same"] = id

    show_duplicates({"name": name}, own="mitt-forslag", on_same=same)


def typed(name: str, person: str | None = "Bo") -> AppTest:
    app = AppTest.from_function(form, args=(name,), default_timeout=60)
    app.user = claims(person)
    return app.run()


def test_a_like_name_is_shown_with_why_and_what_to_do() -> None:
    """The record, why it is shown, and two answers; "samma" tells the page which."""
    app = typed("Jobsprånget")
    assert not app.exception
    assert 'href="initiativ?id=jobbspranget"' in html(app)
    assert "namnen stavas nästan lika" in html(app)
    press(app, "Det här är samma")
    assert app.session_state["same"] == "jobbspranget"


def test_not_the_same_is_remembered() -> None:
    """Said once, the record is not shown for this proposal again."""
    app = press(typed("Jobsprånget"), "Inte samma")
    assert "jobbspranget" not in html(app)
    assert context().distinct.pairs() == {("jobbspranget", "mitt-forslag")}
    assert "jobbspranget" not in html(typed("Jobsprånget"))


def test_nothing_alike_shows_nothing() -> None:
    """A new name leaves the form alone."""
    app = typed("Snöröjarkollektivet Norrsken")
    assert not app.exception
    assert not app.button
    assert html(app) == ""


def test_another_open_proposal_is_shown_too() -> None:
    """What a colleague is writing just now counts, with a link to it and no "samma"."""
    st.cache_data.clear()
    context().proposals.create({"name": "Snöröjarkollektivet"}, by="Eva")
    app = typed("Snöröjarkollektivet Norrsken")
    assert "granska?forslag=" in html(app)
    assert [button.label for button in app.button] == ["Inte samma"]


def test_the_list_empties_as_it_is_judged() -> None:
    """An editor says that a pair is not the same; it goes, can be brought back, and a visitor sees nothing."""
    assert "Logga in" in html(show("possible_duplicates"))
    app = show("possible_duplicates", "Eva")
    assert not app.exception
    before = [button.key for button in app.button if button.label == "Inte samma"]
    assert before
    assert "jamfor?id=" in html(app)
    press(app, "Inte samma")
    after = [button.key for button in app.button if button.label == "Inte samma"]
    assert set(before) - set(after) == {before[0]}
    press(app, "Ångra")
    assert sorted(button.key for button in app.button if button.label == "Inte samma") == sorted(before)


def test_a_contributor_may_look_but_not_judge() -> None:
    """Judging the whole registry is an editor's."""
    app = show("possible_duplicates", "Bo")
    assert "Kanske samma" in html(app) or "Troligen samma" in html(app)
    assert [button.label for button in app.button if button.label == "Inte samma"] == []
