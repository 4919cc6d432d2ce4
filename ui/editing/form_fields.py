"""One field of the form: its widget, what to write in it, what is wrong with it. Every change is saved at once."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from registry.editing.drafts import Problem
from registry.initiative import UNKNOWN, Initiative
from ui.editing.draft import Draft
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


# A box of text gets its text with every run, not by a key set once: what a run that is stopped has set never reaches the
# browser, and the next run would show an empty box.


def _line(draft: Draft, entry: Entry) -> None:
    key, text = draft.key(entry.field), _shown(draft.fields.get(entry.field))
    st.text_input(_label(entry), text, key=key, on_change=_written, args=(draft, entry, key))


def _text(draft: Draft, entry: Entry) -> None:
    key, text = draft.key(entry.field), _shown(draft.fields.get(entry.field))
    height = _HEIGHTS.get(entry.field, 110)
    st.text_area(_label(entry), text, key=key, height=height, on_change=_written, args=(draft, entry, key))


def _lines(draft: Draft, entry: Entry) -> None:
    key, text = draft.key(entry.field), "\n".join(draft.fields.get(entry.field) or [])
    height = _HEIGHTS.get(entry.field, 110)
    st.text_area(_label(entry), text, key=key, height=height, on_change=_listed, args=(draft, entry, key))


def _choice(draft: Draft, entry: Entry) -> None:
    labels = options(entry.field)
    chosen = str(draft.fields.get(entry.field) or Initiative.model_fields[entry.field].default)
    key = _seeded(draft, entry, chosen if chosen in labels else None)
    st.selectbox(
        _label(entry),
        list(labels),
        format_func=lambda value: labels.get(value, value),
        placeholder=_("Välj i listan"),
        key=key,
        on_change=_chosen,
        args=(draft, entry, key),
    )


def _choices(draft: Draft, entry: Entry) -> None:
    labels = options(entry.field)
    chosen = list(draft.fields.get(entry.field) or [])
    labels |= {value: value for value in chosen if value not in labels}
    key = _seeded(draft, entry, chosen)
    st.multiselect(
        _label(entry),
        list(labels),
        format_func=lambda value: labels.get(value, value),
        placeholder=_("Skriv för att söka, eller välj i listan"),
        select_all=False,
        key=key,
        on_change=_chosen,
        args=(draft, entry, key),
    )


def _day(draft: Draft, entry: Entry) -> None:
    given = draft.fields.get(entry.field)
    key = _seeded(draft, entry, dt.date.fromisoformat(given) if given else None)
    st.date_input(
        _label(entry),
        key=key,
        format="YYYY-MM-DD",
        max_value="today",
        on_change=_dated,
        args=(draft, entry, key),
    )


def _links(draft: Draft, entry: Entry) -> None:
    st.html(f'<p class="sb-field">{escape(_label(entry))}</p>')
    for row in range(len(draft.fields.get(entry.field) or [])):
        with row_of(draft, entry.field, row, _("Ta bort länk {n}")):
            part_line(draft, entry.field, row, "title", _("Länk {n}: vad sidan heter"))
            part_line(draft, entry.field, row, "address", _("Länk {n}: adress som börjar med https://"))
    st.button(
        _("Lägg till länk"),
        key=draft.key(entry.field, "add"),
        on_click=add_row,
        args=(draft, entry.field, {"title": "", "address": ""}),
    )


def _adoptions(draft: Draft, entry: Entry) -> None:
    st.html(f'<p class="sb-field">{escape(_label(entry))}</p>')
    names = options("municipalities")
    for row, adoption in enumerate(draft.fields.get(entry.field) or []):
        with row_of(draft, entry.field, row, _("Ta bort rad {n}")):
            place, year = st.columns([2, 1])
            with place:
                key = draft.key(entry.field, row, "municipality")
                st.session_state.setdefault(key, adoption.get("municipality") or None)
                st.selectbox(
                    _("Rad {n}: kommun").format(n=row + 1),
                    list(names),
                    format_func=lambda code: names.get(code, code),
                    placeholder=_("Skriv för att söka"),
                    key=key,
                    on_change=_part_chosen,
                    args=(draft, entry.field, row, "municipality", key),
                )
            with year:
                key = draft.key(entry.field, row, "year")
                st.session_state.setdefault(key, adoption.get("year"))
                st.number_input(
                    _("Rad {n}: år").format(n=row + 1),
                    min_value=1900,
                    max_value=2100,
                    step=1,
                    format="%d",
                    key=key,
                    on_change=_part_chosen,
                    args=(draft, entry.field, row, "year", key),
                )
            part_line(draft, entry.field, row, "outcome", _("Rad {n}: vad det ledde till, också om det lades ner"))
    st.button(
        _("Lägg till kommun som prövat"),
        key=draft.key(entry.field, "add"),
        on_click=add_row,
        args=(draft, entry.field, {"municipality": "", "year": None, "outcome": UNKNOWN}),
    )


@contextmanager
def row_of(draft: Draft, field: str, row: int, remove: str) -> Iterator[None]:
    """A frame around one row, with a button below that takes it away."""
    with st.container(border=True, key=draft.key(field, row, "row")):
        yield
        st.button(
            remove.format(n=row + 1),
            key=draft.key(field, row, "remove"),
            type="tertiary",
            on_click=remove_row,
            args=(draft, field, row),
        )


def part_line(draft: Draft, field: str, row: int, part: str, label: str) -> None:
    """A line for one part of one row."""
    key, text = draft.key(field, row, part), _shown(draft.fields[field][row].get(part))
    st.text_input(label.format(n=row + 1), text, key=key, on_change=_part_written, args=(draft, field, row, part, key))


def add_row(draft: Draft, field: str, row: dict[str, Any]) -> None:
    """Adds an empty row last."""
    draft.change({field: [*(draft.fields.get(field) or []), row]})


def remove_row(draft: Draft, field: str, row: int) -> None:
    """Takes a row away; the widgets of those after it are built anew."""
    rows = list(draft.fields.get(field) or [])
    del rows[row]
    draft.change({field: rows})
    draft.generation += 1


def _seeded(draft: Draft, entry: Entry, value: Any) -> str:
    """The widget's key; at first sight of it the widget gets the draft's value."""
    key = draft.key(entry.field)
    st.session_state.setdefault(key, value)
    return key


def _shown(value: Any) -> str:
    return "" if value in (None, UNKNOWN) else str(value)


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


def _part_written(draft: Draft, field: str, row: int, part: str, key: str) -> None:
    text = st.session_state[key].strip()
    draft.change_part(field, row, part, text or (UNKNOWN if part == "outcome" else ""))


def _part_chosen(draft: Draft, field: str, row: int, part: str, key: str) -> None:
    draft.change_part(field, row, part, st.session_state[key])


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
