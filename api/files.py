"""The published catalogue as files to take away, at stable addresses, and the monitor's question."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.application import health
from matching.matcher import Matcher
from matching.wording import for_visitors
from registry.errors import RegistryError
from registry.exports import FORMATS, write_export

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet"}


def file_routes(matcher: Callable[[], Matcher]) -> list[Route]:
    """/data/initiatives.parquet|csv|json and /halsa."""

    def catalogue(request: Request) -> Response:
        format = request.path_params["format"]
        if format not in FORMATS:
            return JSONResponse({"error": f"Formatet {format} finns inte. Välj {', '.join(FORMATS)}."}, 404)
        try:
            records = list(matcher().index.records)
        except RegistryError as error:
            return JSONResponse({"error": for_visitors(error)}, 503)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"initiatives.{format}"
            write_export(records, path)
            return Response(path.read_bytes(), media_type=_TYPES[format])

    def is_well(_: Request) -> Response:
        try:
            index = matcher().index
        except RegistryError as error:
            return JSONResponse({"status": "fel", "error": for_visitors(error)}, 503)
        return JSONResponse(health(index.records, by_meaning=index.meaning is not None))

    return [Route("/data/initiatives.{format}", catalogue), Route("/halsa", is_well)]
