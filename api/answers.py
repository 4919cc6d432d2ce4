"""The shapes of what the API answers, for its OpenAPI document and to hold the answers to."""

from pydantic import BaseModel, ConfigDict, Field

from matching.scoring import Strength
from registry.initiative import Initiative
from registry.values import Role


class Exact(BaseModel):
    """Base: an answer that has grown without its description is a fault."""

    model_config = ConfigDict(extra="forbid")


class InitiativePage(Exact):
    """Some of the records that were asked for: those from ``offset`` on."""

    total: int = Field(description="Så många poster motsvarar frågan.", ge=0)
    offset: int = Field(ge=0)
    limit: int = Field(ge=1)
    next: str | None = Field(description="Adressen till nästa sida; null på den sista.")
    prev: str | None = Field(description="Adressen till sidan före; null på den första.")
    items: list[Initiative]


class Understood(Exact):
    """What was read out of the challenge, as ids of the vocabularies."""

    target_groups: list[str]
    themes: list[str]
    settings: list[str]
    regions: list[str]
    municipality: str | None


class Row(Exact):
    """A record that was compared with the challenge."""

    id: str
    name: str
    score: float = Field(description="Att ordna efter, inte att visa: ordet i strength är det som är mätt.")
    strength: Strength


class Suggestion(Row):
    """A record that fits, why, and what speaks against it."""

    reasons: list[str]
    cautions: list[str]
    needs: list[int] = Field(default=[], description="Vilka av behoven i needs den svarar mot, räknat från 1.")


class Related(Row):
    """A support structure, a model or an idea that goes with the challenge."""

    role: Role


class MatchAnswer(Exact):
    """Initiatives that fit a challenge, best first."""

    query: str
    understood: Understood
    no_good_match: bool = Field(description="Sant när inget passar; det närmaste står ändå i results.")
    by_meaning: bool = Field(description="Falskt de första sekunderna, då bara ord jämförs.")
    needs: list[str] = Field(description="Behoven i texten, när den rymmer flera.")
    results: list[Suggestion]
    related: list[Related]


class Entry(BaseModel):
    """An entry of a vocabulary. Which fields it has beside these depends on the vocabulary."""

    model_config = ConfigDict(extra="allow")

    id: str
    label: str
