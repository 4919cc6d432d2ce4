"""The brief as a document: which sections it has, in which order."""

from collections.abc import Iterator

import panflute as pf

from briefs import initiatives, receiver
from briefs.brief import Brief
from briefs.elements import bullets, heading, labelled, paragraph, quote, words
from briefs.sources import all_sources, cited, judgement
from matching.explanation import decapitalised, listed

_FOLLOW_UP = (
    "Omvärldsspaning till ESF:s stöttning av social innovation, enkätrapport 2025, fråga 4: de som svarade önskar en "
    "uppföljning som förenar kvantitativa indikatorer med kvalitativa berättelser om egenmakt"
)
_NAMED = 60  # characters of the challenge that go into the title


def document(brief: Brief) -> pf.Doc:
    """The whole brief. With a picture of where the initiatives are used."""
    title = f"Beslutsunderlag: {_short(brief.challenge.text)}"
    blocks: list[pf.Block] = []
    for section in (_opening, _proposal, _need, initiatives.sections, receiver.sections, _follow_up, _how_made):
        blocks += section(brief)
    return pf.Doc(*blocks, metadata={"title": title, "lang": "sv-SE", "date": brief.day.isoformat()})


def _opening(brief: Brief) -> Iterator[pf.Block]:
    yield paragraph(
        "Utkast som en tjänsteskrivelse kan utgå från. Handläggaren kontrollerar uppgifterna, fyller i det som saknas "
        "och svarar för innehållet. Allt om initiativen kommer ur Spridbart; fotnoterna visar källan."
    )


def _proposal(brief: Brief) -> Iterator[pf.Block]:
    names = listed([choice.record.name for choice in brief.choices])
    committee = brief.committee or "Nämnden"
    yield heading("Förslag till beslut")
    yield paragraph(
        f"{committee} ger förvaltningen i uppdrag att ta fram en plan för att pröva {names}, med mål, tidplan, "
        "kostnad, finansiering och uppföljning, och att återkomma för beslut om genomförande.",
        judgement("Förslaget är en mall."),
    )
    if any(choice.record.role != "initiativ" or not choice.record.is_tried for choice in brief.choices):
        yield paragraph("Minst ett av förslagen är inte prövat enligt källorna. En förstudie är då det första steget.")


def _need(brief: Brief) -> Iterator[pf.Block]:
    challenge = brief.challenge
    yield heading("Behovet")
    yield paragraph("Så har kommunen beskrivit sitt behov:")
    yield quote(challenge.text)
    groups = [decapitalised(brief.vocabulary.label("target_groups", id)) for id in challenge.values("target_groups")]
    themes = [decapitalised(brief.vocabulary.label("themes", id)) for id in challenge.values("themes")]
    yield labelled("Målgrupp", f"{listed(groups)}." if groups else "framgår inte av texten. Beskriv vilka det gäller.")
    if themes:
        yield labelled("Tema", f"{listed(themes)}.")
    here = challenge.municipality
    if here:
        kind = f", {listed(list(here.settings))}" if here.settings else ""
        yield labelled(
            "Kommunen",
            f"{here.name}, {brief.places.lan[here.lan]}{kind}. Kommungrupp {here.group} {here.group_name}. "
            f"{_thousands(here.population)} invånare den 31 december 2025.",
            cited("Kommungrupp: SKR:s kommungruppsindelning 2023. Folkmängd: SCB"),
        )
    yield labelled("Att fylla i", "hur många det gäller, vad som görs i dag och vad det kostar att inte göra något.")


def _follow_up(brief: Brief) -> Iterator[pf.Block]:
    groups = brief.challenge.values("target_groups")
    whom = decapitalised(brief.vocabulary.label("target_groups", groups[0])) if groups else "målgruppen"
    yield heading("Uppföljning")
    yield paragraph(
        "Bestäm före start vad som ska följas. Båda slagen behövs:", cited(_FOLLOW_UP), judgement("Måtten är förslag.")
    )
    yield bullets(
        [
            words(
                f"Mått: hur många ({whom}) som nås, hur många som fullföljer, och läget efter tre, sex och tolv månader."
            ),
            words("Mått: kostnad per deltagare, och vilka verksamheter som får kostnaden och vinsten."),
            words(
                "Berättelser: deltagarnas egna ord om vad som blev annorlunda, insamlade på samma sätt vid start och slut."
            ),
            words("Egenmakt: om deltagarna är med och bestämmer, och om de själva säger att de styr mer i sin vardag."),
            words("Lärande: vad som ändrades under vägen, vad som slutade att göras och varför."),
        ]
    )


def _how_made(brief: Brief) -> Iterator[pf.Block]:
    yield heading("Så togs underlaget fram")
    yield paragraph(
        f"Underlaget skapades {brief.day.isoformat()} i Spridbart, ett register över sociala innovationer som kan spridas. "
        "Skälen till att ett initiativ passar kommer från en jämförelse av kommunens text med registrets uppgifter. "
        "Att stå i registret är inget bevis för effekt."
    )
    records = [choice.record for choice in brief.choices]
    yield labelled(
        "Versioner", "; ".join(f"{r.name}: version {r.revision}, {r.updated_at:%Y-%m-%d}" for r in records) + "."
    )
    sources = all_sources(records)
    if sources:
        yield labelled("Källor", "det här är alla källor som posterna vilar på.")
        yield bullets(words(source) for source in sources)


def _short(text: str) -> str:
    if len(text) <= _NAMED:
        return text
    return f"{text[:_NAMED].rsplit(' ', 1)[0].rstrip(',.;:')} …"


def _thousands(number: int) -> str:
    """Digits in threes, parted by narrow spaces that do not break."""
    return f"{number:,}".replace(",", "\u202f")
