"""What Utforska shows of a catalogue: facets, what was chosen, and the table, map, matrix, charts or gaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from registry.exploring.facets import Facets
from registry.inbox.reported_needs import ReportedNeed
from registry.initiative import Initiative
from registry.places import swedish_order
from ui.context import places, vocabulary
from ui.exploring.facets import show_chips, show_facets
from ui.exploring.gaps import show_gaps
from ui.exploring.matrix import show_matrix
from ui.exploring.pictures import show_charts, show_map
from ui.exploring.table import show_table
from ui.exploring.view import (
    CHART_VIEW,
    GAP_VIEW,
    MAP_VIEW,
    MATRIX_VIEW,
    TABLE_VIEW,
    TEXT,
    VIEW,
    View,
    change_address,
)
from ui.exploring.words import how_many
from ui.language import _
from ui.markup import page_link, paragraph
from ui.same_page import follow_links, here, switch

_LONGEST_TEXT = 200


def show_explorer(records: tuple[Initiative, ...], needs: Callable[[], Sequence[ReportedNeed]]) -> None:
    """Shows the catalogue as the address asks; ``needs`` gives the reported needs, where they are asked for."""
    follow_links()
    facets = _held(records).facets
    view = View.read(facets)
    counts = facets.counts(view.filters, view.text)
    found = facets.select(view.filters, view.text)
    show_facets(view, counts)
    st.html(f'<button type="button" class="sb-open-filters">{escape(_("Visa filter"))}</button>')
    _words(view)
    show_chips(view)
    _say_how_many(view, len(found), len(records))
    st.html(_switch(view))
    shown = view.get(VIEW, TABLE_VIEW)
    if shown == GAP_VIEW:
        show_gaps(view, facets, needs())
    elif not found:
        _nothing(view)
    elif shown == MAP_VIEW:
        show_map(view, counts)
    elif shown == MATRIX_VIEW:
        show_matrix(view, facets)
    elif shown == CHART_VIEW:
        show_charts(view, counts)
    else:
        show_table(view, found)
    _share(view)


@dataclass(frozen=True)
class Held:
    """A catalogue, and the same ready to be counted."""

    records: tuple[Initiative, ...]
    facets: Facets


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={tuple: id})
def _held(records: tuple[Initiative, ...]) -> Held:
    """The catalogue in order of name, ready to be counted. It holds on to the records: no others get their identity."""
    return Held(records, Facets(sorted(records, key=lambda record: swedish_order(record.name)), vocabulary(), places()))


def _words(view: View) -> None:
    st.session_state[TEXT] = view.text
    st.text_input(
        _("Ord i namn eller sammanfattning"),
        key=TEXT,
        max_chars=_LONGEST_TEXT,
        on_change=lambda: change_address({TEXT: tuple(filter(None, [st.session_state[TEXT].strip()]))}),
    )


def _say_how_many(view: View, shown: int, whole: int) -> None:
    words = _("Visar {records}").format(records=how_many(shown, everything=view.everything))
    if not view.everything:
        words += _(" av {whole} poster i registret").format(whole=whole)
    st.html(f'<div role="status"><h2 class="sb-found sb-shown" tabindex="-1">{escape(words)}</h2></div>')


def _switch(view: View) -> str:
    kinds = {
        TABLE_VIEW: _("Tabell"),
        MAP_VIEW: _("Karta"),
        MATRIX_VIEW: _("Matris"),
        CHART_VIEW: _("Diagram"),
        GAP_VIEW: _("Vad saknas?"),
    }
    now = view.get(VIEW) if view.get(VIEW) in kinds else TABLE_VIEW
    views = {f"view-{kind}": (view.link({VIEW: (kind,)}), words) for kind, words in kinds.items()}
    return switch(_("Visa som"), views, f"view-{now}", extra_class="sb-views")


def _nothing(view: View) -> None:
    clear = here(view.link(view.without_filters()), escape(_("rensa alla filter")), "clear-all")
    words = escape(_("Inget i registret har allt det valda. Ta bort något av filtren ovan, eller"))
    needs = page_link("", _("se vad som saknas"), **{VIEW: GAP_VIEW})
    st.html(f'<div class="sb-calm"><p>{words} {clear}. {escape(_("Ni kan också"))} {needs}.</p></div>')


def _share(view: View) -> None:
    with st.popover(_("Dela")):
        st.html(paragraph(_("Adressen leder tillbaka till samma val och vy.")))
        st.code(f"{(st.context.url or '').partition('?')[0]}{view.link({})}", language=None, wrap_lines=True)
