"""The pages as scripts, found by their names."""

from pathlib import Path

UI = Path(__file__).parent.parent.parent / "ui"


def script(page: str) -> str:
    """The path of the page's script, for AppTest."""
    (found,) = UI.rglob(f"{page}.py")
    return str(found)
