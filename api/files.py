"""The published catalogue as files to take away, at stable addresses, and the monitor's question."""

import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from api.application import health
from api.problems import failed, problem
from api.reading import ReadFreely, entity_tag, from_any_site, last_changed, own_address
from matching.matcher import Matcher
from matching.wording import for_visitors
from registry.address import contact_address
from registry.errors import RegistryError
from registry.exporting.exports import FORMATS, write_export
from registry.exporting.open_data import CSV_METADATA, MEDIA_TYPES, csv_metadata
from registry.initiative import Initiative

_DESCRIBED = {"Link": f'<{CSV_METADATA}>; rel="describedby"; type="application/csvm+json"'}


@dataclass(frozen=True)
class File:
    """The catalogue in one format, and what is said of it in the answer's headers."""

    content: bytes
    headers: dict[str, str]


class Files:
    """The published catalogue in each format, written once for each version of the catalogue."""

    def __init__(self) -> None:
        self._writing = threading.Lock()
        self._records: tuple[Initiative, ...] | None = None
        self._written: dict[str, File] = {}

    def get(self, format: str, records: tuple[Initiative, ...]) -> File:
        """The records in ``format``. The same tuple of them is the same version."""
        with self._writing:
            if records is not self._records:
                self._records, self._written = records, {}
            if format not in self._written:
                self._written[format] = _write(format, records)
            return self._written[format]


class Answers:
    """What is answered at each address, over what is published now."""

    def __init__(self, matcher: Callable[[], Matcher]) -> None:
        self._matcher = matcher
        self._files = Files()

    def catalogue(self, request: Request) -> Response:
        """The catalogue in the format that the address ends with."""
        format = request.path_params["format"]
        if format not in FORMATS:
            return problem(404, f"Formatet {format} finns inte. Välj {', '.join(FORMATS)}.")
        file = self._files.get(format, self._matcher().index.records)
        return Response(file.content, headers=file.headers)

    def description(self, request: Request) -> Response:
        """The catalogue described as DCAT-AP-SE."""
        from registry.exporting.dcat import catalogue_as_turtle  # noqa: PLC0415 - rdflib takes long to import

        text = catalogue_as_turtle(self._matcher().index.records, own_address(request), contact_address())
        return Response(text, media_type="text/turtle")

    def columns(self, request: Request) -> Response:
        """The CSV file's columns, described."""
        return JSONResponse(csv_metadata(own_address(request)), media_type="application/csvm+json")

    def is_well(self, _: Request) -> Response:
        """The monitor's answer: what is served, or why nothing is."""
        try:
            index = self._matcher().index
        except RegistryError as error:
            return JSONResponse({"status": "fel", "error": for_visitors(error)}, 503)
        return JSONResponse(health(index.records, by_meaning=index.meaning is not None))


def file_routes(matcher: Callable[[], Matcher]) -> list[BaseRoute]:
    """/data/initiatives.parquet|csv|json|xlsx, their descriptions for machines, and /halsa."""
    answers = Answers(matcher)
    addresses = [
        Route("/catalog.ttl", _calm(answers.description)),
        Route("/initiatives.csv-metadata.json", _calm(answers.columns)),
        Route("/initiatives.{format}", _calm(answers.catalogue)),
        Route("/{path:path}", lambda _: problem(404)),
    ]
    open_to_all = [from_any_site(), Middleware(ReadFreely)]
    return [Mount("/data", routes=addresses, middleware=open_to_all), Route("/halsa", answers.is_well)]


def _calm(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """The same answer, and the core's failures as problems in words."""

    def answered(request: Request) -> Response:
        try:
            return answer(request)
        except RegistryError as error:
            return failed(error)

    return answered


def _write(format: str, records: tuple[Initiative, ...]) -> File:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"initiatives.{format}"
        write_export(list(records), path)
        content = path.read_bytes()
    kind = f"{MEDIA_TYPES[format]}; charset=utf-8" if format == "csv" else MEDIA_TYPES[format]
    headers = {"Content-Type": kind, "ETag": entity_tag(content), **last_changed(records)}
    return File(content, headers | _DESCRIBED if format == "csv" else headers)
