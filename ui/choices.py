"""Choices that several pages offer alike. What is chosen stands in the address."""

from collections.abc import Callable, Collection, Mapping

import streamlit as st

from registry.places import Municipality, swedish_order
from ui.context import context, places
from ui.language import _
from ui.markup import paragraph


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


def choose_initiative(label: str, key: str, on_change: Callable[[], None], without: Collection[str] = ()) -> None:
    """A box to choose one of the registry's records in, except those in ``without``; its id is kept under ``key``."""
    names = {r.id: r.name for r in context().live.current.index.records if r.id not in without}
    st.selectbox(
        label,
        sorted(names, key=lambda id: swedish_order(names[id])),
        format_func=lambda id: names.get(id, id),
        index=None,
        key=key,
        on_change=on_change,
        placeholder=_("Sök på namn"),
    )


def choose_values(label: str, parameter: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """A box to choose values in, by name; the address holds their ids, which are the same in every language.

    Not bound to the address: Streamlit would put the words there. ``words`` are the ids with what they are called.
    """
    st.session_state[parameter] = [id for id in dict.fromkeys(st.query_params.get_all(parameter)) if id in words]
    chosen = st.multiselect(
        label,
        sorted(words, key=lambda id: swedish_order(words[id])),
        format_func=lambda id: words[id],
        key=parameter,
        on_change=_put_in_address,
        args=(parameter,),
        placeholder=_("Alla"),
        select_all=False,
    )
    return tuple(chosen)


def say_what_is_gone(choices: Mapping[str, Collection[str]]) -> None:
    """Says which values in the address are none of ours: of an older address, or mistyped. ``choices``: parameter -> ids."""
    asked = [id for parameter, ids in choices.items() for id in st.query_params.get_all(parameter) if id not in ids]
    if asked:
        words = _("Adressen nämner filter som inte finns: {gone}.").format(gone=", ".join(dict.fromkeys(asked)))
        st.html(paragraph(words, "sb-meta"))


def _put_in_address(parameter: str) -> None:
    st.query_params[parameter] = st.session_state[parameter]
