"""The app under test: every test opens the registry anew."""

from collections.abc import Iterator

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def _fresh_app() -> Iterator[None]:
    """Every test opens the registry anew, and gives it back."""
    st.cache_resource.clear()
    yield
    from ui.context import context

    context().store.close()
    st.cache_resource.clear()
