"""Om: what Spridbart is, how it matches, where things come from, and how accessible it is."""

from pathlib import Path

import streamlit as st

from registry.filters import is_match
from ui.context import context
from ui.problems import shown_calmly

TEXT = Path(__file__).with_name("about.md").read_text(encoding="utf-8")


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title("Om Spridbart", anchor=False)
    records = context().live.current.index.records
    initiatives = sum(is_match(record) for record in records)
    sourced = sum(len(record.statements) for record in records)
    st.markdown(
        f"Registret har **{initiatives} initiativ** och **{len(records) - initiatives} stödstrukturer, förebilder och "
        f"idéer**, med **{sourced} uppgifter** som var och en har en källa eller är märkt som redaktionens bedömning."
    )
    st.markdown(TEXT)


page()
