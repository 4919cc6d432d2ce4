"""The texts of the pages: each is marked for translation, and each language has them all."""

import string
from pathlib import Path

import pytest

from matching.explanation import listed
from registry.language import LANGUAGES, SWEDISH, speech
from tests.untranslated import untranslated
from ui.language import LOCALE, catalogue
from ui.locale.gathering import ROOT, as_mo, as_po, brought_up_to_date, gathered

UI = ROOT / "ui"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/spridbart.po"))
# Not said to a reader, or the same in every language.
NOT_TEXTS = {
    "brief.py": {"Word", "Markdown"},  # names of formats
    "table.py": {"Excel", "Parquet"},  # the same
    "pictures.py": {"ej bedömd", "okänt"},  # values of the records
    "view.py": {"View"},  # a type
    "draft.py": {"Draft"},  # a type
    "gathering.py": {"Spridbart"},  # the service's name
    "main.py": {"Spridbart"},  # the same
    "maps.py": {"Topology", "GeometryCollection", "Feature", "FeatureCollection"},  # GeoJSON
    "needs.py": {"målgrupper", "läge", "visas för alla"},  # columns of a data file, which must not change
    "provider.py": {"Authorization", "Bearer "},  # HTTP
    "swedish_time.py": {"Europe/Stockholm"},  # a time zone
}


@pytest.mark.parametrize("po", CATALOGUES, ids=lambda po: po.parts[-3])
def test_catalogue_is_up_to_date(po: Path) -> None:
    """Gathering the texts anew changes neither the catalogue nor what is compiled from it: else run ``make texts``."""
    catalog = brought_up_to_date(po)
    missing = {str(message.id) for message in gathered()} - {str(m.id) for m in catalog}
    assert not missing
    assert as_po(catalog) == po.read_bytes()
    assert as_mo(catalog) == po.with_suffix(".mo").read_bytes()


@pytest.mark.parametrize("po", CATALOGUES, ids=lambda po: po.parts[-3])
def test_every_text_is_translated(po: Path) -> None:
    """No text is empty or marked as a guess, and each holds the same values to be put in as the Swedish one."""
    for message in brought_up_to_date(po):
        swedish, said = forms(message.id), forms(message.string)
        assert not message.id or all(said), message.id
        assert not message.id or not message.fuzzy, message.id
        allowed = [_fields(form) for form in swedish]
        assert all(_fields(form) in allowed for form in said), (swedish, said)
        assert _fields(said[-1]) == _fields(swedish[-1]), (swedish, said)


def test_every_language_has_a_catalogue() -> None:
    """The languages that a reader can choose are those that have texts, on the page Om too."""
    assert {po.parts[-3] for po in CATALOGUES} == set(LANGUAGES) - {SWEDISH}
    parts = {code: (UI / f"about.{code}.md").read_text(encoding="utf-8").count("\n## ") for code in ("en",)}
    assert set(parts.values()) == {(UI / "about.md").read_text(encoding="utf-8").count("\n## ")}


def test_no_swedish_text_is_left_out_of_the_catalogue() -> None:
    """Every Swedish text in the pages' source is marked for translation."""
    left = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted(UI.rglob("*.py"))
        for line, text in untranslated(path.read_text(encoding="utf-8"))
        if text not in NOT_TEXTS.get(path.name, set())
    ]
    assert left == []


@pytest.mark.parametrize(
    "planted",
    [
        'st.button("Spara")',
        'st.html(f"<p>Hittade {n} initiativ</p>")',
        "st.html(f'<p>{n} poster</p>')",
        "st.html('<nav aria-label=\"Sidor\"></nav>')",
        'WORDS = {"a": "skickat till granskning"}',
        'show(words if ready else "inte klart än")',
    ],
)
def test_an_untranslated_text_is_found(planted: str) -> None:
    """The search for untranslated texts finds a label, HTML, an attribute, a constant and a choice."""
    assert list(untranslated(planted))


@pytest.mark.parametrize(
    "sound", ['st.button(_("Spara"))', '"""Sparar posten."""', 'key="save-state"', 'WORDS = later("Inget är klart")']
)
def test_what_is_no_text_is_left_alone(sound: str) -> None:
    """Marked texts, docstrings and keys are not taken for untranslated ones."""
    assert not list(untranslated(sound))


def test_the_core_is_swedish_where_nobody_asks() -> None:
    """Outside a page, as in the API and on the command line, sentences are Swedish; a page's reader changes that."""
    assert listed(["a", "b"]) == "a och b"
    before = speech.catalogue
    speech.catalogue = lambda: catalogue("en")
    try:
        assert listed(["a", "b"]) == "a and b"
        with speech.swedish():
            assert listed(["a", "b"]) == "a och b"
    finally:
        speech.catalogue = before


def forms(text: object) -> list[str]:
    """The forms of a message: one, or two where it is counted."""
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
