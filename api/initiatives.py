"""The published records over HTTP: some at a time, filtered, or one, as JSON or as linked data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, HTTPException, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import CoreSchema, core_schema

from api.answers import InitiativePage
from api.linked_data import MEDIA_TYPE, as_json_ld
from api.problems import documented
from api.reading import last_changed, own_address
from matching.matcher import Matcher
from registry.errors import RecordNotFound
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.places import COUNTRIES, NATIONAL, Places
from registry.values import Evidence, Form, Maturity, Operation, Role, Sector, Setting
from registry.vocabulary import Vocabulary

HERE = "/api/v1/initiatives"
_FACETS = {
    "target_group": "target_groups", "theme": "themes", "region": "regions", "setting": "settings", "maturity": "maturity",
    "evidence": "evidence", "form": "forms", "sector": "sectors", "operation": "operations", "role": "roles",
    "category": "categories", "municipality": "municipalities", "municipality_type": "municipality_types",
}  # fmt: skip
_ONE: dict[str, Any] = {
    "responses": documented(400, 404, 422, 503)
    | {200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}, "description": "Posten"}}
}

Id = Annotated[str, Path(description="Postens beteckning.", examples=["kultur-pa-recept"], max_length=80)]


class Asked(BaseModel):
    """What a reader asks for, but for what the vocabularies list. Values of one parameter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    national: bool = Field(True, description="Om det som gäller hela Sverige ska vara med när län är valda.")
    setting: list[Setting] = Field([], description="Slags plats.")
    maturity: list[Maturity] = Field([], description="Hur långt det har kommit mot spridning.")
    evidence: list[Evidence] = Field([], description="Vad uppgifterna om effekt vilar på.")
    form: list[Form] = Field([], description="Vad slags sak det är.")
    sector: list[Sector] = Field([], description="Vem som driver det.")
    operation: list[Operation] = Field([], description="Om det pågår i dag.")
    role: list[Role] = Field([], description="Vad posten är i registret; utan värde alla slag.")
    category: list[str] = Field([], description="Rubriken i enkätrapporten, ordagrant.")
    offset: int = Field(0, ge=0, le=10_000_000, description="Så många poster hoppas över.")
    limit: int = Field(50, ge=1, le=500, description="Högst så många poster på en sida.")

    def filters(self) -> Filters:
        """The facets as the registry filters by them."""
        chosen = {field: tuple(getattr(self, parameter)) for parameter, field in _FACETS.items()}
        return Filters(**chosen, national=self.national)

    def at(self, offset: int, address: str) -> str:
        """The address of the page that begins at ``offset``."""
        asked = self.model_dump(mode="json", exclude_unset=True) | {"offset": offset, "limit": self.limit}
        return f"{address}{HERE}?{urlencode(asked, doseq=True)}"


@dataclass(frozen=True)
class OneOf:
    """For pydantic: a text that is one of these, listed in the OpenAPI document."""

    texts: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        """The schema that pydantic asks for."""
        return core_schema.literal_schema(list(self.texts))


def add_initiatives(api: FastAPI, matcher: Callable[[], Matcher], vocabulary: Vocabulary, places: Places) -> None:
    """Adds the list, and each record as JSON and as linked data."""
    _add_list(api, matcher, vocabulary, places)

    def as_linked_data(record: Initiative, request: Request) -> JSONResponse:
        content = as_json_ld(record, own_address(request), vocabulary, places)
        return JSONResponse(content, headers=last_changed([record]), media_type=MEDIA_TYPE)

    @api.get("/initiatives/{id}.jsonld", summary="Ett initiativ som länkade data", **_ONE)
    def linked_initiative(id: Id, request: Request) -> Any:
        """Posten som JSON-LD enligt schema.org."""
        return as_linked_data(_get(matcher(), id), request)

    @api.get("/initiatives/{id}", summary="Ett initiativ", **_ONE)
    def initiative(id: Id, request: Request, response: Response) -> Initiative:
        """Hela posten. Den som frågar efter application/ld+json får den som länkade data."""
        record = _get(matcher(), id)
        response.headers.update({"Vary": "Accept"} | last_changed([record]))
        if MEDIA_TYPE in request.headers.get("accept", ""):
            linked = as_linked_data(record, request)
            linked.headers["Vary"] = "Accept"
            return linked  # type: ignore[return-value]
        return record


def _add_list(api: FastAPI, matcher: Callable[[], Matcher], vocabulary: Vocabulary, places: Places) -> None:
    groups = tuple(sorted({municipality.group for municipality in places.municipalities.values()}))
    regions = (NATIONAL, *places.lan, *COUNTRIES)

    class AskedHere(Asked):
        target_group: list[Annotated[str, OneOf(tuple(vocabulary.target_groups))]] = Field(
            [], description="Målgrupper."
        )
        theme: list[Annotated[str, OneOf(tuple(vocabulary.themes))]] = Field([], description="Teman.")
        region: list[Annotated[str, OneOf(regions)]] = Field([], description="Län, 00 för hela Sverige, eller land.")
        municipality: list[Annotated[str, OneOf(tuple(places.municipalities))]] = Field([], description="Kommuner.")
        municipality_type: list[Annotated[str, OneOf(groups)]] = Field([], description="SKR:s kommungrupper 2023.")

    once, answers = [Depends(_asked_once)], documented(400, 422, 503)

    @api.get("/initiatives", summary="Publicerade initiativ", responses=answers, dependencies=once)
    def initiatives(asked: Annotated[AskedHere, Query()], request: Request, response: Response) -> InitiativePage:
        """En sida av de publicerade posterna, ordnade efter beteckning. Sidorna intill står också i Link (RFC 8288)."""
        filters = asked.filters()
        allowed = [record for record in matcher().index.records if filters.allow(record)]
        pages = _pages(asked, len(allowed), own_address(request))
        response.headers.update(last_changed(allowed))
        response.headers["Link"] = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in pages.items())
        return InitiativePage(
            total=len(allowed),
            offset=asked.offset,
            limit=asked.limit,
            next=pages.get("next"),
            prev=pages.get("prev"),
            items=allowed[asked.offset : asked.offset + asked.limit],
        )


def _asked_once(request: Request) -> None:
    """Refuses a question with two values where one counts: whoever asks cannot know which one that would be."""
    for name in ("offset", "limit", "national"):
        if len(request.query_params.getlist(name)) > 1:
            raise HTTPException(422, f"Frågan går inte att läsa: {name} står flera gånger.")


def _pages(asked: Asked, total: int, address: str) -> dict[str, str]:
    """The addresses of the pages that there are, by their relation to the one that was asked for."""
    last = max(total - 1, 0) // asked.limit * asked.limit
    offsets = {"first": 0, "last": last}
    if asked.offset > 0:
        offsets["prev"] = max(min(asked.offset - asked.limit, last), 0)
    if asked.offset + asked.limit < total:
        offsets["next"] = asked.offset + asked.limit
    return {relation: asked.at(offset, address) for relation, offset in offsets.items()}


def _get(matcher: Matcher, id: str) -> Initiative:
    record = matcher.index.get(id)
    if record is None:
        raise RecordNotFound(id)
    return record
