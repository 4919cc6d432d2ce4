"""What one visitor has sent in: remembered during the visit, so that no one fills the box alone."""

import streamlit as st

from registry.inbox.sent_in import Kind, Visit


def visit(kind: Kind, most: int) -> Visit:
    """What this visitor has sent in so far."""
    mine: Visit = st.session_state.setdefault(f"visit {kind}", Visit(kind, most))
    return mine
