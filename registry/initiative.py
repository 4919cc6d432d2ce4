"""One record of the registry: a social innovation with what is known, claimed and doubted of it.

Field names are English and values Swedish. A list is never null; an unknown scalar is
``UNKNOWN``, never blank. The rules of honesty are enforced here: what a record claims, a
statement in it must carry, with a basis and, unless it is the editors' own judgement, a source.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from registry.language import gettext
from registry.personal_data import find_personal_data
from registry.values import Basis, Evidence, Form, Maturity, Operation, Role, Sector, Setting, Status

UNKNOWN = "uppgift saknas"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Part(BaseModel):
    """Base of the record and its parts: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Statement(Part):
    """A claim with its basis and source.

    ``field`` names what it supports: a field of the record, or one value in it
    (``target_groups.uvas``). ``date`` is the day it was entered into the registry.
    """

    field: Text
    claim: Text
    basis: Basis
    source_title: str = ""
    source_address: str = ""
    quote: str = ""
    date: dt.date

    @model_validator(mode="after")
    def _is_sourced(self) -> Self:
        if self.basis is not Basis.EDITORIAL and not (self.source_title and self.source_address):
            raise ValueError(
                gettext("källans titel och adress krävs när grunden är {basis}").format(basis=gettext(self.basis))
            )
        if self.basis is Basis.PUBLIC and not re.match(r"https?://\S+$", self.source_address):
            raise ValueError(gettext("en publik källa behöver en adress som börjar med http:// eller https://"))
        if len(self.quote.split()) > 20:
            raise ValueError(gettext("ett citat får ha högst 20 ord"))
        return self


class Adoption(Part):
    """A municipality that tried it: when, and what came of it (also what was stopped)."""

    municipality: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    year: int | None = Field(default=None, ge=1900, le=2100)
    outcome: Text = UNKNOWN


class Link(Part):
    """A page to read on."""

    title: Text
    address: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


# Fields whose content is a claim about the world, so that a statement must carry it.
CLAIMED_FIELDS = (
    "owner", "partners", "period", "operation", "maturity", "evidence", "outcomes", "core_components",
    "adaptable_parts", "prerequisites", "boundary_spanner", "cost_band", "payer_and_beneficiary",
    "legal_forms", "funding", "adoptions",
)  # fmt: skip
# The same, but each value in them must be carried by itself.
CLAIMED_VALUES = (
    "target_groups",
    "themes",
    "settings",
    "sectors",
    "regions",
    "municipalities",
    "barriers",
    "policy_links",
)
_NOT_CLAIMED = {UNKNOWN, Operation.UNKNOWN.value, Maturity.NOT_ASSESSED.value}


