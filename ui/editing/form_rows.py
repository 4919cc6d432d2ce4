"""Rows of a form field, each of several parts: links, municipalities, sources. Every change is saved at once.

Here and in ``form_fields`` a widget gets its value with every run, not by a key set once: what a run that is stopped
has set never reaches the browser, and the next run would show an empty box.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from registry.initiative import UNKNOWN
from ui.editing.draft import Draft
from ui.language import _

_SCANNED = 20  # values: more are searched by typing


@dataclass(frozen=True)
class Part:
    """One part of one row of a field that holds rows."""

    draft: Draft
    field: str
    row: int
    name: str

    @property
    def key(self) -> str:
        """The key of its widget."""
        return self.draft.key(self.field, self.row, self.name)

    @property
    def value(self) -> Any:
        """What it holds now."""
        return self.draft.fields[self.field][self.row].get(self.name)

    def take(self, key: str) -> None:
        """Saves what stands in its widget, which had this key when it was shown."""
        value = st.session_state[key]
        if isinstance(value, str):
            value = value.strip() or (UNKNOWN if self.name == "outcome" else "")
        self.draft.change_part(self.field, self.row, self.name, value)


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


def part_line(part: Part, label: str) -> None:
    """A line of text."""
    st.text_input(label.format(n=part.row + 1), shown(part.value), key=part.key, on_change=part.take, args=(part.key,))


def part_choice(part: Part, label: str, labels: Mapping[str, str]) -> None:
    """A list to choose from."""
    select(label.format(n=part.row + 1), labels, part.value, part.key, partial(part.take, part.key))


def part_year(part: Part, label: str) -> None:
    """A year; one out of bounds, which came in another way, is shown as it is."""
    st.number_input(
        label.format(n=part.row + 1),
        min_value=min(1900, part.value or 1900),
        max_value=max(2100, part.value or 2100),
        value=part.value,
        step=1,
        format="%d",
        key=part.key,
        on_change=part.take,
        args=(part.key,),
    )


def select(label: str, labels: Mapping[str, str], chosen: str | None, key: str, on_change: Callable[[], None]) -> None:
    """A list to choose one of the values of ``labels`` from; one chosen that is not among them is shown as none."""
    values = list(labels)
    st.selectbox(
        label,
        values,
        values.index(chosen) if chosen and chosen in labels else None,
        format_func=lambda value: labels.get(value, value),
        placeholder=_("Skriv för att söka") if len(values) > _SCANNED else _("Välj i listan"),
        key=key,
        on_change=on_change,
    )


def add_row(draft: Draft, field: str, row: dict[str, Any]) -> None:
    """Adds an empty row last."""
    draft.change({field: [*(draft.fields.get(field) or []), row]})


def remove_row(draft: Draft, field: str, row: int) -> None:
    """Takes a row away; the widgets of those after it are built anew."""
    rows = list(draft.fields.get(field) or [])
    del rows[row]
    draft.change({field: rows})
    draft.generations[field] += 1


def shown(value: Any) -> str:
    """A value as it stands in a box: what nobody knows is an empty one."""
    return "" if value in (None, UNKNOWN) else str(value)
