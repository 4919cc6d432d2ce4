"""What many tests need: a small record that is valid, and the vocabularies."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.catalogue import PARQUET, read_parquet
from registry.initiative import Initiative
from registry.places import Places, load_places
from registry.vocabulary import Vocabulary, load_vocabulary

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a home of its own, empty at first."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SPRIDBART_HOME", str(folder))
    monkeypatch.delenv("SPRIDBART_MODEL", raising=False)
    return folder


@pytest.fixture
def make() -> Callable[..., Initiative]:
    """Builds a valid record; keyword arguments replace its fields."""
    return make_initiative


def make_initiative(**changes: Any) -> Initiative:
    fields: dict[str, Any] = {
        "id": "odling-for-alla",
        "name": "Odling för alla",
        "form": "verksamhet",
        "summary": "Gemensam odling som ger gemenskap åt ensamma.",
        "description": "Deltagarna odlar tillsammans en dag i veckan.",
        "situations": ("Grannen går aldrig ut längre.",),
        "updated_at": dt.datetime(2026, 11, 22, 12, 0),
    }
    return Initiative.model_validate(fields | changes)


def editorial(field: str) -> dict[str, Any]:
    """A statement of the editors' own that carries ``field``."""
    return {"field": field, "claim": "Redaktionens tolkning.", "basis": "redaktionell bedömning", "date": TODAY}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def places() -> Places:
    return load_places()


@pytest.fixture(scope="session")
def shipped() -> list[Initiative]:
    """The shipped catalogue."""
    return read_parquet(PARQUET)
