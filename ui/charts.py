"""Bar charts: calm, one colour, the number at each bar."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

_BAR, _TEXT = "#1F5F4F", "#000000"
_ROW, _AXIS = 34, 40  # pixels
MODEBAR = {"bgcolor": "rgba(0,0,0,0)", "color": _BAR, "activecolor": _TEXT}


def picture_config(name: str, format: str) -> dict[str, Any]:
    """A toolbar with one button, which takes the picture away as ``format`` ("png" or "svg")."""
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "scrollZoom": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": format, "filename": f"spridbart-{name}", "scale": 2},
    }


def bars(labels: Sequence[str], counts: Sequence[int]) -> go.Figure:
    """A bar for each label, the first on top."""
    figure = go.Figure(
        go.Bar(
            x=list(counts),
            y=list(labels),
            orientation="h",
            marker_color=_BAR,
            text=list(counts),
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    )
    figure.update_yaxes(autorange="reversed", tickfont_color=_TEXT, automargin=True, fixedrange=True)
    figure.update_xaxes(visible=False, rangemode="tozero", fixedrange=True)
    figure.update_layout(
        height=_AXIS + _ROW * len(labels),
        margin={"l": 0, "r": 40, "t": 30, "b": 0},
        font_color=_TEXT,
        modebar=MODEBAR,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return figure
