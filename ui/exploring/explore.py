"""Utforska: all that the registry holds, narrowed down by facets, as a table, a map, a matrix or charts."""

import streamlit as st

from ui.context import context
from ui.exploring.explorer import show_explorer
from ui.language import _
from ui.problems import shown_calmly


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Utforska"), anchor=False)
    here = context()
    show_explorer(here.live.current.index.records, here.needs.all)


page()
