"""What a reader of an initiative can do next: compare it, check whether they are ready for it, write a brief."""

from html import escape

import streamlit as st

from registry.initiative import Initiative
from ui.chosen import carried, compare_button
from ui.language import _
from ui.markup import page_address, page_link


def show_next_steps(record: Initiative) -> None:
    """Shows the ways on from the initiative's page."""
    with st.container(horizontal=True, vertical_alignment="center", key="next-steps", width="content"):
        compare_button(record.id)
        address = page_address("mottagarkoll", id=record.id) + carried()
        words = escape(_("Mottagarkoll: är ni redo?"))
        st.html(f'<a href="{escape(address)}" target="_self">{words}</a>', width="content")
        st.html(page_link("beslutsunderlag", _("Gör beslutsunderlag"), id=record.id), width="content")
