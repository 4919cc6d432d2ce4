"""Om: what Spridbart is, how it matches, where things come from, and how accessible it is."""

from pathlib import Path

import streamlit as st

from registry.exploring.filters import is_match
from ui.context import context
from ui.language import SWEDISH, _, language
from ui.problems import shown_calmly

_HERE = Path(__file__).parent


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Om Spridbart"), anchor=False)
    records = context().live.current.index.records
    initiatives = sum(is_match(record) for record in records)
    sourced = sum(len(record.statements) for record in records)
    words = _(
        "Registret har **{initiatives} initiativ** och **{others} stödstrukturer, förebilder och idéer**, med "
        "**{statements} uppgifter** som var och en har en källa eller är märkt som redaktionens bedömning."
    )
    st.markdown(words.format(initiatives=initiatives, others=len(records) - initiatives, statements=sourced))
    st.markdown((_HERE / _text_file()).read_text(encoding="utf-8"))


def _text_file() -> str:
    return "about.md" if language() == SWEDISH else f"about.{language()}.md"


page()
