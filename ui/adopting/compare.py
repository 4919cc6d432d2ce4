"""Jämför: up to four initiatives side by side, what tells them apart first. The address names them: ?id=…&id=…"""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from briefs.brief import MOST as MOST_IN_BRIEF
from registry.adopting.side_by_side import MOST, Likeness, Row, rows
from registry.exporting.sheets import pieces, rows_as_csv, rows_as_xlsx
from registry.initiative import Initiative
from ui.adopting.comparison_table import sheet, table
from ui.choices import choose_initiative
from ui.chosen import chosen, set_chosen
from ui.context import context
from ui.language import _, in_address, ngettext
from ui.markup import paragraph, plain_label
from ui.problems import shown_calmly

_LANDSCAPE = "<style>@page { size: A4 landscape; margin: 12mm; }</style>"


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.set_page_config(page_title=_("Jämför – Spridbart"))
    st.title(_("Jämför"), anchor=False)
    st.html(_LANDSCAPE)
    records = _asked_for()
    _add_one(records)
    if not records:
        _invite()
        return
    _remove_one(records)
    compared = rows(records)
    _say(records, compared)
    st.html(table(records, compared))
    _files(records, compared)


def _asked_for() -> list[Initiative]:
    """The initiatives that the address names, else those chosen; what could not be shown is said."""
    index = context().live.current.index
    asked = list(dict.fromkeys(st.query_params.get_all("id"))) or list(chosen())
    found = [record for id in asked if (record := index.get(id))]
    if len(found) < len(asked):
        missing = ", ".join(id for id in asked if not index.get(id))
        st.warning(plain_label(_("Finns inte i registret: {ids}. Sök på namnet i stället.").format(ids=missing[:300])))
    if len(found) > MOST:
        left_out = ", ".join(record.name for record in found[MOST:])
        words = _("Högst {most} kan jämföras åt gången. Utelämnade: {names}.").format(most=MOST, names=left_out)
        st.warning(plain_label(words))
    records = found[:MOST]
    _show_in_address([record.id for record in records])
    return records


def _show_in_address(ids: Sequence[str]) -> None:
    set_chosen(ids)
    if list(ids) != st.query_params.get_all("id"):
        st.query_params["id"] = list(ids)


def _add_one(records: Sequence[Initiative]) -> None:
    if len(records) == MOST:
        st.html(paragraph(_("Fyra är valda. Ta bort ett för att lägga till ett annat.")))
        return
    choose_initiative(_("Lägg till ett initiativ"), "add", _add, without={record.id for record in records})


def _add() -> None:
    """Adds what was picked, and empties the box for the next."""
    if st.session_state["add"]:
        _show_in_address([*chosen(), st.session_state["add"]])
    st.session_state["add"] = None


def _remove_one(records: Sequence[Initiative]) -> None:
    with st.container(horizontal=True, key="remove"):
        for record in records:
            words = _("Ta bort {name}").format(name=record.name)
            st.button(
                plain_label(words), key=f"remove {record.id}", on_click=_remove, args=(record.id,), type="tertiary"
            )


def _remove(id: str) -> None:
    _show_in_address([other for other in chosen() if other != id])


def _invite() -> None:
    st.html(
        '<div class="sb-calm">'
        + paragraph(_("Välj två till fyra initiativ, så ser ni vad som skiljer dem åt."))
        + paragraph(_("Sök på ett namn här ovanför, eller tryck på + Jämför vid ett initiativ på sidan Hitta."))
        + "</div>"
    )


def _say(records: Sequence[Initiative], compared: Sequence[Row]) -> None:
    if len(records) == 1:
        st.html(paragraph(_("Lägg till minst ett initiativ till, så ser ni vad som skiljer dem åt.")))
        return
    differ = sum(row.likeness is Likeness.DIFFERENT for row in compared)
    unknown = sum(row.likeness is Likeness.UNKNOWN for row in compared)
    words = ngettext(
        "{count} initiativ: {differ} uppgifter skiljer sig åt, {unknown} är okända för alla.",
        "{count} initiativ: {differ} uppgifter skiljer sig åt, {unknown} är okända för alla.",
        len(records),
    ).format(count=len(records), differ=differ, unknown=unknown)
    st.html(f'<p role="status">{escape(words)}</p>')


def _files(records: Sequence[Initiative], compared: Sequence[Row]) -> None:
    header, body = sheet(records, compared)
    with st.container(horizontal=True):
        st.download_button(
            _("Ladda ner som CSV"), rows_as_csv(header, body), "jamforelse.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            _("Ladda ner som Excel"),
            rows_as_xlsx(_("Jämförelse"), header, _fitting(body)),
            "jamforelse.xlsx",
            on_click="ignore",
        )
        ids = urlencode([("id", record.id) for record in records[:MOST_IN_BRIEF]] + [*in_address().items()])
        st.html(
            f'<a href="beslutsunderlag?{escape(ids)}" target="_self">{_("Gör beslutsunderlag")}</a>', width="content"
        )


def _fitting(body: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows, with what is longer than a cell of a workbook on rows of its own below."""
    fitting = []
    for cells in body:
        cut = [pieces(cell) for cell in cells]
        fitting += [[parts[i] if i < len(parts) else "" for parts in cut] for i in range(max(map(len, cut)))]
    return fitting


page()
