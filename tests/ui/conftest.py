"""The app under test: every test opens the registry anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config

from tests.ui.desk_app import SECRETS


@pytest.fixture(autouse=True)
def _fresh_app() -> Iterator[None]:
    """Every test opens the registry anew, and gives it back."""
    st.cache_resource.clear()
    yield
    from ui.context import context

    context().store.close()
    st.cache_resource.clear()


@pytest.fixture
def signing_in(tmp_path: Path) -> Iterator[Path]:
    """Signing in is set up, with the duties of ``tests.ui.desk_app``; gives the secrets file."""
    before = config.get_option("secrets.files")
    file = tmp_path / "secrets.toml"
    file.write_text(SECRETS, encoding="utf-8")
    config.set_option("secrets.files", [str(file)])
    yield file
    config.set_option("secrets.files", before)