class Initiative(Part):
    """A record of the registry, whole and valid.

    ``situations`` are editorial sentences in everyday words, shown under "Känner ni igen er?".
    ``search_phrases`` only help searching (other languages, coarse everyday words) and are never
    shown. ``doubts`` are what the sources leave open or contradict; they are shown. Ids refer to
    the vocabularies and to SCB's codes for län (two digits, "00" for all of Sweden, or a
    country's two letters) and municipalities (four digits). ``external_ids`` say what it is called in
    the lists it was imported from ("esf:2023/00123").
    """

    id: Slug
    name: Annotated[Text, StringConstraints(max_length=160)]
    aliases: tuple[Text, ...] = ()
    role: Role = Role.INITIATIVE
    form: Form
    category: Text = UNKNOWN
    summary: Annotated[Text, StringConstraints(max_length=300)]
    description: Text
    situations: tuple[Text, ...] = Field(default=(), max_length=12)
    search_phrases: tuple[Text, ...] = ()
    target_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()
    sectors: tuple[Sector, ...] = ()
    owner: Text = UNKNOWN
    partners: tuple[Text, ...] = ()
    regions: tuple[Annotated[str, StringConstraints(pattern=r"^(\d{2}|[A-Z]{2})$")], ...] = ()
    municipalities: tuple[Annotated[str, StringConstraints(pattern=r"^\d{4}$")], ...] = ()
    period: Text = UNKNOWN
    operation: Operation = Operation.UNKNOWN
    maturity: Maturity = Maturity.NOT_ASSESSED
    evidence: Evidence = Evidence.NOT_ASSESSED
    outcomes: Text = UNKNOWN
    core_components: tuple[Text, ...] = ()
    adaptable_parts: tuple[Text, ...] = ()
    prerequisites: tuple[Text, ...] = ()
    boundary_spanner: Text = UNKNOWN
    cost_band: Text = UNKNOWN
    payer_and_beneficiary: Text = UNKNOWN
    legal_forms: tuple[Text, ...] = ()
    funding: tuple[Text, ...] = ()
    barriers: tuple[str, ...] = ()
    policy_links: tuple[str, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    contact_function: Text = UNKNOWN
    links: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()
    doubts: tuple[Text, ...] = ()
    external_ids: tuple[Text, ...] = ()
    status: Status = Status.PUBLISHED
    revision: int = Field(default=1, ge=1)
    updated_at: dt.datetime
    updated_by: Text = "redaktionen"
    last_verified: dt.date | None = None

    @field_validator(*CLAIMED_VALUES, "aliases", "situations", "external_ids")
    @classmethod
    def _no_repeats(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        repeated = sorted({value for value in values if values.count(value) > 1})
        if repeated:
            raise ValueError(gettext("står flera gånger: {values}").format(values=", ".join(repeated)))
        return values

    @model_validator(mode="after")
    def _claims_are_carried(self) -> Self:
        missing = list(self.unsupported_claims())
        if missing:
            raise ValueError(
                gettext("{field}: saknar uppgift om grund och källa (statements)").format(field=missing[0])
            )
        return self

    @model_validator(mode="after")
    def _holds_no_personal_data(self) -> Self:
        for field, text in self._texts():
            found = find_personal_data(text)
            if found:
                raise ValueError(
                    gettext("{field}: innehåller {kind}, som inte får stå i registret").format(
                        field=field, kind=gettext(found.kind)
                    )
                )
        return self

    def unsupported_claims(self) -> Iterator[str]:
        """Field paths that claim something which no statement carries."""
        for field, value in unsupported_claims(vars(self), {statement.field for statement in self.statements}):
            yield f"{field}.{value}" if value else field

    def basis_of(self, field: str, value: str) -> Basis | None:
        """The basis on which ``value`` stands in ``field``; None where no statement names it."""
        bases = [s.basis for s in self.statements if s.field in (f"{field}.{value}", field)]
        return bases[0] if bases else None

    def tried_in(self) -> tuple[str, ...]:
        """Codes of the municipalities it is tied to: where it runs, was tried, or (see ``is_tried``) is planned."""
        return tuple(dict.fromkeys((*self.municipalities, *(a.municipality for a in self.adoptions))))

    @property
    def is_tried(self) -> bool:
        """Whether any source says that it has been tried, and not only planned or named."""
        runs = self.operation is not Operation.UNKNOWN
        return runs or bool(self.adoptions) or self.maturity not in (Maturity.NOT_ASSESSED, Maturity.IDEA)

    def unknown_fields(self) -> tuple[str, ...]:
        """Fields a receiver would ask about, of which nothing is known."""
        return tuple(
            field
            for field in (*CLAIMED_FIELDS, "target_groups", "settings", "municipalities")
            if not getattr(self, field) or getattr(self, field) in _NOT_CLAIMED
        )

    def _texts(self) -> Iterator[tuple[str, str]]:
        for field, value in self.model_dump(mode="json").items():
            for text in _strings(value):
                yield field, text


def unsupported_claims(values: Mapping[str, Any], carried: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the fields claim without a statement: the field, and the value in it where each must be carried by itself.

    Args:
        values: field names and values; any of them may be missing.
        carried: what there are statements on: fields, and values as ``target_groups.uvas``.
    """
    for field in CLAIMED_FIELDS:
        value = values.get(field)
        if value and not (isinstance(value, str) and value in _NOT_CLAIMED) and field not in carried:
            yield field, ""
    for field in CLAIMED_VALUES:
        for value in values.get(field) or ():
            if field not in carried and f"{field}.{value}" not in carried:
                yield field, str(value)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
