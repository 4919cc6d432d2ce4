"""In Hitta, where nothing fits or fits well: the way to report the need, on purpose and after reading the text through."""

from collections.abc import Sequence
from hashlib import blake2b
from html import escape

import streamlit as st

from matching.challenge import Facet
from matching.matcher import MatchResult
from registry.errors import RegistryError
from registry.inbox.reported_needs import LONGEST, MOST_A_VISIT, ReportedNeed
from registry.person_names import find_person_name
from registry.places import swedish_order
from registry.wording import for_visitors
from ui.context import context, places
from ui.finding.understood import facet_words
from ui.inbox.visit import visit
from ui.inbox.words_of_needs import place_words, term_words
from ui.language import _
from ui.markup import facts, page_link, paragraph

_KEPT = ("target_groups", "themes", "settings")


@st.fragment
def offer_to_report(result: MatchResult) -> None:
    """Shows the box: the text, what was understood of it, the place, and what is stored when it is sent."""
    key = f"need {blake2b(result.challenge.text.encode(), digest_size=8).hexdigest()}"
    stored: ReportedNeed | None = st.session_state.get(f"{key} stored")
    if stored:
        _thank(stored)
        return
    with st.expander(_("Anmäl behovet till MSI"), key=f"{key} box", icon=":material/outgoing_mail:"):
        st.html(
            paragraph(
                _(
                    "Då ser MSI och ESF att något saknas. Texten nedan sparas bara om ni skickar den. Läs igenom den först: "
                    "skriv inga namn, adresser eller annat som pekar ut en person."
                )
            )
        )
        _form(result, key)


def _form(result: MatchResult, key: str) -> None:
    text = st.text_area(_("Behovet"), result.challenge.text[:LONGEST], key=f"{key} text", max_chars=LONGEST, height=140)
    _warn_of_names(text)
    _tick([facet for facet in result.challenge.facets if facet.field in _KEPT], key)
    codes = sorted(places().municipalities, key=lambda code: swedish_order(places().municipalities[code].name))
    here = result.challenge.municipality
    municipality = st.selectbox(
        _("Vilken kommun gäller det? (frivilligt)"),
        codes,
        index=codes.index(here.code) if here else None,
        format_func=lambda code: places().municipalities[code].name,
        placeholder=_("Välj kommun"),
        key=f"{key} place",
    )
    st.checkbox(
        _("Spara bara vilket slags kommun det är (SKR:s kommungrupp), inte vilken"),
        key=f"{key} only group",
        disabled=not municipality,
    )
    read = st.checkbox(_("Jag har läst igenom texten; den innehåller inga personuppgifter"), key=f"{key} read")
    st.button(_("Skicka behovet"), key=f"{key} send", type="primary", disabled=not read, on_click=_send, args=(key,))
    if not read:
        st.html(paragraph(_("Kryssa för att ni har läst igenom texten, så går den att skicka."), "sb-meta"))
    problem = st.session_state.get(f"{key} problem")
    if problem:
        st.error(problem)


def _tick(facets: Sequence[Facet], key: str) -> None:
    """What was understood, each of which can be unticked."""
    if facets:
        by_key = {facet.key: facet for facet in facets}
        st.pills(
            _("Så förstod vi behovet (tryck för att ta bort det som inte stämmer)"),
            list(by_key),
            format_func=lambda each: facet_words(by_key[each]),
            selection_mode="multi",
            default=list(by_key),
            key=f"{key} facets",
        )


def _warn_of_names(text: str | None) -> None:
    known = [municipality.name for municipality in places().municipalities.values()]
    name = find_person_name(text or "", [*known, *places().lan.values()])
    if name:
        st.warning(_("”{name}” ser ut att vara en persons namn. Ta i så fall bort det.").format(name=name))


def _send(key: str) -> None:
    st.session_state.pop(f"{key} problem", None)
    try:
        stored = context().needs.report(
            _need(key),
            visit=visit("behov", MOST_A_VISIT),
            only_group=bool(st.session_state.get(f"{key} only group")),
        )
    except RegistryError as error:
        st.session_state[f"{key} problem"] = for_visitors(error)
    else:
        st.session_state[f"{key} stored"] = stored


def _need(key: str) -> ReportedNeed:
    """What stands in the form now; what the last run of the page saw may be older than the text."""
    return ReportedNeed(
        st.session_state.get(f"{key} text") or "",
        target_groups=_kept(key, "target_groups"),
        themes=_kept(key, "themes"),
        settings=_kept(key, "settings"),
        municipality=st.session_state.get(f"{key} place") or "",
    )


def _kept(key: str, field: str) -> tuple[str, ...]:
    """The values of this field that were understood and not unticked."""
    facets = st.session_state.get(f"{key} facets") or ()
    return tuple(facet.removeprefix(f"{field}.") for facet in facets if facet.startswith(f"{field}."))


def _thank(need: ReportedNeed) -> None:
    said = [
        (_("Dag"), need.day.isoformat()),
        (_("Text"), escape(need.text)),
        (_("Målgrupp"), escape(term_words("target_groups", need.target_groups))),
        (_("Tema"), escape(term_words("themes", need.themes))),
        (_("Slags plats"), escape(term_words("settings", need.settings))),
        (_("Kommun"), escape(place_words(need))),
    ]
    st.html(
        f'<div class="sb-calm"><p role="status"><strong>{escape(_("Tack. Behovet är anmält."))}</strong> '
        f"{escape(_('Det här sparades, och inget annat. Texten läses av MSI innan andra kan se den.'))}</p>{facts(said)}"
        f"<p>{page_link('behov', _('Se vilka behov som har anmälts'))}</p></div>"
    )
