"""The figures behind a picture, as a file to take away."""

from collections.abc import Sequence

import streamlit as st

from registry.exporting.sheets import rows_as_csv
from ui.language import _


def download_table(name: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A button that takes the table away as CSV."""
    st.download_button(
        _("Ladda ner siffrorna som CSV"),
        lambda: rows_as_csv(header, ([str(cell) for cell in row] for row in rows)),
        f"spridbart-{name}.csv",
        "text/csv",
        on_click="ignore",
        type="tertiary",
        key=f"download-{name}",
    )
