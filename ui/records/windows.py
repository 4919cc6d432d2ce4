"""An initiative's policy windows and its funding path, with the reasons; and how both are put in words."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from registry.adopting.funding import FundingPath, Standing, Support, Way, load_funding_path, ways_for
from registry.adopting.policy import Policy, Reason, Window, load_policy
from registry.adopting.rules import Facet
from registry.initiative import Initiative
from registry.values import Basis
from registry.vocabulary import PolicyObject
from ui.context import vocabulary
from ui.field_words import field_word, value_html
from ui.language import _, later
from ui.markup import facts, own_words, page_link, paragraph, sentence

_STANDING = {
    Standing.EXISTS: later("Finns"),
    Standing.UNDECIDED: later("Obestämt"),
    Standing.WISHED: later("Önskat, finns inte"),
}


@st.cache_resource(show_spinner=False)
def policy() -> Policy:
    """The policy objects with their dates and rules."""
    return load_policy(vocabulary())


@st.cache_resource(show_spinner=False)
def funding_path() -> FundingPath:
    """The funding path."""
    return load_funding_path(policy())


def show_windows(record: Initiative) -> None:
    """Shows which laws, programmes and funds the initiative can use, and why."""
    windows = policy().windows_for(record)
    st.header(_("Policyfönster"), anchor=False)
    if not windows:
        st.html(paragraph(_("Inget policyfönster är känt för initiativet.")))
        return
    st.html(
        paragraph(_("Läget är det som Rambolls kartläggning beskrev i juni 2025. Kontrollera mot källan."), "sb-meta")
        + "".join(_window(window) for window in windows)
        + f"<p>{page_link('policyfonster', _('Alla policyfönster'))}</p>"
    )


def show_funding_path(record: Initiative) -> None:
    """Shows what can pay for or carry each stage of taking up the initiative."""
    ways = ways_for(record, funding_path(), policy())
    st.header(_("Vägen till finansiering"), anchor=False)
    st.html(
        paragraph(
            _("Vad underlagen säger om vägar som kan passa initiativet. Urvalet är en redaktionell bedömning."),
            "sb-meta",
        )
        + "".join(_way(open_way.way) for open_way in ways)
    )


def object_facts(entry: PolicyObject) -> str:
    """What a policy object makes possible and limits, when, and where that stands."""
    dates = [f"{dated.what}: {dated.when}" for dated in policy().entries[entry.id].dates]
    when = (
        own_words("<br>".join(map(escape, dates)))
        if dates
        else f'<span class="sb-unknown">{_("Uppgift saknas")}</span>'
    )
    return facts(
        [
            (_("Möjliggör"), own_words(escape(entry.opportunity))),
            (_("Begränsar"), own_words(escape(entry.limitation))),
            (_("Tid"), when),
            (_("Källa"), own_words(escape(policy().cite(entry.source)))),
        ]
    )


def met_words(met: Iterable[tuple[Facet, str]]) -> str:
    """Facets and values in words, as HTML: "målgrupp Unga; tema Språkutveckling"."""
    by_facet: dict[str, list[str]] = {}
    for facet, value in met:
        by_facet.setdefault(escape(field_word(facet).lower()), []).append(value_html(facet, value))
    return "; ".join(f"{facet} {', '.join(values)}" for facet, values in by_facet.items())


def funding_table(ways: Sequence[Way]) -> str:
    """The ways as rows, the stages as columns; what no source says is said to be unknown."""
    stages = funding_path().stages
    head = "".join(f'<th scope="col">{own_words(escape(stage.label))}</th>' for stage in stages)
    rows = "".join(
        f'<tr><th scope="row">{own_words(escape(way.label))}</th>'
        + "".join(f"<td>{_stage(way.stages.get(stage.id))}</td>" for stage in stages)
        + f"<td>{_sourced(way.limit.text, way.limit.source)}</td></tr>"
        for way in ways
    )
    return (
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{_("Vägen till finansiering")}">'
        f'<table class="sb-compare sb-path"><thead><tr><th scope="col">{_("Väg")}</th>{head}'
        f'<th scope="col">{_("Tänk på")}</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _way(way: Way) -> str:
    rows = [(stage.label, _stage(way.stages.get(stage.id))) for stage in funding_path().stages]
    rows.append((_("Tänk på"), _sourced(way.limit.text, way.limit.source)))
    return f'<section class="sb-window"><h3>{own_words(escape(way.label))}</h3>{facts(rows)}</section>'


def _window(window: Window) -> str:
    entry = window.policy_object
    impact = _("direkt påverkan") if entry.impact == "direkt" else _("indirekt påverkan")
    return (
        f'<section class="sb-window"><h3>{own_words(escape(entry.label))} <small class="sb-basis">{impact}</small></h3>'
        f"{''.join(_reason(reason) for reason in window.reasons)}{object_facts(entry)}</section>"
    )


def _reason(reason: Reason) -> str:
    if reason.rule is None:
        return stated(reason)
    fits = sentence(_("Passar därför att {why}."), why=reason.text)
    met = escape(_("Stämmer på {values}.")).format(values=met_words(reason.met))
    return f'<p>{fits} {met} <small class="sb-basis">{rule_basis(reason)}</small></p>'


def stated(reason: Reason) -> str:
    """What a record states itself, and what that rests on, as HTML."""
    source = f": {own_words(escape(reason.source))}" if reason.source else ""
    basis = f'<small class="sb-basis">{escape(_(reason.basis))}{source}</small>'
    return f"<p>{own_words(escape(reason.text))} {basis}</p>"


def rule_basis(reason: Reason) -> str:
    """What a rule rests on, and that it is the editors who say that it fits, as HTML."""
    if reason.basis is Basis.EDITORIAL:
        return sentence(_("Obs: redaktionell bedömning, utifrån {source}"), source=reason.source)
    return sentence(_("Obs: redaktionell bedömning att det passar; regeln står i {source}"), source=reason.source)


def _stage(support: Support | None) -> str:
    if support is None:
        return f'<span class="sb-unknown">{_("Uppgift saknas")}</span>'
    return f"<strong>{_(_STANDING[support.status])}.</strong> {_sourced(support.text, support.source)}"


def _sourced(text: str, source: str) -> str:
    return own_words(f'{escape(text)} <small class="sb-basis">{escape(source)}</small>')
