"""What the brief says of the chosen initiatives: what they are, why they fit, what is known of their effects and use."""

from collections.abc import Iterator

import panflute as pf

from briefs.brief import Brief, Choice
from briefs.elements import PICTURE, Inlines, bullets, heading, labelled, paragraph, table, words
from briefs.sources import judgement, notes
from matching.explanation import decapitalised, listed
from registry.field_names import FIELD_NAMES
from registry.initiative import UNKNOWN, Initiative
from registry.places import Places
from registry.values import Evidence, Maturity

_COMPARED = ("form", "owner", "operation", "maturity", "evidence", "cost_band", "legal_forms")


def sections(brief: Brief) -> Iterator[pf.Block]:
    """One section for each initiative, a comparison if there are several, the evidence and where they are used."""
    yield heading("Förslaget" if len(brief.choices) == 1 else "Förslagen")
    for choice in brief.choices:
        yield from _one(choice, brief)
    if len(brief.choices) > 1:
        yield from _side_by_side(brief)
    yield from _evidence(brief)
    yield from _where(brief)


def places_of(brief: Brief) -> tuple[set[str], set[str]]:
    """The län and the municipalities that the initiatives are tied to."""
    records = [choice.record for choice in brief.choices]
    tried = {code for record in records for code in record.tried_in()}
    lan = {code for record in records for code in record.regions if code in brief.places.lan}
    return lan | {code[:2] for code in tried}, tried


def picture_text(brief: Brief) -> str:
    """The same as the picture, in words."""
    lan, tried = places_of(brief)
    parts = []
    if lan:
        parts.append(f"Län: {listed(sorted(brief.places.lan[code] for code in lan), 21)}.")
    if tried:
        names = sorted(brief.places.municipalities[code].name for code in tried)
        parts.append(f"Kommuner: {listed(names, 20)}.")
    return f"Karta över Sverige. {' '.join(parts)}"


def _one(choice: Choice, brief: Brief) -> Iterator[pf.Block]:
    record = choice.record
    yield heading(record.name, 2)
    yield paragraph(record.summary, *notes(record, "summary", "description"))
    if choice.reasons:
        yield labelled("Varför det passar", "så svarar initiativet mot behovet:")
        yield bullets(words(reason) for reason in choice.reasons)
    else:
        yield labelled("Varför det passar", "initiativet är valt av er. Motivera valet här.")
    groups = [decapitalised(brief.vocabulary.label("target_groups", id)) for id in record.target_groups]
    yield labelled("Målgrupp", f"{listed(groups) or UNKNOWN}.", *notes(record, "target_groups"))
    for field in ("core_components", "adaptable_parts"):
        values = getattr(record, field)
        if values:
            yield labelled(FIELD_NAMES[field], f"{'; '.join(values)}.", *notes(record, field))
    cautions = [*choice.cautions, *record.doubts[1:]]
    if cautions:
        yield labelled("Att tänka på", "det här talar emot eller är osäkert:")
        yield bullets(words(caution) for caution in cautions)


def _side_by_side(brief: Brief) -> Iterator[pf.Block]:
    records = [choice.record for choice in brief.choices]
    yield heading("Jämförelse", 2)
    rows = [
        [words(FIELD_NAMES[field]), *(_cell(record, field) for record in records)]
        for field in _COMPARED
        if any(_known(record, field) for record in records)
    ]
    yield table("Det som är känt om minst ett av initiativen", ["Uppgift", *(r.name for r in records)], rows)


def _cell(record: Initiative, field: str) -> Inlines:
    return [*words(_known(record, field) or "Uppgift saknas"), *notes(record, field)]


def _known(record: Initiative, field: str) -> str:
    value = getattr(record, field)
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return "" if text in (UNKNOWN, "okänt") else text


def _evidence(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Vad som är känt om effekten")
    for choice in brief.choices:
        record = choice.record
        assessed = record.evidence is not Evidence.NOT_ASSESSED
        spread = (
            f"Mognad: {record.maturity}."
            if record.maturity is not Maturity.NOT_ASSESSED
            else "Mognaden är inte bedömd."
        )
        yield labelled(
            record.name,
            f"{'Evidens: ' + str(record.evidence) + '.' if assessed else 'Evidensen är inte bedömd.'} {spread} "
            f"{'Resultat: ' + record.outcomes if record.outcomes != UNKNOWN else 'Resultat: uppgift saknas.'}",
            *notes(record, "evidence", "maturity", "outcomes"),
        )
    yield paragraph(
        "Att ett initiativ nämns i en källa är inget bevis för effekt. Fråga den som driver det efter uppföljningar "
        "innan beslut fattas.",
        judgement(),
    )


def _where(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Var det används")
    lan, tried = places_of(brief)
    for choice in brief.choices:
        record = choice.record
        fields = ("municipalities", "regions", "adoptions")
        yield labelled(record.name, _used(record, brief.places), *notes(record, *fields))
        if record.adoptions:
            yield bullets(words(_adoption(record, number, brief.places)) for number in range(len(record.adoptions)))
    if lan or tried:
        yield pf.Para(pf.Image(*words(picture_text(brief)), url=PICTURE, attributes={"width": "4.5cm"}))


def _used(record: Initiative, places: Places) -> str:
    codes = record.tried_in()
    if codes:
        names = [places.municipalities[code].name for code in codes]
        return f"{'används eller har prövats i' if record.is_tried else 'knyts i källorna till'} {listed(names, 10)}."
    regions = [places.region_label(code) for code in record.regions]
    return f"{listed(regions)}. Inga kommuner kända." if regions else "var det används är inte känt."


def _adoption(record: Initiative, number: int, places: Places) -> str:
    adoption = record.adoptions[number]
    year = f" {adoption.year}" if adoption.year else ""
    return f"{places.municipalities[adoption.municipality].name}{year}: {adoption.outcome}"
