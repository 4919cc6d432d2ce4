"""The pages in English: nothing stays Swedish, and the address keeps the language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
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
    ("explore", {"vy": "karta", "malgrupp": "uvas"}),
    ("explore", {"vy": "saknas"}),
    ("compare", {"id": "jobbspranget"}),
    ("policy", {"malgrupp": "uvas"}),
    ("readiness", {"id": "jobbspranget"}),
    ("needs", {}),
    ("desk", {}),
    ("tip", {}),
    ("quality", {}),
    ("municipality", {"kommun": "Vetlanda", "logg": "alla"}),
    ("brief", {"q": "unga i glesbygd", "id": "jobbspranget"}),
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
    said = _withoutcatalogue_words(words_of(app))
    left = [text for text in _interface_texts() if text in said]
    assert left == []
    unmarked = Unmarked("".join(element.proto.body for element in app.get("html"))).text
    assert [words for words in catalogue_words() if words in unmarked] == []


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
    """A choice that was made on the English page stands there by its id, and is the same on the Swedish one."""
    english = show("find", sprak="en")
    english.multiselect(key="plats").set_value(["glesbygd"]).run()
    assert english.query_params["plats"] in ("glesbygd", ["glesbygd"])
    again = words_of(show("find", plats="glesbygd", mognad="prövad", sprak="en"))
    assert "Chosen filters: Sparsely populated area; Tried." in again
    assert "Valda filter: Glesbygd; Prövad." in words_of(show("find", plats="glesbygd", mognad="prövad"))


def test_words_in_the_address_that_are_no_ids_are_said_and_left_out() -> None:
    """An older address, with the words of one language, leads to a calm page that says what it left out."""
    app = show("find", plats="Glesbygd", tema="<b>fel</b>", malgrupp="uvas")
    assert not app.exception
    said = words_of(app)
    assert "Adressen nämner filter som inte finns: &lt;b&gt;fel&lt;/b&gt;, Glesbygd." in said
    assert "Valda filter: Unga som varken arbetar eller studerar." in said


def test_the_brief_stays_swedish() -> None:
    """A decision brief belongs to a Swedish matter: its words are Swedish on the English page too, and marked so."""
    said = words_of(show("brief", q="UVAS i glesbygd", kommun="Sorsele", sprak="en"))
    brief = re.search(r'<div lang=\\"sv\\">(.*)', said, re.DOTALL)
    assert brief
    assert "Samma målgrupp" in brief[1]
    assert "Same target group" not in said


_WITHOUT_CONTENT = {"br", "col", "hr", "img", "input", "wbr"}
_NOT_SHOWN = {"name", "alternative_names", "owner", "synonyms", "abbreviations", "everyday", "english"}


class Unmarked(HTMLParser):
    """The text of HTML that does not stand within ``lang="sv"``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _WITHOUT_CONTENT:
            self._open.append((tag, ("lang", "sv") in attrs or any(marked for _tag, marked in self._open[-1:])))

    def handle_endtag(self, tag: str) -> None:
        while tag not in _WITHOUT_CONTENT and self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.text += data


def catalogue_words() -> list[str]:
    """What stays Swedish, whole: terms, the editors' texts, what records say. Names are names in every language."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data").rglob("*.yaml"))]
    names = "\n".join(str(record["name"]) for record in files if isinstance(record, dict) and "name" in record)
    texts = {text.strip() for file in files for text in _texts(file)}
    # A term in small letters stands in the middle of a sentence such as "Is aimed at unga …", which has no mark of its own.
    return sorted(t for t in texts if len(t) > 12 and " " in t and t[0].isupper() and t not in names)


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """All texts but names, and the words that are searched for and never shown."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, key)
    elif isinstance(value, str) and key not in _NOT_SHOWN:
        yield value


def _interface_texts() -> list[str]:
    """The beginnings, up to the first value, of Swedish texts of some length that the catalogue of initiatives has not."""
    data = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "data").rglob("*.yaml"))
    texts = {form.partition("{")[0] for message in gathered() for form in forms(message.id)}
    return sorted(
        text for text in texts if len(text) > 12 and text not in data and catalogue("en").gettext(text) != text
    )


def _withoutcatalogue_words(said: str) -> str:
    return re.sub(r'<(span|div) lang=\\"sv\\">.*?</\1>', "", said)


def test_reasons_say_what_is_swedish_in_them() -> None:
    """A target group's name inside an English sentence is marked, so that it is read out as Swedish."""
    cards = " ".join(element.proto.body for element in show("find", q="UVAS i glesbygd", sprak="en").get("html"))
    assert 'Same target group: <span lang="sv">unga som varken arbetar eller studerar</span>' in cards
