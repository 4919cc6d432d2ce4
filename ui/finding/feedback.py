"""Under a match: does it fit? The answer is stored without the visitor's text."""

import datetime as dt
from functools import partial
from html import escape

import streamlit as st

from matching.matcher import Match
from registry.errors import RegistryError
from registry.inbox.feedback import Feedback, Visit, kept_facets
from registry.wording import for_visitors
from ui.context import context, places
from ui.language import _, later

_FITS = later("Passar")
_FITS_NOT = later("Passar inte")


@st.fragment
def ask_whether_it_fits(match: Match, understood: tuple[str, ...]) -> None:
    """Shows the question and its two answers; ``understood`` are the keys of the challenge's facets.

    An answer can be changed, or taken back by pressing it again or "Ångra".
    """
    record, facets = match.initiative, kept_facets(understood, places())
    key = f"fits {record.id} {' '.join(facets)}"
    given = _visit().given(record.id, facets)
    st.session_state[key] = _words(given)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"ask-{record.id}"):
        st.html(f'<p class="sb-ask">{escape(_("Passar det här er?"))}</p>', width="content")
        st.segmented_control(
            _("Passar {name} er?").format(name=record.name),
            (_FITS, _FITS_NOT),
            format_func=_,
            key=key,
            label_visibility="collapsed",
            on_change=_answer,
            args=(key, partial(Feedback, record.id, facets, strength=str(match.strength))),
        )
        problem = st.session_state.pop(f"{key} problem", None)
        if problem or given:
            words = problem or _("Tack. Svaret sparas utan er text.")
            st.html(f'<p class="sb-ask" role="status">{escape(words)}</p>', width="content")
        if given:
            st.button(_("Ångra"), key=f"{key} undo", type="tertiary", on_click=_undo, args=(key, record.id, facets))


def _answer(key: str, feedback: partial[Feedback]) -> None:
    """What was pressed, or None where the pressed answer was pressed again."""
    pressed = st.session_state[key]
    answer = feedback(fits=pressed == _FITS, day=dt.date.today())
    if pressed is None:
        _undo(key, answer.initiative_id, answer.facets)
        return
    try:
        _visit().answer(answer, context().feedback)
    except RegistryError as error:
        st.session_state[f"{key} problem"] = for_visitors(error)


def _undo(key: str, initiative_id: str, facets: tuple[str, ...]) -> None:
    try:
        _visit().undo(initiative_id, facets, context().feedback)
    except RegistryError as error:
        st.session_state[f"{key} problem"] = for_visitors(error)


def _visit() -> Visit:
    visit: Visit = st.session_state.setdefault("visit", Visit())
    return visit


def _words(given: Feedback | None) -> str | None:
    if given is None:
        return None
    return _FITS if given.fits else _FITS_NOT
