"""Choices that several pages offer alike, each kept in the address."""

import streamlit as st

from registry.places import Municipality, swedish_order
from ui.context import places
from ui.language import _


def choose_municipality(help: str | None = None) -> Municipality | None:
    """A box to choose a municipality in; the address holds it as ``kommun``."""
    by_name = {m.name: m for m in places().municipalities.values()}
    chosen = st.selectbox(
        _("Kommun"),
        sorted(by_name, key=swedish_order),
        index=None,
        key="kommun",
        bind="query-params",
        placeholder=_("Välj kommun"),
        help=help,
    )
    return by_name.get(chosen) if chosen else None
