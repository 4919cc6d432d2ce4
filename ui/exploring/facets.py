"""The facets of Utforska with their counts, and the choices as chips that can be taken away."""

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from registry.exploring.facets import Count
from registry.places import NATIONAL, swedish_order
from ui.exploring.view import ALL, LAN_ONLY, PARAMETERS, TEXT, YES, View
from ui.exploring.words import facet_label, value_html, value_label
from ui.language import _
from ui.markup import number, paragraph
from ui.same_page import here

Counts = Mapping[str, Mapping[str, Count]]

_OPEN = ("target_groups", "themes", "regions")
# Shown in the order of the alphabet; the values of the others have an order of their own.
_BY_NAME = {"target_groups", "themes", "municipalities", "categories"}


def show_facets(view: View, counts: Counts) -> None:
    """Shows every facet with a link for each value: choosing it, or taking it away."""
    with st.sidebar:
        st.html(f'<h2 class="sb-found">{escape(_("Filter"))}</h2>{_kinds_of_record(view)}')
        for facet in PARAMETERS:
            if facet != "roles" or view.everything:
                with st.expander(facet_label(facet), expanded=facet in _OPEN, key=f"facet-{facet}"):
                    st.html(_values(view, facet, counts[facet]))


def show_chips(view: View) -> None:
    """Shows what has been chosen; each choice can be taken away by itself, or all at once."""
    if not view.is_narrowed and not view.gone:
        return
    chips = []
    if view.text:
        chips.append(here(view.link({TEXT: ()}), _chip(_("Ord"), escape(view.text)), "chip-text"))
    for facet, name in PARAMETERS.items():
        for value in view.all(name):
            words = _chip(facet_label(facet), value_html(facet, value))
            chips.append(here(view.link(view.toggled(name, value)), words, f"chip-{name}-{value}"))
    if chips:
        chips.append(here(view.link(view.without_filters()), escape(_("Rensa alla")), "chip-all"))
    items = "".join(f"<li>{chip}</li>" for chip in chips)
    label = escape(_("Valda filter"))
    st.html(f'<ul class="sb-chips" aria-label="{label}">{items}</ul>{_gone(view)}')


def ordered(facet: str, values: Iterable[str]) -> list[str]:
    """The values of a facet in the order they are shown; all of Sweden comes before its län, countries after them."""
    if facet == "regions":
        return sorted(values, key=lambda v: (v != NATIONAL, not v.isdigit(), swedish_order(value_label(facet, v))))
    if facet in _BY_NAME:
        return sorted(values, key=lambda value: swedish_order(value_label(facet, value)))
    return list(values)


def _chip(facet: str, value: str) -> str:
    gone = escape(_("ta bort"))
    return f'{escape(facet)}: {value} <span aria-hidden="true">✕</span><span class="sb-heard">, {gone}</span>'


def _gone(view: View) -> str:
    if not view.gone:
        return ""
    return paragraph(_("Adressen nämner filter som inte finns: {gone}.").format(gone=", ".join(view.gone)), "sb-meta")


def _kinds_of_record(view: View) -> str:
    initiatives = here(
        view.link({ALL: (), "roll": ()}), escape(_("Bara initiativ")), "kind-one", extra=_now(not view.everything)
    )
    every = here(
        view.link({ALL: (YES,)}), escape(_("Även stöd, förebilder och idéer")), "kind-all", extra=_now(view.everything)
    )
    label = escape(_("Slags poster"))
    return f'<nav class="sb-switch" aria-label="{label}">{initiatives}{every}</nav>'


def _now(chosen: bool) -> str:
    return 'aria-current="true"' if chosen else ""


def _values(view: View, facet: str, counts: Mapping[str, Count]) -> str:
    name = PARAMETERS[facet]
    chosen = view.all(name)
    shown = [value for value in counts if counts[value].shown or value in chosen]
    items = "".join(
        f"<li>{_value(view, facet, value, counts[value], chosen=value in chosen)}</li>"
        for value in ordered(facet, shown)
    )
    listed = f'<ul class="sb-values">{items}</ul>' if shown else paragraph(_("Inget att välja bland det som visas."))
    return listed + (_national(view, counts) if facet == "regions" else "")


def _value(view: View, facet: str, value: str, count: Count, *, chosen: bool) -> str:
    name = PARAMETERS[facet]
    words = f'<span class="sb-value">{"✓ " if chosen else ""}{value_html(facet, value)}</span>'
    amount = number(count.shown)
    if count.own != count.shown:
        amount += f'<br><span class="sb-own">{escape(_("varav {own} egna").format(own=number(count.own)))}</span>'
    return here(
        view.link(view.toggled(name, value)),
        f'{words} <span class="sb-count">{amount}</span>',
        f"facet-{name}-{value}",
        extra=_now(chosen),
    )


def _national(view: View, counts: Mapping[str, Count]) -> str:
    only = view.get(LAN_ONLY) == YES
    change = {LAN_ONLY: () if only else (YES,)}
    words = _("Visa bara det som är knutet till länet självt")
    note = _("Ett valt län visar också det som gäller hela Sverige ({count}).").format(
        count=number(counts[NATIONAL].own)
    )
    link = here(view.link(change), f"{'✓ ' if only else ''}{escape(words)}", "facet-lan-only", extra=_now(only))
    return ("" if only else paragraph(note, "sb-meta")) + f"<p>{link}</p>"
