"""The pages in English: nothing stays Swedish, and the address keeps the language."""

import re

import pytest
from google.protobuf import text_format
from streamlit.testing.v1 import AppTest

from tests.test_texts import forms
from tests.ui.scripts import script
from ui.language import catalogue
from ui.locale.gathering import ROOT, gathered

PAGES: list[tuple[str, dict[str, str]]] = [
    ("find", {}),
    ("find", {"q": "arbetslösa unga i glesbygd", "kommun": "Sorsele"}),
    ("find", {"q": "trasiga gatlyktor"}),
    ("initiative", {"id": "jobbspranget"}),
    ("explore", {}),
    ("explore", {"vy": "matris"}),
    ("compare", {"id": "jobbspranget"}),
    ("policy", {}),
    ("readiness", {"id": "jobbspranget"}),
    ("needs", {}),
    ("desk", {}),
    ("tip", {}),
    ("quality", {}),
    ("municipality", {"kommun": "Sorsele"}),
    ("about", {}),
]


def show(page: str, **parameters: str) -> AppTest:
    """The page with these parameters in its address."""
    app = AppTest.from_file(script(page), default_timeout=120)
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def words_of(app: AppTest) -> str:
    """All that the page says, and how."""
    protos = [element.proto for tree in (app.main, app.sidebar) for element in _elements(tree)]
    return "\n".join(text_format.MessageToString(proto, as_utf8=True) for proto in protos)


def _elements(block):
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _elements(child)
        elif child.proto is not None:
            yield child


@pytest.mark.parametrize(("page", "parameters"), PAGES, ids=[f"{page}-{'-'.join(p)}" for page, p in PAGES])
def test_a_page_is_english_all_through(page: str, parameters: dict[str, str]) -> None:
    """No text of the interface is left in Swedish on an English page."""
    app = show(page, **parameters, sprak="en")
    assert not app.exception
    said = _without_catalogue_words(words_of(app))
    left = [text for text in _interface_texts() if text in said]
    assert left == []


def test_another_language_than_ours_is_swedish() -> None:
    """An address with a language that there is none of shows the Swedish page."""
    assert show("find", sprak="tlh").title[0].value == "Vilken utmaning står ni inför?"
    assert show("find", sprak="en").title[0].value == "What challenge are you facing?"


def test_links_keep_the_language() -> None:
    """A link to another page of ours leads to it in the same language, and adds nothing to a Swedish one."""
    english, swedish = (words_of(show("find", q="Jobbsprånget", **spoken)) for spoken in ({"sprak": "en"}, {}))
    assert "initiativ?id=jobbspranget&amp;sprak=en" in english
    assert "sprak" not in swedish


def test_the_switch_keeps_the_address() -> None:
    """The link to the other language leads to the same view; the language in use is no link."""
    app = AppTest.from_string("from ui.language import show_switch\nshow_switch()")
    app.query_params["q"] = "unga & arbete"
    app.query_params["lan"] = ["03", "24"]
    text = words_of(app.run())
    assert "?q=unga+%26+arbete&amp;lan=03&amp;lan=24&amp;sprak=en" in text
    assert '<span lang=\\"sv\\" aria-current=\\"true\\">Svenska</span>' in text
    app.query_params["sprak"] = "en"
    back = words_of(app.run())
    assert 'href=\\"?q=unga+%26+arbete&amp;lan=03&amp;lan=24\\" lang=\\"sv\\" hreflang=\\"sv\\"' in back


def test_a_filter_in_the_address_holds_in_both_languages() -> None:
    """A choice that was made on the Swedish page is still made on the English one."""
    app = show("find", plats="Glesbygd", mognad="Prövad", sprak="en")
    assert "Chosen filters: sparsely populated area; tried." in words_of(app)


def test_the_brief_stays_swedish() -> None:
    """A decision brief belongs to a Swedish matter: its words are Swedish on the English page too, and marked so."""
    said = words_of(show("brief", q="UVAS i glesbygd", kommun="Sorsele", sprak="en"))
    brief = re.search(r'<div lang=\\"sv\\">(.*)', said, re.DOTALL)
    assert brief
    assert "Samma målgrupp" in brief[1]
    assert "Same target group" not in said


def _interface_texts() -> list[str]:
    """The beginnings, up to the first value, of Swedish texts of some length that the catalogue of initiatives has not."""
    data = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "data").rglob("*.yaml"))
    texts = {form.partition("{")[0] for message in gathered() for form in forms(message.id)}
    return sorted(
        text for text in texts if len(text) > 12 and text not in data and catalogue("en").gettext(text) != text
    )


def _without_catalogue_words(said: str) -> str:
    return re.sub(r'<(span|div) lang=\\"sv\\">.*?</\1>', "", said)
