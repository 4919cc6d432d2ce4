"""The HTTP API: the published catalogue, one record of it, and matching. Nothing is stored.

Described by its own OpenAPI document at /api/v1/openapi.json, and in docs/open-data.md.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.middleware import Middleware
from starlette.routing import Mount

from api.answers import Entry, MatchAnswer
from api.document import describe
from api.initiatives import add_initiatives
from api.limits import MATCHES_A_MINUTE, FairShare, SmallBodies
from api.problems import answer_problems, documented
from api.reading import ReadFreely, from_any_site
from matching.answer import as_data
from matching.matcher import Matcher
from registry.errors import UnknownTerm
from registry.exporting.open_data import LICENCE, PUBLISHER, PUBLISHER_PAGE
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary

_VOCABULARIES = ("target_groups", "themes", "settings", "barriers", "policy_objects", "abbreviations")
_DESCRIPTION = """Sociala innovationer med spridningspotential: sök, filtrera och matcha mot en utmaning.

Data är fria att använda (CC0). Inget konto behövs, och inget ni skickar sparas. Svar bär ETag: skicka tillbaka den i
If-None-Match, så får ni 304 utan innehåll när inget har ändrats. Fel svaras som application/problem+json (RFC 9457).
Hela katalogen som fil finns på /data/initiatives.csv, .xlsx, .json och .parquet, beskriven i /data/catalog.ttl."""


class MatchRequest(BaseModel):
    """A challenge, and where it is."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        description="Utmaningen med egna ord, högst 4 000 tecken.",
        examples=["UVAS i glesbygd"],
        json_schema_extra={"minLength": 2, "maxLength": 4000},  # refused by the matcher, in words that help
    )
    municipality: str | None = Field(
        None, max_length=100, description="Kommunens namn eller kod.", examples=["Sorsele"]
    )
    limit: int = Field(10, ge=1, le=100, description="Högst så många träffar.")


class Whole(Mount):
    """A mount that takes every address under its path: Starlette's own leaves those with a line break to the pages."""

    def __init__(self, path: str, app: FastAPI) -> None:
        super().__init__(path, app=app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def create_api(
    matcher: Callable[[], Matcher],
    vocabulary: Vocabulary,
    places: Places,
    *,
    matches_a_minute: int = MATCHES_A_MINUTE,
) -> FastAPI:
    """The API over the matcher of the moment, which also holds the published records."""
    api = FastAPI(
        title="Spridbart",
        version="1",
        description=_DESCRIPTION,
        contact={"name": PUBLISHER, "url": PUBLISHER_PAGE},
        license_info={"name": "CC0 1.0 Universal", "url": LICENCE},
        docs_url=None,
        redoc_url=None,
        middleware=[from_any_site("POST"), Middleware(SmallBodies), Middleware(ReadFreely)],
    )
    add_initiatives(api, matcher, vocabulary, places)
    _add_match(api, matcher, places, FairShare(matches_a_minute))
    _add_vocabulary(api, vocabulary)
    answer_problems(api)
    describe(api)
    return api


def health(records: Sequence[Initiative], *, by_meaning: bool) -> dict[str, Any]:
    """What a monitor asks: whether there is anything to find, and whether meaning is compared yet."""
    return {"status": "ok" if records else "tom", "initiatives": len(records), "by_meaning": by_meaning}


def _add_match(api: FastAPI, matcher: Callable[[], Matcher], places: Places, share: FairShare) -> None:
    @api.post(
        "/match",
        summary="Initiativ som svarar mot en utmaning",
        responses=documented(400, 413, 422, 429, 503),
        response_model=MatchAnswer,
        response_model_exclude_unset=True,
        dependencies=[Depends(share)],
    )
    def match(request: MatchRequest) -> dict[str, Any]:
        """Det som passar bäst först, med skäl och förbehåll. Högst 60 frågor i minuten från en adress."""
        municipality = places.find(request.municipality) if request.municipality else None
        result = matcher().match(request.text, municipality=municipality, limit=request.limit)
        return as_data(result, request.text)


def _add_vocabulary(api: FastAPI, vocabulary: Vocabulary) -> None:
    listed = Path(description="Ordlistans namn.", json_schema_extra={"enum": list(_VOCABULARIES)})

    @api.get(
        "/vocabulary/{name}",
        summary="En ordlista",
        responses=documented(404, 422),
        response_model=list[Entry],
        response_model_exclude_unset=True,
    )
    def vocabulary_list(name: Annotated[str, listed]) -> list[dict[str, Any]]:
        """Värdena som posternas fält kan ha, med de ord som visas för dem."""
        if name not in _VOCABULARIES:
            raise UnknownTerm("ordlistor", name)
        return [_entry(id, entry) for id, entry in getattr(vocabulary, name).items()]


def _entry(id: str, entry: Any) -> dict[str, Any]:
    if isinstance(entry, str):
        return {"id": id, "label": entry}
    shown = asdict(entry)
    shown.pop("everyday", None)  # for look-up alone: can be coarse
    return shown
