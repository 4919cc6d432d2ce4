"""Streamlit's own elements with the catalogue's words in them. In HTML of ours ``ui.markup.own_words`` is enough."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.language import SWEDISH, language

_MARK = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")


def mark_own_words() -> None:
    """On a page that is not Swedish, marks what stays so (see ``own_words.html``). Once on each page that has any."""
    if language() != SWEDISH:
        st.html(_MARK, unsafe_allow_javascript=True)


def own_part(key: str) -> DeltaGenerator:
    """A container for a heading in the catalogue's own words; ``key`` is its own on the page."""
    return st.container(key=f"own label {key}")
