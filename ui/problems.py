"""Turns the core's failures into a calm message on the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from matching.errors import MatchingError
from matching.wording import for_visitors
from registry.errors import RegistryError


@contextmanager
def shown_calmly() -> Iterator[None]:
    """Shows an expected failure inside the block as a message; the page stays whole."""
    try:
        yield
    except (MatchingError, RegistryError) as error:
        st.warning(for_visitors(error))
