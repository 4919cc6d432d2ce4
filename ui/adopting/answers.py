"""The answers of a mottagarkoll during the visit: nowhere else, and gone with it. The brief takes them over from here."""

from collections.abc import Mapping

import streamlit as st

from registry.adopting.readiness import Answer, Guide, load_guide
from ui.context import vocabulary

_KEY = "mottagarkoll"


@st.cache_resource(show_spinner=False)
def guide() -> Guide:
    """The texts of the check."""
    return load_guide(vocabulary())


def answers_for(initiative_id: str) -> dict[str, Answer]:
    """The answers given for an initiative during this visit, by question id."""
    all_answers: dict[str, dict[str, Answer]] = st.session_state.setdefault(_KEY, {})
    return all_answers.get(initiative_id, {})


def keep_answers(initiative_id: str, answers: Mapping[str, Answer]) -> None:
    """Keeps these, and only these, for the initiative until the visit ends."""
    st.session_state.setdefault(_KEY, {})[initiative_id] = dict(answers)
