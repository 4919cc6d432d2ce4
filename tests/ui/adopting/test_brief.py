"""The page Beslutsunderlag."""

from streamlit.testing.v1 import AppTest

from tests.ui.scripts import script


def _opened(**parameters: str | list[str]) -> AppTest:
    app = AppTest.from_file(script("brief"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def test_without_a_need_it_says_what_to_do() -> None:
    """An empty page tells what will come of a text."""
    app = _opened()
    assert not app.exception
    assert "Beskriv behovet" in app.html[-1].body


def test_the_best_match_is_chosen_to_begin_with() -> None:
    """A need alone is enough for a first draft."""
    app = _opened(q="UVAS i glesbygd", kommun="Sorsele")
    assert not app.exception
    assert len(app.multiselect[0].value) == 1
    assert "Förslag till beslut" in app.html[-1].body


def test_the_address_chooses_the_initiatives_and_the_committee() -> None:
    """A shared address leads to the same brief."""
    app = _opened(q="UVAS i glesbygd", id=["unga-in", "jobbspranget"], namnd="Socialnämnden")
    assert app.multiselect[0].value == ["unga-in", "jobbspranget"]
    assert "Socialnämnden ger förvaltningen" in app.html[-1].body.replace("\n", " ")


def test_unknown_and_too_many_ids_do_no_harm() -> None:
    """What is not in the registry is left out, and no more than three are taken."""
    app = _opened(q="UVAS", id=["finns-inte", "unga-in", "jobbspranget", "asf", "iop"])
    assert not app.exception
    assert app.multiselect[0].value == ["unga-in", "jobbspranget", "asf"]


def test_a_text_that_cannot_be_searched_is_explained() -> None:
    """A single letter gives words, not an error."""
    app = _opened(q="x")
    assert not app.exception
    assert app.warning
