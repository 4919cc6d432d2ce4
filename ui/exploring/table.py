"""Utforska as a table: chosen columns, sorted as in Swedish, a page at a time, rows to compare or take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape

import streamlit as st

from registry.adopting.side_by_side import MOST
from registry.catalogue import as_json, as_parquet
from registry.exporting.exports import as_csv, as_xlsx
from registry.initiative import UNKNOWN, Initiative
from registry.places import swedish_order
from registry.values import Evidence, Maturity, Operation
from ui.chosen import compare_address
from ui.exploring.view import COLUMNS, PAGE, SELECTED, SORT, View, change_address
from ui.exploring.words import OWN, facet_label, how_many, value_label
from ui.language import _
from ui.markup import initiative_link, number, own_words, paragraph
from ui.same_page import here

ROWS = 50
MOST_SELECTED = 40  # all of them stand in the address
NAME = "namn"
_DEFAULT = (NAME, "form", "malgrupp", "lan", "mognad", "evidens")


@dataclass(frozen=True)
class Column:
    """A column: its heading, what stands in a row, by what it is sorted (unknown values last), and whether the words
    are the catalogue's own."""

    label: str
    words: Callable[[Initiative], str]
    order: Callable[[Initiative], tuple[object, ...]]
    own: bool = False


def show_table(view: View, records: Sequence[Initiative]) -> None:
    """Shows the records, and what can be done with them."""
    columns = _columns()
    chosen = _choose_columns(view, columns)
    page = min(_page(view), max(1, -(-len(records) // ROWS)))
    rows = _sorted(records, view, columns)[(page - 1) * ROWS : page * ROWS]
    st.html(_table(view, rows, [(key, columns[key]) for key in chosen]) + _pager(view, len(records), page))
    _selected(view, records)


def _columns() -> dict[str, Column]:
    label = cache(value_label)  # the same few words for thousands of rows

    def several(facet: str, read: Callable[[Initiative], Sequence[str]]) -> Column:
        def words(record: Initiative) -> str:
            return ", ".join(label(facet, value) for value in read(record))

        return _text(facet_label(facet), words, own=facet in OWN)

    def scale(facet: str, read: Callable[[Initiative], str], steps: Sequence[str]) -> Column:
        return Column(facet_label(facet), lambda r: label(facet, read(r)), lambda r: (steps.index(read(r)),))

    return {
        NAME: Column(_("Namn"), lambda r: r.name, lambda r: (swedish_order(r.name),)),
        "roll": several("roles", lambda r: (r.role,)),
        "form": several("forms", lambda r: (r.form,)),
        "malgrupp": several("target_groups", lambda r: r.target_groups),
        "tema": several("themes", lambda r: r.themes),
        "lan": several("regions", lambda r: r.regions),
        "kommun": several("municipalities", lambda r: r.tried_in()),
        "sektor": several("sectors", lambda r: r.sectors),
        "agare": _text(_("Ägare"), lambda r: "" if r.owner == UNKNOWN else r.owner, own=True),
        "drift": scale("operations", lambda r: r.operation, list(Operation)),
        "mognad": scale("maturity", lambda r: r.maturity, [*list(Maturity)[1:], Maturity.NOT_ASSESSED]),
        "evidens": scale("evidence", lambda r: r.evidence, [*list(Evidence)[1:], Evidence.NOT_ASSESSED]),
        "kontrollerad": _text(
            _("Senast kontrollerad"), lambda r: r.last_verified.isoformat() if r.last_verified else ""
        ),
    }


def _text(label: str, words: Callable[[Initiative], str], *, own: bool = False) -> Column:
    def order(record: Initiative) -> tuple[object, ...]:
        shown = words(record)
        return not shown, swedish_order(shown)

    return Column(label, words, order, own)


def _choose_columns(view: View, columns: dict[str, Column]) -> list[str]:
    asked = [key for key in view.all(COLUMNS) if key in columns] or [
        key for key in columns if key in _DEFAULT or (key == "roll" and view.everything)
    ]
    st.session_state[COLUMNS] = [key for key in asked if key != NAME]
    st.multiselect(
        _("Kolumner"),
        [key for key in columns if key != NAME],
        format_func=lambda key: columns[key].label,
        key=COLUMNS,
        select_all=False,
        on_change=lambda: change_address({COLUMNS: (NAME, *st.session_state[COLUMNS])}),
    )
    return [key for key in columns if key in (NAME, *asked)]


def _sorted(records: Sequence[Initiative], view: View, columns: dict[str, Column]) -> list[Initiative]:
    """The records, which come in order of name, in the order that is asked for; equal ones stay in order of name."""
    key, down = view.get(SORT, NAME).removeprefix("-"), view.get(SORT).startswith("-")
    if key == NAME or key not in columns:
        return list(reversed(records)) if down else list(records)
    return sorted(records, key=columns[key].order, reverse=down)


def _page(view: View) -> int:
    asked = view.get(PAGE, "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1


def _table(view: View, rows: Sequence[Initiative], columns: list[tuple[str, Column]]) -> str:
    select = f'<th scope="col" class="sb-pick">{escape(_("Välj"))}</th>'
    head = "".join(_heading(view, key, column) for key, column in columns)
    selected = view.all(SELECTED)
    unknown = f'<span class="sb-unknown">{escape(_("Uppgift saknas"))}</span>'
    mark = partial(_mark, view, selected=selected, choose=_("Välj"), chosen=_("✓ Vald"))
    body = "".join(f"<tr>{mark(r)}{_cells(r, columns, unknown)}</tr>" for r in rows)
    return (
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(_("Tabell"))}"><table class="sb-table">'
        f"<thead><tr>{select}{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _heading(view: View, key: str, column: Column) -> str:
    now = view.get(SORT, NAME)
    up, down = now == key, now == f"-{key}"
    sort = ' aria-sort="ascending"' if up else ' aria-sort="descending"' if down else ""
    arrow = f' <span aria-hidden="true">{"▲" if up else "▼"}</span>' if up or down else ""
    link = here(view.link({SORT: (f"-{key}" if up else key,)}), escape(column.label) + arrow, f"sort-{key}")
    return f'<th scope="col"{sort}>{link}</th>'


def _cells(record: Initiative, columns: list[tuple[str, Column]], unknown: str) -> str:
    name = f'<th scope="row">{initiative_link(record.id, record.name)}</th>'
    return name + "".join(f"<td>{_cell(record, column) or unknown}</td>" for key, column in columns if key != NAME)


def _cell(record: Initiative, column: Column) -> str:
    words = escape(column.words(record))
    return own_words(words) if column.own and words else words


def _mark(view: View, record: Initiative, selected: Sequence[str], *, choose: str, chosen: str) -> str:
    if record.id not in selected and len(selected) >= MOST_SELECTED:
        return '<td class="sb-pick"></td>'
    change = {**view.toggled(SELECTED, record.id), PAGE: view.all(PAGE)}
    words = chosen if record.id in selected else choose
    heard = f'{escape(words)}<span class="sb-heard"> {escape(record.name)}</span>'
    return f'<td class="sb-pick">{here(view.link(change), heard, f"select-{record.id}")}</td>'


def _pager(view: View, count: int, page: int) -> str:
    last = -(-count // ROWS)
    if last <= 1:
        return ""
    text = _("Rad {first}–{to} av {count}").format(
        first=number((page - 1) * ROWS + 1), to=number(min(page * ROWS, count)), count=number(count)
    )
    earlier = here(view.link({PAGE: (str(page - 1),)}), escape(_("Föregående")), "page-back") if page > 1 else ""
    later = here(view.link({PAGE: (str(page + 1),)}), escape(_("Nästa")), "page-on") if page < last else ""
    return f'<nav class="sb-pager" aria-label="{escape(_("Sidor"))}">{earlier}<span>{escape(text)}</span>{later}</nav>'


def _selected(view: View, records: Sequence[Initiative]) -> None:
    marked = set(view.all(SELECTED))
    chosen = [record for record in records if record.id in marked]
    st.html(
        f'<div class="sb-pick"><h2 class="sb-found">{escape(_("Jämför eller ladda ner"))}</h2>{_compare(view, chosen)}</div>'
    )
    taken = chosen or list(records)
    with st.container(horizontal=True, key="explore-download"):
        for label, make, ending, mime in _FORMATS:
            st.download_button(
                _("{format}: {records}").format(format=label, records=how_many(len(taken), everything=view.everything)),
                partial(make, taken),
                f"spridbart.{ending}",
                mime,
                on_click="ignore",
                key=f"download-{ending}",
            )


def _compare(view: View, chosen: Sequence[Initiative]) -> str:
    if not chosen:
        return paragraph(_("Välj rader i tabellen för att jämföra högst fyra, eller ladda ner allt som visas."))
    names = ", ".join(initiative_link(record.id, record.name) for record in chosen)
    clear = here(view.link({SELECTED: ()}), escape(_("Välj inga")), "select-none")
    if len(chosen) > MOST:
        compare = escape(_("Fler än fyra går inte att jämföra på en gång."))
    else:
        address = compare_address([record.id for record in chosen])
        compare = f'<a href="{escape(address)}" target="_self">{escape(_("Jämför dem sida vid sida"))}</a>'
    return f"<p>{escape(_('Valda'))}: {names}.</p><p>{compare} · {clear}</p>"


_FORMATS: tuple[tuple[str, Callable[[list[Initiative]], str | bytes], str, str], ...] = (
    ("CSV", as_csv, "csv", "text/csv"),
    ("Excel", as_xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("JSON", as_json, "json", "application/json"),
    ("Parquet", as_parquet, "parquet", "application/vnd.apache.parquet"),
)
