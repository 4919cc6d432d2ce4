"""What the brief says of the receiver: what is needed, what is missing, who to work with, money and obstacles."""

from collections.abc import Iterator

import panflute as pf

from briefs.brief import Brief
from briefs.elements import Inlines, bullets, heading, labelled, paragraph, table, words
from briefs.sources import cited, judgement, notes
from matching.explanation import decapitalised, listed
from registry.adopting.funding import Support, Way
from registry.adopting.policy import Reason, Window
from registry.adopting.readiness import Kind, Question, Readiness, Step
from registry.field_names import FIELD_NAMES
from registry.initiative import UNKNOWN


def sections(brief: Brief) -> Iterator[pf.Block]:
    """Prerequisites and gaps, partners, cost and funding, policy windows, obstacles with counter-measures."""
    for section in (_prerequisites, _partners, _money, _windows, _obstacles):
        yield from section(brief)


def _prerequisites(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Vad som krävs av oss")
    for choice in brief.choices:
        yield heading(choice.record.name, 2)
        if choice.readiness:
            yield from _gaps(choice.readiness)
        else:
            yield paragraph("Mottagarkollen är inte gjord. Vi behöver ta reda på om det här finns hos oss:")
            asked = [q for q in choice.questions if q.kind is not Kind.BARRIER]
            yield bullets(words(question.subject) for question in asked)


def _gaps(readiness: Readiness) -> Iterator[pf.Block]:
    yield paragraph(f"Enligt vår mottagarkoll: {readiness.summary}.")
    for label, found in (
        ("På plats", readiness.in_place),
        ("Delvis på plats", readiness.partly),
        ("Saknas", readiness.missing),
        ("Vet vi inte", (*readiness.unknown, *readiness.unanswered)),
    ):
        if found:
            yield labelled(label, f"{'; '.join(question.subject for question in found)}.")
    if readiness.steps:
        yield labelled("Första steg", "för det som saknas eller är oklart:", judgement())
        yield bullets(_step(step) for step in readiness.steps)


def _step(step: Step) -> Inlines:
    against = (
        [*words(f" Motåtgärd enligt källan: {step.countermeasure}"), cited(step.source)] if step.countermeasure else []
    )
    return [*words(f"{step.question.subject}: {step.text}"), *([pf.Space, *against] if against else [])]


def _partners(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Vilka vi behöver samverka med")
    for choice in brief.choices:
        record = choice.record
        partners = ", ".join(record.partners)
        yield labelled(
            record.name,
            f"Ägare är {record.owner}. " * (record.owner != UNKNOWN)
            + (f"Samarbetspartner där det används: {partners}." if partners else "Samarbetspartner: uppgift saknas."),
            *notes(record, "owner", "partners"),
        )
        if record.boundary_spanner != UNKNOWN:
            yield labelled(f"Gränsgångare i {record.name}", record.boundary_spanner, *notes(record, "boundary_spanner"))


def _money(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Kostnad och finansiering")
    for choice in brief.choices:
        yield heading(choice.record.name, 2)
        for field in ("cost_band", "payer_and_beneficiary", "funding", "legal_forms"):
            value = getattr(choice.record, field)
            known = "; ".join(value) if isinstance(value, tuple) else value
            yield labelled(
                FIELD_NAMES[field],
                known if known and known != UNKNOWN else "uppgift saknas.",
                *notes(choice.record, field),
            )
    if any(choice.ways for choice in brief.choices):
        yield _ways(brief)


def _ways(brief: Brief) -> pf.Block:
    """The ways of all initiatives in one table, each once."""
    names: dict[str, list[str]] = {}
    ways: dict[str, Way] = {}
    for choice in brief.choices:
        for open_way in choice.ways:
            ways[open_way.way.id] = open_way.way
            names.setdefault(open_way.way.id, []).append(choice.record.name)
    stages = brief.rules.path.stages
    return table(
        "Vägar till finansiering som kan passa. Urvalet är en redaktionell bedömning",
        ["Väg", *(stage.label for stage in stages), "Tänk på"],
        [
            [
                words(
                    way.label if len(names[way.id]) == len(brief.choices) else f"{way.label} ({listed(names[way.id])})"
                ),
                *(_support(way.stages.get(stage.id)) for stage in stages),
                [*words(way.limit.text), _way_sources(way)],
            ]
            for way in ways.values()
        ],
    )


def _support(support: Support | None) -> Inlines:
    return words(f"{support.status.capitalize()}. {support.text}" if support else "Uppgift saknas")


def _way_sources(way: Way) -> pf.Note:
    return cited("; ".join(dict.fromkeys((*(support.source for support in way.stages.values()), way.limit.source))))


def _windows(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Policyfönster")
    yield paragraph("Lagar, program och uppdrag som kan bära förslaget. Läget kan ha ändrats: kontrollera mot källan.")
    found: dict[str, list[tuple[str, Window]]] = {}
    for choice in brief.choices:
        for window in choice.windows:
            found.setdefault(window.policy_object.id, []).append((choice.record.name, window))
    if not found:
        yield paragraph("Inget policyfönster är känt.")
        return
    yield bullets(_window(open_for, brief) for open_for in found.values())


def _window(open_for: list[tuple[str, Window]], brief: Brief) -> Inlines:
    """One policy object, and why each of the initiatives can use it."""
    about = open_for[0][1].policy_object
    whys = " ".join(f"{name}: {_why(window.reasons[0])}" for name, window in open_for)
    return [
        pf.Strong(*words(f"{about.label}.")),
        pf.Space,
        *words(f"{about.opportunity} Begränsning: {decapitalised(about.limitation)} {whys}"),
        cited(brief.rules.policy.cite(about.source)),
    ]


def _why(reason: Reason) -> str:
    return f"passar därför att {reason.text} (redaktionell bedömning)." if reason.rule else reason.text


def _obstacles(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Hinder och vad vi kan göra åt dem")
    asked = {q.id: q for choice in brief.choices for q in choice.questions if q.kind is Kind.BARRIER}
    if not asked:
        yield paragraph("Inga hinder är kända.")
        return
    yield bullets(_obstacle(question, brief) for question in asked.values())


def _obstacle(question: Question, brief: Brief) -> Inlines:
    against = brief.rules.guide.barrier(question.id.partition(".")[2])
    return [
        *words(f"{question.why} Motåtgärd enligt källan: {against.countermeasure}"),
        cited(against.source),
        pf.Space,
        *words(f"Mottagarkollens fråga: {question.text}"),
    ]
