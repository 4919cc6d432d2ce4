"""What a reader of an initiative can do next: compare it, and check whether they are ready for it."""

from urllib.parse import quote

import streamlit as st

from registry.initiative import Initiative
from ui.chosen import carried, compare_button
from ui.language import _


def show_next_steps(record: Initiative) -> None:
    """Shows the ways on from the initiative's page."""
    with st.container(horizontal=True, vertical_alignment="center", key="next-steps", width="content"):
        compare_button(record.id)
        address = f"mottagarkoll?id={quote(record.id)}{carried()}".replace("&", "&amp;")
        st.html(f'<a href="{address}" target="_self">{_("Mottagarkoll: är ni redo?")}</a>', width="content")
