"""A match as a card: how well it fits, why, where it has been tried, and what to think of."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from matching.explanation import Ground, Reason, listed
from matching.matcher import Match, Matcher
from matching.scoring import Strength
from registry.initiative import Initiative
from registry.values import Maturity
from ui.chosen import carried, compare_button
from ui.context import places
from ui.finding.feedback import ask_whether_it_fits
from ui.language import _, later
from ui.markup import initiative_link, list_of, own_words, with_own_words

STRENGTH_WORDS = {
    Strength.STRONG: ("●●●", later("Passar starkt")),
    Strength.GOOD: ("●●○", later("Passar väl")),
    Strength.POSSIBLE: ("●○○", later("Kan passa")),
    Strength.WEAK: ("○○○", later("Passar svagt")),
}


def show_match(match: Match, matcher: Matcher, facets: tuple[str, ...] = ()) -> None:
    """Shows one match, and asks whether it fits; ``facets`` are the keys of what was understood of the challenge."""
    record = match.initiative
    dots, words = STRENGTH_WORDS[match.strength]
    where = escape(_("Var:"))
    regions = ", ".join(_(places().region_label(code)) for code in record.regions) or _("Plats saknas")
    maturity = (
        _("mognad ej bedömd")
        if record.maturity is Maturity.NOT_ASSESSED
        else _("mognad: {value}").format(value=_(record.maturity))
    )
    with st.container(border=True, key=f"card-{record.id}"):
        st.html(
            f'<article class="sb-card"><div class="sb-head"><h3>{initiative_link(record.id, record.name, carried())}</h3>'
            f'<span class="sb-strength"><span aria-hidden="true">{dots}</span> {escape(_(words))}</span></div>'
            f'<p class="sb-meta">{escape(_(record.form).capitalize())} · {escape(regions)} · {escape(maturity)}</p>'
            f"<p>{own_words(escape(record.summary))}</p>{_answers(match)}{_why(match)}"
            f'<p><span class="sb-label">{where}</span> {escape(matcher.tried(record))}</p>{_cautions(match)}</article>'
        )
        compare_button(record.id)
        ask_whether_it_fits(match, facets)


def show_list(records: Sequence[Initiative]) -> None:
    """Shows records by name, with their summaries."""
    items = (
        f"{initiative_link(record.id, record.name, carried())} ({escape(_(record.role))})<br>{own_words(escape(record.summary))}"
        for record in records
    )
    st.html(list_of(items))


def show_related(related: Sequence[Match]) -> None:
    """Shows support structures, models and ideas, apart from the initiatives themselves."""
    if not related:
        return
    st.header(_("Stöd, förebilder och idéer som hänger ihop med detta"), anchor=False)
    records = (match.initiative for match in related)
    st.html(list_of(f"{initiative_link(r.id, r.name, carried())} ({escape(_(r.role))})" for r in records))


def _answers(match: Match) -> str:
    if not match.needs:
        return ""
    numbers = listed([str(need + 1) for need in match.needs])
    return f'<p><span class="sb-label">{escape(_("Svarar mot behov:"))}</span> {numbers}</p>'


def _why(match: Match) -> str:
    sentence = next((r.text for r in match.reasons if r.ground is Ground.SENTENCE), None)
    others = [reason for reason in match.reasons if reason.ground is not Ground.SENTENCE]
    html = ""
    if others:
        html += f'<p class="sb-label">{escape(_("Varför"))}</p>{_listed(others)}'
    if sentence:
        html += f'<p class="sb-label">{escape(_("Känner ni igen er?"))}</p>'
        html += f'<p class="sb-quote">{own_words(f"”{escape(sentence)}”")}</p>'
    return html


def _cautions(match: Match) -> str:
    if not match.cautions:
        return ""
    return f'<p class="sb-label">{escape(_("Tänk på"))}</p>{_listed(match.cautions)}'


def _listed(reasons: Sequence[Reason]) -> str:
    return list_of(with_own_words(reason.text, reason.own) for reason in reasons)
