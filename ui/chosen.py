"""Which initiatives are chosen to be compared.

The choice lasts for the visit. It is carried in the address too (``jamfor=``), since a plain link begins a new visit.
"""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from registry.adopting.side_by_side import MOST
from ui.language import _, in_address

PARAMETER = "jamfor"
_KEY = "chosen to compare"
_FULL = "one too many to compare"


def chosen() -> tuple[str, ...]:
    """Ids of the chosen initiatives, at most ``MOST``; a new visit takes them from the address."""
    if _KEY not in st.session_state:
        on_comparison = (st.context.url or "").endswith(f"/{PARAMETER}")
        set_chosen(st.query_params.get_all("id" if on_comparison else PARAMETER))
    ids: tuple[str, ...] = st.session_state[_KEY]
    return ids


def set_chosen(ids: Sequence[str]) -> None:
    """Chooses these, as far as they can be ids and there is room."""
    st.session_state[_KEY] = tuple(dict.fromkeys(id for id in ids if re.fullmatch(r"[a-z0-9-]{1,80}", id)))[:MOST]


def carried() -> str:
    """The choice as the end of an address that has parameters already: "&jamfor=a&jamfor=b", or nothing."""
    return "".join(f"&{urlencode({PARAMETER: id})}" for id in chosen())


def compare_address(ids: Sequence[str]) -> str:
    """The address of the comparison of these."""
    asked = urlencode([*(("id", id) for id in ids), *in_address().items()])
    return f"jamfor?{asked}" if asked else "jamfor"


def compare_title() -> str:
    """The page's name in the menu, with the number chosen."""
    return _("Jämför ({count})").format(count=len(chosen())) if chosen() else _("Jämför")


def compare_button(id: str) -> None:
    """A button that chooses the initiative or takes it back, and the way to the comparison once something is chosen."""
    ids = chosen()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key=f"compare-{id}"):
        if id in ids:
            st.button(_("Ta bort ur jämförelsen"), key=f"leave {id}", on_click=_leave, args=(id,))
            words = _("Jämför ({count})").format(count=len(ids))
            st.html(f'<a href="{escape(compare_address(ids))}" target="_self">{words}</a>', width="content")
        else:
            st.button(_("+ Jämför"), key=f"choose {id}", on_click=_choose, args=(id,))
        if st.session_state.pop(_FULL, None) == id:
            words = _("{most} är redan valda. Ta bort ett för att jämföra det här.").format(most=MOST)
            st.html(f'<p class="sb-ask" role="status">{words}</p>', width="content")


def _choose(id: str) -> None:
    if len(chosen()) >= MOST:
        st.session_state[_FULL] = id
        return
    _set_everywhere((*chosen(), id))


def _leave(id: str) -> None:
    _set_everywhere([other for other in chosen() if other != id])


def _set_everywhere(ids: Sequence[str]) -> None:
    set_chosen(ids)
    st.query_params[PARAMETER] = list(chosen())
