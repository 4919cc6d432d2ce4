"""One field of the form: its widget, what to write in it, what is wrong with it. Every change is saved at once."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from registry.editing.drafts import Problem
from registry.initiative import UNKNOWN, Initiative
from ui.editing.draft import Draft
from ui.editing.form_rows import Part, add_row, part_choice, part_line, part_year, row_of, select, shown
from ui.editing.form_steps import Entry, Kind, options
from ui.field_words import field_word
from ui.language import _

_HEIGHTS = {"description": 260, "situations": 240, "search_phrases": 160, "doubts": 160}


def show_entry(draft: Draft, entry: Entry, problems: Sequence[Problem]) -> None:
    """Shows the field with its hint, and the problems that are about it."""
    _WIDGETS[entry.kind](draft, entry)
    st.html(f'<p class="sb-hint">{escape(_(entry.hint))}</p>')
    show_problems([replace(one, position=None) for one in problems] if entry.kind is Kind.CHOICES else problems)


def show_problems(problems: Sequence[Problem]) -> None:
    """Shows what to mend, in words and with a mark that is not only a colour."""
    for problem in problems:
        place = _(" Rad {n}:").format(n=problem.position + 1) if problem.position is not None else ""
        st.html(
            f'<p class="sb-mend"><strong>{escape(_("Rätta:"))}</strong>{escape(place)} {escape(problem.reason)}</p>'
        )


def _label(entry: Entry) -> str:
    required = Initiative.model_fields[entry.field].is_required()
    return f"{field_word(entry.field)}{_(' (måste fyllas i)') if required else ''}"


def _line(draft: Draft, entry: Entry) -> None:
    key, text = draft.key(entry.field), shown(draft.fields.get(entry.field))
    st.text_input(_label(entry), text, key=key, on_change=_written, args=(draft, entry, key))


def _text(draft: Draft, entry: Entry) -> None:
    key, text = draft.key(entry.field), shown(draft.fields.get(entry.field))
    height = _HEIGHTS.get(entry.field, 110)
    st.text_area(_label(entry), text, key=key, height=height, on_change=_written, args=(draft, entry, key))


def _lines(draft: Draft, entry: Entry) -> None:
    key, text = draft.key(entry.field), "\n".join(draft.fields.get(entry.field) or [])
    height = _HEIGHTS.get(entry.field, 110)
    st.text_area(_label(entry), text, key=key, height=height, on_change=_listed, args=(draft, entry, key))


def _choice(draft: Draft, entry: Entry) -> None:
    labels = options(entry.field)
    chosen = str(draft.fields.get(entry.field) or Initiative.model_fields[entry.field].default)
    key = draft.key(entry.field)
    select(_label(entry), labels, chosen, key, partial(_chosen, draft, entry, key))


def _choices(draft: Draft, entry: Entry) -> None:
    labels = options(entry.field)
    chosen = list(draft.fields.get(entry.field) or [])
    labels |= {value: value for value in chosen if value not in labels}
    key = draft.key(entry.field)
    st.multiselect(
        _label(entry),
        list(labels),
        chosen,
        format_func=lambda value: labels.get(value, value),
        placeholder=_("Skriv för att söka, eller välj i listan"),
        select_all=False,
        key=key,
        on_change=_chosen,
        args=(draft, entry, key),
    )


def _day(draft: Draft, entry: Entry) -> None:
    written, today = draft.fields.get(entry.field), dt.date.today()
    given = dt.date.fromisoformat(written) if written else None
    key = draft.key(entry.field)
    st.date_input(
        _label(entry),
        given,
        key=key,
        format="YYYY-MM-DD",
        max_value=max(today, given or today),  # one that came in another way is shown as it is
        on_change=_dated,
        args=(draft, entry, key),
    )


def _links(draft: Draft, entry: Entry) -> None:
    st.html(f'<p class="sb-field">{escape(_label(entry))}</p>')
    for row in range(len(draft.fields.get(entry.field) or [])):
        with row_of(draft, entry.field, row, _("Ta bort länk {n}")):
            part_line(Part(draft, entry.field, row, "title"), _("Länk {n}: vad sidan heter"))
            part_line(Part(draft, entry.field, row, "address"), _("Länk {n}: adress som börjar med https://"))
    st.button(
        _("Lägg till länk"),
        key=draft.key(entry.field, "add"),
        on_click=add_row,
        args=(draft, entry.field, {"title": "", "address": ""}),
    )


def _adoptions(draft: Draft, entry: Entry) -> None:
    st.html(f'<p class="sb-field">{escape(_label(entry))}</p>')
    names = options("municipalities")
    for row in range(len(draft.fields.get(entry.field) or [])):
        part = partial(Part, draft, entry.field, row)
        with row_of(draft, entry.field, row, _("Ta bort rad {n}")):
            place, year = st.columns([2, 1])
            with place:
                part_choice(part("municipality"), _("Rad {n}: kommun"), names)
            with year:
                part_year(part("year"), _("Rad {n}: år"))
            part_line(part("outcome"), _("Rad {n}: vad det ledde till, också om det lades ner"))
    st.button(
        _("Lägg till kommun som prövat"),
        key=draft.key(entry.field, "add"),
        on_click=add_row,
        args=(draft, entry.field, {"municipality": "", "year": None, "outcome": UNKNOWN}),
    )


def _written(draft: Draft, entry: Entry, key: str) -> None:
    """An emptied field goes back to what the record says of what nobody knows."""
    text = st.session_state[key].strip()
    unknown = Initiative.model_fields[entry.field].default
    draft.change({entry.field: text or (unknown if unknown == UNKNOWN else "")})


def _listed(draft: Draft, entry: Entry, key: str) -> None:
    lines = (line.strip(" \t•-–") for line in st.session_state[key].splitlines())
    draft.change({entry.field: list(dict.fromkeys(filter(None, lines)))})


def _chosen(draft: Draft, entry: Entry, key: str) -> None:
    draft.change({entry.field: st.session_state[key]})


def _dated(draft: Draft, entry: Entry, key: str) -> None:
    day: dt.date | None = st.session_state[key]
    draft.change({entry.field: day.isoformat() if day else None})


_WIDGETS: dict[Kind, Callable[[Draft, Entry], None]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.LINES: _lines,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DAY: _day,
    Kind.LINKS: _links,
    Kind.ADOPTIONS: _adoptions,
}
