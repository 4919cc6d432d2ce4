"""Hitta: one box for keywords and whole challenges, and the initiatives that fit."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from matching.matcher import MatchResult
from matching.scoring import Strength
from registry.exploring.filters import Filters
from registry.exporting.exports import as_csv
from registry.initiative import Initiative
from registry.places import Municipality, swedish_order
from registry.values import Maturity, Setting
from ui.choices import choose_municipality, choose_values, say_what_is_gone
from ui.context import context, places, vocabulary
from ui.finding.cards import show_list, show_match, show_related
from ui.finding.reporting import offer_to_report
from ui.finding.understood import facet_keys, forget_removed, show_needs, show_on_paper, show_understood
from ui.language import _, later, ngettext
from ui.markup import filter_link, own_words, page_link, paragraph
from ui.own_words import mark_own_words
from ui.problems import shown_calmly

EXAMPLES = (
    later("UVAS i glesbygd"),
    later("Ensamma äldre som inte klarar e-tjänster"),
    later("Utländska akademiker utan jobb"),
)
_MOST = 20
_MOST_THEMES = 4
_FITS_WELL = (Strength.STRONG, Strength.GOOD)
_ENTER_SEARCHES = Path(__file__).with_name("enter_searches.html").read_text(encoding="utf-8")


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Vilken utmaning står ni inför?"), anchor=False)
    mark_own_words()
    text = _box()
    municipality = _municipality()
    filters = _filters()
    if text.strip():
        _answer(text, municipality, filters)
    elif filters:
        _browse(filters)
    else:
        _welcome()


def _box() -> str:
    text = st.text_area(
        _("Beskriv er utmaning"),
        key="q",
        bind="query-params",
        height="content",
        placeholder=_("Skriv några ord eller klistra in ett stycke ur ett ärende …"),
        on_change=forget_removed,
    )
    st.html(_ENTER_SEARCHES, unsafe_allow_javascript=True)
    with st.container(horizontal=True, vertical_alignment="center", key="examples"):
        st.button(_("Sök"), type="primary")
        st.markdown(_("Prova:"))
        for example in EXAMPLES:
            st.button(_(example), type="tertiary", on_click=_try, args=(_(example),))
    return text or ""


def _municipality() -> Municipality | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return choose_municipality(_("Då ser ni också vad som har prövats i kommuner som liknar er."))


def _filters() -> Filters:
    boxes = _boxes()
    with st.expander(_("Filter: målgrupp, tema, län, plats, mognad")):
        chosen = {parameter: choose_values(label, parameter, words) for parameter, (label, words) in boxes.items()}
        st.button(_("Rensa filter"), on_click=_clear, type="tertiary")
    say_what_is_gone({parameter: words for parameter, (_label, words) in boxes.items()})
    named = [_named(parameter, boxes[parameter][1][id]) for parameter, ids in chosen.items() for id in ids]
    if named:
        st.html(f'<p class="sb-meta">{escape(_("Valda filter: {filters}.")).format(filters="; ".join(named))}</p>')
    return Filters(chosen["malgrupp"], chosen["tema"], chosen["lan"], chosen["plats"], chosen["mognad"])


def _named(parameter: str, words: str) -> str:
    return own_words(escape(words)) if parameter in ("malgrupp", "tema") else escape(words)


def _boxes() -> dict[str, tuple[str, dict[str, str]]]:
    """The filters: parameter of the address -> its label, and its values in words by id."""
    terms = vocabulary()
    return {
        "malgrupp": (_("Målgrupp"), {id: term.label for id, term in terms.target_groups.items()}),
        "tema": (_("Tema"), {id: term.label for id, term in terms.themes.items()}),
        "lan": (_("Län"), dict(places().lan)),
        "plats": (_("Plats"), {setting.value: _(setting).capitalize() for setting in Setting}),
        "mognad": (_("Mognad"), {maturity.value: _(maturity).capitalize() for maturity in Maturity}),
    }


def _answer(text: str, municipality: Municipality | None, filters: Filters) -> None:
    live = context().live
    removed = st.query_params.get_all("utan")
    result = live.current.match(text, municipality=municipality, filters=filters, without=removed, limit=_MOST)
    show_understood(result, removed)
    show_on_paper(result)
    show_needs(result)
    if not result.by_meaning:
        _say_words_only(live.waiting)
    if result.no_good_match:
        _nothing_fits(result)
        offer_to_report(result)
        return
    _announce(_found(result))
    _ways_on(text, municipality, result)
    facets = facet_keys(result)
    for match in result.fitting:
        show_match(match, live.current, facets)
    show_related(result.related)
    if not any(match.strength in _FITS_WELL for match in result.fitting):
        offer_to_report(result)


def _found(result: MatchResult) -> str:
    strong = sum(match.strength == "stark" for match in result.fitting)
    found = len(result.fitting)
    words = ngettext("Hittade {n} initiativ", "Hittade {n} initiativ", found).format(n=found)
    if strong:
        words += ngettext(" – {n} passar starkt", " – {n} passar starkt", strong).format(n=strong)
    return words


def _ways_on(text: str, municipality: Municipality | None, result: MatchResult) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="results"):
        _download([match.initiative for match in result.fitting])
        place = {"kommun": municipality.name} if municipality else {}
        st.html(page_link("beslutsunderlag", _("Gör beslutsunderlag"), q=text, **place), width="content")
        if municipality:
            words = _("Kommuner som {name}").format(name=municipality.name)
            st.html(page_link("kommuner", words, **place), width="content")


def _announce(words: str) -> None:
    st.html(f'<div role="status"><h2 class="sb-found">{escape(words)}</h2></div>')


def _browse(filters: Filters) -> None:
    allowed = [record for record in context().live.current.index.records if filters.allow(record)]
    found = len(allowed)
    _announce(ngettext("{n} post motsvarar filtren", "{n} poster motsvarar filtren", found).format(n=found))
    if not allowed:
        st.html(paragraph(_("Ta bort något filter, eller beskriv er utmaning med egna ord.")))
        return
    _download(allowed)
    show_list(sorted(allowed, key=lambda record: swedish_order(record.name)))


def _download(records: Sequence[Initiative]) -> None:
    st.download_button(
        _("Ladda ner som CSV"), as_csv(list(records)), "spridbart.csv", "text/csv", on_click="ignore", type="tertiary"
    )


@st.fragment(run_every=1.0)
def _wait_for_meaning() -> None:
    st.html(f'<p role="status">{escape(_("Söker på ord; på betydelse om några sekunder."))}</p>')
    if not context().live.waiting:
        st.rerun()


def _say_words_only(waiting: bool) -> None:
    if waiting:
        _wait_for_meaning()
    else:
        st.html(paragraph(_("Söker bara på ord just nu: språkmodellen gick inte att läsa in.")))


def _nothing_fits(result: MatchResult) -> None:
    words = _(
        "Registret handlar om social inkludering, arbetsmarknad och utbildning. Beskriv gärna vilka personer det gäller "
        "och vad som behöver bli bättre för dem, eller ta bort filter."
    )
    st.html(
        f'<div class="sb-calm" role="status"><h2 class="sb-found">{escape(_("Inget passar riktigt bra"))}</h2>'
        f"{paragraph(words)}{_nearest_themes(result)}</div>"
    )
    if result.matches:
        with st.expander(_("Visa det som ligger närmast ändå")):
            for match in result.matches[:3]:
                show_match(match, context().live.current, facet_keys(result))


def _nearest_themes(result: MatchResult) -> str:
    """The themes of the nearest records, as links to what the registry has on them."""
    nearest = dict.fromkeys(theme for match in result.matches[:3] for theme in match.initiative.themes)
    shown = list(nearest)[:_MOST_THEMES]
    links = ", ".join(filter_link("tema", id, vocabulary().label("themes", id)) for id in shown)
    return f"<p>{escape(_('Närmaste teman:'))} {links}.</p>" if links else ""


def _welcome() -> None:
    records = context().live.current.index.records
    lead = _(
        "Sök bland {n} poster om sociala innovationer som kan spridas: vad som passar er utmaning, varför, var det har "
        "prövats och vad som krävs. Varje uppgift har en källa eller är märkt som vår bedömning."
    )
    how = _(
        "Skriv som ni skulle säga det till en kollega, eller klistra in ett stycke ur en tjänsteskrivelse. "
        "Nämner ni kommunen visar vi vad liknande kommuner har prövat. Sökningar sparas inte."
    )
    st.html(paragraph(lead.format(n=len(records)), "sb-lead") + paragraph(how))


def _try(example: str) -> None:
    st.session_state["q"] = example
    forget_removed()


def _clear() -> None:
    for parameter in _boxes():
        st.query_params.pop(parameter, None)


page()
