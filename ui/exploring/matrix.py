"""Utforska as a matrix: target groups against themes, län or kinds of municipality; empty cells are the gaps."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from registry.exploring.facets import Cross, Facets
from registry.places import NATIONAL
from ui.context import vocabulary
from ui.exploring.download import download_table
from ui.exploring.facets import ordered
from ui.exploring.view import LAN_ONLY, MATRIX, PARAMETERS, TABLE_VIEW, VIEW, YES, View
from ui.exploring.words import facet_label, value_html, value_label
from ui.language import _, ngettext
from ui.markup import number, paragraph, sentence
from ui.same_page import here, switch

GROUPS = "target_groups"
_COLUMNS = {"tema": "themes", "lan": "regions", "kommuntyp": "municipality_types"}


def show_matrix(view: View, facets: Facets) -> None:
    """Shows the matrix that the address asks for; a cell leads to the table of its records."""
    kind = view.get(MATRIX) if view.get(MATRIX) in _COLUMNS else "tema"
    facet = _COLUMNS[kind]
    cross = facets.cross(GROUPS, facet, view.filters, view.text)
    rows, columns = _rows(view, cross), _columns(view, facet, cross)
    st.html(f"{_kinds(view, kind)}<p>{_sentence(facet, cross, rows, columns)}</p>{_legend(facet)}")
    st.html(_table(view, facet, cross, rows, columns))
    header = [facet_label(GROUPS), _("Extra prioriterad"), *(value_label(facet, column) for column in columns)]
    download_table(f"matris-{kind}", header, [_csv_row(cross, row, columns) for row in rows])


def _rows(view: View, cross: Cross) -> list[str]:
    """The target groups that are shown, the prioritised ones first."""
    shown = [row for row in cross.rows if row in (view.all(PARAMETERS[GROUPS]) or cross.rows)]
    return sorted(ordered(GROUPS, shown), key=lambda group: not _is_prioritised(group))


def _columns(view: View, facet: str, cross: Cross) -> list[str]:
    chosen = view.all(PARAMETERS[facet])
    if chosen:
        return ordered(facet, [column for column in cross.columns if column in chosen])
    # Another country has no gaps to fill here: it is shown only where it has been chosen.
    return ordered(facet, [column for column in cross.columns if facet != "regions" or column.isdigit()])


def _is_prioritised(group: str) -> bool:
    return group in vocabulary().prioritised_target_groups


def _sentence(facet: str, cross: Cross, rows: Sequence[str], columns: Sequence[str]) -> str:
    empty = sum(not cross.count(row, column) for row in rows for column in columns)
    whole = len(rows) * len(columns)
    text = ngettext(
        "Matrisen visar {rows} målgrupp mot {columns} {what}: {empty} av {whole} rutor är tomma och är luckor.",
        "Matrisen visar {rows} målgrupper mot {columns} {what}: {empty} av {whole} rutor är tomma och är luckor.",
        len(rows),
    ).format(rows=len(rows), columns=len(columns), what=_plural(facet), empty=number(empty), whole=number(whole))
    said = escape(text)
    bare = [row for row in rows if _is_prioritised(row) and not any(cross.count(row, column) for column in columns)]
    if bare:
        names = "; ".join(value_label(GROUPS, row) for row in bare)
        words = ngettext(
            "Den här extra prioriterade målgruppen har ingen ruta med innehåll: {names}.",
            "De här extra prioriterade målgrupperna har ingen ruta med innehåll: {names}.",
            len(bare),
        )
        said += " " + sentence(words, names=names)
    return said


def _plural(facet: str) -> str:
    return {
        "themes": _("teman"),
        "regions": _("kolumner, län och hela Sverige"),
        "municipality_types": _("kommuntyper"),
    }[facet]


def _legend(facet: str) -> str:
    parts = [
        _("★ = extra prioriterad målgrupp i enkätrapporten 2025."),
        _("En siffra leder till posterna; en streckad ruta är en lucka."),
    ]
    if facet == "regions":
        parts.append(_("Det som gäller hela Sverige räknas bara i sin egen kolumn."))
    if facet == "municipality_types":
        parts.append(_("Kommuntyp är SKR:s grupp för de kommuner som posten är knuten till."))
    return paragraph(" ".join(parts), "sb-meta")


def _kinds(view: View, now: str) -> str:
    names = {"tema": _("Målgrupp × tema"), "lan": _("Målgrupp × län"), "kommuntyp": _("Målgrupp × kommuntyp")}
    views = {f"matrix-{kind}": (view.link({MATRIX: (kind,)}), words) for kind, words in names.items()}
    return switch(_("Matris"), views, f"matrix-{now}")


def _table(view: View, facet: str, cross: Cross, rows: Sequence[str], columns: Sequence[str]) -> str:
    head = "".join(f'<th scope="col"><span>{value_html(facet, column)}</span></th>' for column in columns)
    gap = f'<td class="sb-gap"><span aria-hidden="true">–</span><span class="sb-heard">{escape(_("lucka"))}</span></td>'
    body = ""
    for row in rows:
        cells = (_cell(view, facet, row, column, cross.count(row, column)) or gap for column in columns)
        body += f'<tr><th scope="row">{_row_label(row)}</th>{"".join(cells)}</tr>'
    return (
        f'<div class="sb-scroll sb-matrix-box" tabindex="0" role="region" aria-label="{escape(_("Matris"))}">'
        f'<table class="sb-matrix"><thead><tr><th scope="col">{escape(facet_label(GROUPS))}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row_label(group: str) -> str:
    label = value_html(GROUPS, group)
    if not _is_prioritised(group):
        return label
    return f'<span aria-hidden="true">★ </span>{label}<span class="sb-heard"> ({escape(_("extra prioriterad"))})</span>'


def _cell(view: View, facet: str, row: str, column: str, count: int) -> str:
    if not count:
        return ""
    change = {PARAMETERS[GROUPS]: (row,), PARAMETERS[facet]: (column,), VIEW: (TABLE_VIEW,)}
    if facet == "regions" and column != NATIONAL:
        change[LAN_ONLY] = (YES,)
    return f'<td class="sb-some">{here(view.link(change), number(count), f"cell-{row}-{column}")}</td>'


def _csv_row(cross: Cross, row: str, columns: Sequence[str]) -> list[object]:
    marked = "ja" if _is_prioritised(row) else "nej"
    return [value_label(GROUPS, row), marked, *(cross.count(row, column) for column in columns)]
