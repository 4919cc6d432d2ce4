"""What a column can hold, the words its heading may have, and the lists whose layout we know.

Headings are compared half by half, since ESF's projektbank writes pairs ("Startdatum / Start date"), and without regard
to case, accents and underscores. What is not written quite so is found by its likeness (rapidfuzz).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz

from registry.initiative import Initiative
from registry.language import later
from registry.places import fold

# Which column of the file holds what: target id -> heading.
ColumnMapping: TypeAlias = Mapping[str, str]

_ALIKE = 88.0  # rapidfuzz ratio from which two headings mean the same
_PERSON = re.compile(
    r"\b(kontakt\w*|contact\w*|e-?post\w*|e-?mail\w*|telefon\w*|phone|mobil\w*|projektledare|project (leader|manager)|"
    r"handlaggare|personnummer|fornamn|efternamn|first name|last name)\b"
)


@dataclass(frozen=True)
class Target:
    """Something that a column can hold: what it is called, what to think of, and headings it is known by."""

    id: str
    label: str
    help: str
    headings: tuple[str, ...]


TARGETS = (
    Target("external_id", later("Beteckning i listan"), later("Diarienummer eller liknande. Med den känns raden igen när listan läses in på nytt."),
           ("diarienummer", "operation id", "operation unique identifier", "dnr", "projektnummer", "projekt-id", "project id")),
    Target("local_id", later("Beteckning hos stödgivaren"), later("Ett andra diarienummer, om listan har både sitt eget och stödgivarens."),
           ("operation local identifier", "lokal beteckning")),
    Target("name", later("Namn"), later("Krävs. Namn som är längre än 160 tecken kortas; hela namnet följer med som annat namn."),
           ("namn på insatsen", "operation name", "operation name programme language", "projektnamn", "initiativ", "namn", "name", "titel", "title")),
    Target("alias", later("Annat namn"), later("Förkortning, eller namnet på ett annat språk."),
           ("operation name english", "annat namn", "kortnamn", "förkortning", "alias")),
    Target("summary", later("Sammanfattning"), later("Kortas till 300 tecken vid en meningsgräns; hela texten blir beskrivning."),
           ("sammanfattning", "summary", "operation summary programme language", "kort beskrivning", "vad det är")),
    Target("description", later("Beskrivning"), later("Hela texten om hur det fungerar. Formatering tas bort."),
           ("beskrivning", "description", "projektbeskrivning", "om projektet")),
    Target("owner", later("Ägare"), later("Organisationen bakom, aldrig en person."),
           ("stödmottagare", "beneficiary", "beneficiary name", "ägare", "projektägare", "organisation", "owner")),
    Target("partners", later("Samarbetspartner"), later("Flera skiljs åt med semikolon eller lodstreck."),
           ("samarbetspartner", "partner", "partners", "medverkande", "samverkansparter")),
    Target("start", later("Startdatum"), later("Till exempel 2023-01-31, 31/01/2023 eller ett Exceldatum."),
           ("startdatum", "start date", "operation start date", "start")),
    Target("end", later("Slutdatum"), later("Till exempel 2025-12-31, 31/12/2025 eller ett Exceldatum."),
           ("slutdatum", "end date", "operation end date", "operation expected end date", "slut")),
    Target("period", later("Period"), later("Används där start- och slutdatum saknas, till exempel 2021-2027."),
           ("programperiod", "programming period", "period")),
    Target("cost", later("Kostnad"), later("Ett belopp, till exempel 4 973 906. Valutan läses ur rubriken eller en egen kolumn."),
           ("total projektbudget", "total budget sek", "total budget", "total eligible expenditure amount", "totalbudget", "budget")),
    Target("currency", later("Valuta"), later("Används när beloppets rubrik inte säger vilken valuta det är."),
           ("total eligible expenditure currency", "valuta", "currency")),
    Target("funding", later("Finansiering"), later("Fond, program eller programområde."),
           ("programområde", "priority", "programme name", "finansiering", "fond", "funding")),
    Target("regions", later("Län"), later("Länets namn eller kod, eller NUTS 3-kod (SE110). Flera skiljs åt med semikolon."),
           ("län", "nuts3 code", "nuts 3", "county", "region")),
    Target("municipalities", later("Kommun"), later("Kommunens namn eller kod. Flera skiljs åt med semikolon."),
           ("kommun", "kommuner", "municipality")),
    Target("target_groups", later("Målgrupp"), later("Ord ur registrets ordlista. Flera skiljs åt med semikolon."),
           ("målgrupp", "målgrupper", "target group", "target groups")),
    Target("themes", later("Tema"), later("Ord ur registrets ordlista. Flera skiljs åt med semikolon."), ("tema", "teman", "theme", "themes")),
    Target("address", later("Webbadress till källan"), later("Sidan där uppgifterna om just den raden står."),
           ("webbadress", "webbplats till källan", "operation url", "url", "länk")),
)  # fmt: skip

BY_ID = {target.id: target for target in TARGETS}


@dataclass(frozen=True)
class Layout:
    """A list we know. ``prefix`` begins the ids of its rows, ``title`` names it as a source."""

    id: str
    label: str
    prefix: str
    title: str
    signs: frozenset[str]


ESF = Layout(
    "esf",
    later("ESF:s projektbank"),
    "esf",
    "ESF:s projektbank",
    frozenset(("diarienummer", "operation id", "namn pa insatsen")),
)
KOHESIO = Layout("kohesio", later("Kohesio"), "kohesio", "Kohesio", frozenset(("operation unique identifier",)))
OWN = Layout("own", later("Spridbarts egen export"), "", "", frozenset())
OTHER = Layout("other", later("En egen lista"), "lista", "", frozenset())


def layout_of(header: Sequence[str]) -> Layout:
    """The layout that the headings show."""
    ours = [name.partition(" +")[0] for name in header]
    if {"id", "name", "summary"} <= set(ours) and all(name in Initiative.model_fields for name in ours):
        return OWN
    halves = {half for heading in header for half in _halves(heading)}
    return next((layout for layout in (ESF, KOHESIO) if layout.signs <= halves), OTHER)


def suggested_mapping(header: Sequence[str]) -> dict[str, str]:
    """The likeliest column for each target, by heading; targets that no heading is like are left out."""
    likely = [
        (likeness, -place, -order, target.id, heading)
        for place, heading in enumerate(header)
        if not names_persons(heading)
        for order, target in enumerate(TARGETS)
        if (likeness := _likeness(heading, target)) >= _ALIKE
    ]
    mapping: dict[str, str] = {}
    for _, _, _, id, heading in sorted(likely, reverse=True):
        if id not in mapping and heading not in mapping.values():
            mapping[id] = heading
    return mapping


def names_persons(heading: str) -> bool:
    """Whether the column seems to hold persons or ways to reach them: such columns are never read."""
    return any(_PERSON.search(half) for half in _halves(heading))


def is_known_heading(text: str) -> bool:
    """Whether some target, or our own export, is known by just this heading."""
    return text.partition(" +")[0] in Initiative.model_fields or any(half in _KNOWN for half in _halves(text))


def signature(header: Iterable[str]) -> str:
    """Names a layout by its headings, whatever their order: 16 hexadecimal digits."""
    joined = "\n".join(sorted(_plain(heading) for heading in header))
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:16]


def _likeness(heading: str, target: Target) -> float:
    return max(fuzz.ratio(half, known) for half in _halves(heading) for known in _HEADINGS[target.id])


def _halves(heading: str) -> tuple[str, ...]:
    """The whole heading and the halves of a pair, as plain text."""
    return tuple(dict.fromkeys(_plain(part) for part in (heading, *re.split(r"\s/\s|\n", heading))))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[_:]+", " ", fold(text)).split())


_HEADINGS = {target.id: tuple(map(_plain, target.headings)) for target in TARGETS}
_KNOWN = frozenset(heading for headings in _HEADINGS.values() for heading in headings)
