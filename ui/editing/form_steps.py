"""The form's steps: which fields stand in which, how each is filled in, and what helps a colleague to do it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from registry.initiative import CLAIMED_FIELDS, CLAIMED_VALUES
from registry.places import COUNTRIES, NATIONAL, NATIONAL_LABEL, swedish_order
from registry.values import Evidence, Form, Maturity, Operation, Role, Sector, Setting
from registry.vocabulary import PolicyObject, Term
from ui.context import places, vocabulary
from ui.language import _, later


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "one line"
    TEXT = "paragraphs"
    LINES = "an item a line"
    CHOICE = "one of several"
    CHOICES = "any of several"
    LINKS = "rows of title and address"
    ADOPTIONS = "rows of municipality, year and outcome"
    DAY = "a date"


@dataclass(frozen=True)
class Entry:
    """A field in the form; ``hint`` says what to write."""

    field: str
    kind: Kind
    hint: str

    @property
    def takes_sources(self) -> bool:
        """Whether sources are given beside it."""
        return self.field in (*CLAIMED_FIELDS, *CLAIMED_VALUES, "summary", "description", "contact_function")


@dataclass(frozen=True)
class Step:
    """A page of the form."""

    title: str
    lead: str
    entries: tuple[Entry, ...]


SOURCES, REVIEW = later("Källor"), later("Granska")
STEP_KEY = "steg"  # in the address, too

STEPS = (
    Step(
        later("Grunduppgifter"),
        later("Vad initiativet heter och vad det är. Namn, form, sammanfattning och beskrivning måste fyllas i."),
        (
            Entry("name", Kind.LINE, later("Det namn som används om initiativet, högst 160 tecken. Skriv ut förkortningar.")),
            Entry("aliases", Kind.LINES, later("Andra namn, tidigare namn och förkortningar. Ett namn på varje rad.")),
            Entry("form", Kind.CHOICE, later("Vad för slags sak det är: ett sätt att arbeta, en verksamhet, en produkt …")),
            Entry("role", Kind.CHOICE, later("Välj initiativ om en kommun kan ta över det. Bara initiativ visas som träffar.")),
            Entry(
                "summary",
                Kind.TEXT,
                later("En till två meningar, högst 300 tecken: vad det är, för vem och vad det ska leda till. "
                "Skriv så att den som aldrig hört talas om det förstår."),
            ),
            Entry("owner", Kind.LINE, later("Den organisation som ansvarar. Aldrig en persons namn.")),
            Entry("partners", Kind.LINES, later("Organisationer som medverkar. En på varje rad.")),
            Entry("sectors", Kind.CHOICES, later("Vilka slags organisationer som driver det.")),
            Entry(
                "contact_function",
                Kind.LINE,
                later("Den funktion som svarar på frågor, till exempel ”Enheten för social hållbarhet”. "
                "Namn på personer, e-postadresser och telefonnummer får inte stå i registret."),
            ),
            Entry("category", Kind.LINE, later("Rubriken i enkätrapporten 2025, om initiativet nämns där. Annars tomt.")),
        ),
    ),
    Step(
        later("Målgrupp och tema"),
        later("Vem det är till för, vad det handlar om och hur behovet låter i vardagen."),
        (
            Entry(
                "target_groups",
                Kind.CHOICES,
                later("Skriv några bokstäver för att söka i listan. Ta bara med grupper som källan nämner, eller märk "
                "uppgiften som redaktionell bedömning."),
            ),
            Entry("themes", Kind.CHOICES, later("Det eller de områden som initiativet handlar om. Sällan fler än tre.")),
            Entry(
                "situations",
                Kind.LINES,
                later("6–12 meningar i vardagsord så som en handläggare, en anhörig eller en deltagare skulle säga det, "
                "en på varje rad. De visas under ”Känner ni igen er?” och hjälper sökningen mest av allt."),
            ),
            Entry(
                "search_phrases",
                Kind.LINES,
                later("Ord och fraser som bara hjälper sökningen, också på engelska. De visas aldrig. En på varje rad."),
            ),
        ),
    ),
    Step(
        later("Plats"),
        later("Var det finns och vilka slags platser det är tänkt för."),
        (
            Entry("settings", Kind.CHOICES, later("Slags platser som det är avsett för, enligt källan.")),
            Entry("regions", Kind.CHOICES, later("Län där det finns. Välj Hela Sverige om det är nationellt, eller ett land.")),
            Entry("municipalities", Kind.CHOICES, later("Kommuner där det finns eller har prövats. Skriv för att söka.")),
            Entry("adoptions", Kind.ADOPTIONS, later("Kommuner som har prövat det, när, och vad det ledde till. Ta med det som lades ner.")),
        ),
    ),
    Step(
        later("Så fungerar det"),
        later("Vad man gör, vad som är kärnan och vad en ny kommun måste ha."),
        (
            Entry(
                "description",
                Kind.TEXT,
                later("Hur det går till, steg för steg. Tom rad ger nytt stycke. Skriv med egna ord; citat hör hemma i källorna."),
            ),
            Entry("core_components", Kind.LINES, later("Det som måste vara med för att det ska vara samma sak. En sak på varje rad.")),
            Entry("adaptable_parts", Kind.LINES, later("Det som kan ändras efter lokala förutsättningar. En sak på varje rad.")),
            Entry("prerequisites", Kind.LINES, later("Vad mottagaren behöver ha på plats. Ett krav på varje rad.")),
            Entry("boundary_spanner", Kind.TEXT, later("Vem som håller ihop arbetet över organisationsgränser, som funktion.")),
            Entry("outcomes", Kind.TEXT, later("Vad det har lett till, så som källan säger det. Skriv vad siffror avser.")),
        ),
    ),
    Step(
        later("Spridning"),
        later("Hur långt det har kommit och vad det kostar att ta över."),
        (
            Entry("period", Kind.LINE, later("Till exempel ”2021–2024” eller ”sedan 2019”.")),
            Entry("operation", Kind.CHOICE, later("Om det pågår i dag. Låt stå på okänt om ingen källa säger det.")),
            Entry(
                "maturity",
                Kind.CHOICE,
                later("Prövad: har körts minst en gång. Paketerad: det finns handledning att ta över. Spridd: används på "
                "flera håll. Att nämnas i en rapport räcker inte; låt då stå på ej bedömd."),
            ),
            Entry(
                "evidence",
                Kind.CHOICE,
                later("Vad påståenden om effekt vilar på. Beskriven: någon har berättat. Ej bedömd om ingen källa säger något."),
            ),
            Entry("cost_band", Kind.LINE, later("Vad det kostar och vad summan avser, enligt källan.")),
            Entry("payer_and_beneficiary", Kind.TEXT, later("Vem som betalar och var nyttan hamnar, om det är olika.")),
            Entry("legal_forms", Kind.LINES, later("Till exempel IOP, LOV, avtalssamverkan eller Finsam. En på varje rad.")),
            Entry("funding", Kind.LINES, later("Vad det finansieras med. En källa till pengar på varje rad.")),
            Entry("barriers", Kind.CHOICES, later("Hinder för spridning, ur enkätrapportens lista.")),
            Entry("policy_links", Kind.CHOICES, later("Lagar, program och fonder som öppnar eller begränsar.")),
        ),
    ),
    Step(
        SOURCES,
        later("Alla källor på ett ställe, det som är osäkert, och när uppgifterna kontrollerades."),
        (
            Entry("links", Kind.LINKS, later("Sidor att läsa vidare på.")),
            Entry("doubts", Kind.LINES, later("Det som källorna lämnar öppet eller säger olika om. Visas för läsaren. En sak på varje rad.")),
            Entry("last_verified", Kind.DAY, later("Dagen då någon senast läste källorna och såg att uppgifterna stämmer.")),
        ),
    ),
    Step(REVIEW, later("Se efter att allt stämmer och skicka till granskning."), ()),
)  # fmt: skip


def step_of(field: str) -> Step:
    """The step where the field is filled in."""
    return next((step for step in STEPS if any(entry.field == field for entry in step.entries)), STEPS[-2])


def go_to(title: str) -> None:
    """Leads to the step with this title."""
    st.session_state[STEP_KEY] = title


def options(field: str) -> dict[str, str]:
    """What can be chosen in the field, value to label, in Swedish order; scales keep their own order."""
    if field in _SCALES:
        return {member.value: _(member).capitalize() for member in _SCALES[field]}
    found = _found(field)
    ordered = dict(sorted(found.items(), key=lambda option: swedish_order(option[1])))
    return (
        {code: _(name) for code, name in {NATIONAL: NATIONAL_LABEL, **ordered, **COUNTRIES}.items()}
        if field == "regions"
        else ordered
    )


_SCALES: dict[str, type[StrEnum]] = {"role": Role, "operation": Operation, "maturity": Maturity, "evidence": Evidence}
_SETS: dict[str, type[StrEnum]] = {"form": Form, "sectors": Sector, "settings": Setting}


def _found(field: str) -> dict[str, str]:
    if field in _SETS:
        return {member.value: _(member).capitalize() for member in _SETS[field]}
    if field == "regions":
        return places().lan
    if field == "municipalities":
        return {code: place.name for code, place in places().municipalities.items()}
    if field == "barriers":
        return vocabulary().barriers
    terms: dict[str, Mapping[str, Term | PolicyObject]] = {
        "target_groups": vocabulary().target_groups,
        "themes": vocabulary().themes,
        "policy_links": vocabulary().policy_objects,
    }
    return {id: entry.label for id, entry in terms[field].items()}
