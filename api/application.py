"""The HTTP API: the published catalogue, one record of it, and matching. Nothing is stored.

Described by its own OpenAPI document at /api/v1/openapi.json.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from matching.answer import as_data
from matching.errors import ChallengeTooLong, MatchingError
from matching.matcher import Matcher
from matching.wording import for_visitors
from registry.errors import RecordNotFound, RegistryError, UnknownMunicipality, UnknownTerm
from registry.filters import Filters
from registry.initiative import Initiative
from registry.places import Places
from registry.values import Maturity, Role, Setting
from registry.vocabulary import Vocabulary

_STATUS: dict[type[Exception], int] = {
    RecordNotFound: 404,
    UnknownTerm: 404,
    ChallengeTooLong: 413,
    UnknownMunicipality: 422,
    MatchingError: 422,
}
_VOCABULARIES = ("target_groups", "themes", "settings", "barriers", "policy_objects", "abbreviations")


class MatchRequest(BaseModel):
    """A challenge, and where it is."""

    text: str = Field(description="Utmaningen med egna ord, högst 4 000 tecken.", examples=["UVAS i glesbygd"])
    municipality: str | None = Field(None, max_length=100, description="Kommunens namn eller kod.")
    limit: int = Field(10, ge=1, le=100, description="Högst så många träffar.")


class InitiativePage(BaseModel):
    """A page of records: how many there are in all, and those from ``offset`` on."""

    total: int
    offset: int
    limit: int
    items: list[Initiative]


class Problem(BaseModel):
    """What went wrong and what to do, in Swedish."""

    error: str


def create_api(matcher: Callable[[], Matcher], vocabulary: Vocabulary, places: Places) -> FastAPI:
    """The API over the matcher of the moment, which also holds the published records."""
    api = FastAPI(
        title="Spridbart",
        version="1",
        description="Sociala innovationer med spridningspotential. Katalogen är fri att använda (CC0).",
        docs_url=None,
        redoc_url=None,
        responses={422: {"model": Problem}},
    )
    _add_failures(api)
    _add_initiatives(api, matcher)
    _add_match(api, matcher, places)
    _add_vocabulary(api, vocabulary)
    return api


def health(records: Sequence[Initiative], *, by_meaning: bool) -> dict[str, Any]:
    """What a monitor asks: whether there is anything to find, and whether meaning is compared yet."""
    return {"status": "ok" if records else "tom", "initiatives": len(records), "by_meaning": by_meaning}


def _add_initiatives(api: FastAPI, matcher: Callable[[], Matcher]) -> None:
    @api.get("/initiatives", summary="Publicerade initiativ")
    def initiatives(  # noqa: PLR0917 - each parameter is one of the address
        target_group: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
        theme: Annotated[list[str], Query()] = [],  # noqa: B006
        region: Annotated[list[str], Query()] = [],  # noqa: B006
        setting: Annotated[list[Setting], Query()] = [],  # noqa: B006
        maturity: Annotated[list[Maturity], Query()] = [],  # noqa: B006
        role: Annotated[list[Role], Query()] = [],  # noqa: B006
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> InitiativePage:
        chosen = (target_group, theme, region, setting, maturity, role)
        filters = Filters(*(tuple(values) for values in chosen))
        allowed = [record for record in matcher().index.records if filters.allow(record)]
        return InitiativePage(total=len(allowed), offset=offset, limit=limit, items=allowed[offset : offset + limit])

    @api.get("/initiatives/{id}", summary="Ett initiativ", responses={404: {"model": Problem}})
    def initiative(id: str) -> Initiative:
        record = matcher().index.get(id)
        if record is None:
            raise RecordNotFound(id)
        return record


def _add_match(api: FastAPI, matcher: Callable[[], Matcher], places: Places) -> None:
    @api.post("/match", summary="Initiativ som svarar mot en utmaning", responses={413: {"model": Problem}})
    def match(request: MatchRequest) -> dict[str, Any]:
        municipality = places.find(request.municipality) if request.municipality else None
        result = matcher().match(request.text, municipality=municipality, limit=request.limit)
        return as_data(result, request.text)


def _add_vocabulary(api: FastAPI, vocabulary: Vocabulary) -> None:
    @api.get("/vocabulary/{name}", summary="En ordlista", responses={404: {"model": Problem}})
    def vocabulary_list(name: str) -> list[dict[str, Any]]:
        if name not in _VOCABULARIES:
            raise UnknownTerm("ordlistor", name)
        return [_entry(id, entry) for id, entry in getattr(vocabulary, name).items()]


def _entry(id: str, entry: Any) -> dict[str, Any]:
    if isinstance(entry, str):
        return {"id": id, "label": entry}
    shown = asdict(entry)
    shown.pop("everyday", None)  # for look-up alone: can be coarse
    return shown


def _add_failures(api: FastAPI) -> None:
    def answer(_: Request, error: Exception) -> JSONResponse:
        status = next((_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS), 503)
        return JSONResponse({"error": for_visitors(error)}, status)

    def wrong_request(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return JSONResponse({"error": f"Frågan går inte att läsa: {where}: {first['msg']}"}, 422)

    for kind in (RegistryError, MatchingError):
        api.add_exception_handler(kind, answer)
    api.add_exception_handler(RequestValidationError, wrong_request)  # type: ignore[arg-type]
