"""What was read out of a challenge: chips to take away, its needs, and the same on paper."""

from html import escape
from textwrap import shorten

import streamlit as st

from matching.challenge import Facet
from matching.matcher import MatchResult
from ui.context import places, vocabulary
from ui.language import _, later
from ui.markup import paragraph

_FIELDS = {
    "target_groups": later("Målgrupp"),
    "themes": later("Tema"),
    "settings": later("Plats"),
    "regions": later("Län"),
    "municipality": later("Kommun"),
}
_NEED_SHOWN = 160  # characters


def show_understood(result: MatchResult, removed: list[str]) -> None:
    """Shows the facets as chips, each of which can be taken away."""
    facets = result.challenge.facets
    if not facets and not removed:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="understood"):
        st.markdown(_("Så förstod vi er:"))
        for facet in facets:
            st.button(
                f"{facet_words(facet)} ✕",
                key=f"facet-{facet.key}",
                help=_("Ni skrev ”{words}”. Tryck för att ta bort.").format(words=facet.said_as),
                on_click=_remove,
                args=(facet.key,),
            )
        if removed:
            st.button(_("Ångra borttagna"), type="tertiary", on_click=forget_removed)


def show_needs(result: MatchResult) -> None:
    """The needs that were read out of a paragraph, numbered as the cards name them."""
    if result.needs:
        items = "".join(f"<li>{escape(shorten(need, _NEED_SHOWN, placeholder=' …'))}</li>" for need in result.needs)
        st.html(f'<div class="sb-needs">{paragraph(_("Vi läste texten som två behov:"))}<ol>{items}</ol></div>')


def show_on_paper(result: MatchResult) -> None:
    """What was asked and understood, in place of the box and the chips when the page is printed."""
    facets = "; ".join(f"{_(_FIELDS[facet.field]).lower()}: {_label(facet)}" for facet in result.challenge.facets)
    understood = paragraph(_("Så förstod vi er: {facets}.").format(facets=facets)) if facets else ""
    asked = paragraph(_("Utmaning: {text}").format(text=result.challenge.text))
    st.html(f'<div class="sb-print">{asked}{understood}</div>')


def facet_keys(result: MatchResult) -> tuple[str, ...]:
    """The keys of what was understood, for an answer on whether a match fits."""
    keys = [facet.key for facet in result.challenge.facets if facet.field != "municipality"]
    here = result.challenge.municipality
    return (*keys, f"municipality.{here.code}") if here else tuple(keys)


def facet_words(facet: Facet) -> str:
    """What was understood, in words: "Målgrupp: unga"."""
    return f"{_(_FIELDS[facet.field])}: {_label(facet)}"


def _label(facet: Facet) -> str:
    if facet.field == "municipality":
        return places().municipalities[facet.value].name
    if facet.field == "regions":
        return places().region_label(facet.value)
    label = _(facet.value) if facet.field == "settings" else vocabulary().label(facet.field, facet.value)
    return label[:1].lower() + label[1:]


def _remove(key: str) -> None:
    st.query_params["utan"] = [*st.query_params.get_all("utan"), key]


def forget_removed() -> None:
    """Lets all that was taken away count again."""
    st.query_params.pop("utan", None)
