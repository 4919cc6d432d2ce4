"""Sources beside the claims they carry: listed in a line each, and one at a time open to be filled in."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from registry.editing.drafts import Problem
from registry.initiative import CLAIMED_VALUES
from registry.values import Basis
from ui.editing.draft import Draft
from ui.editing.form_fields import show_problems
from ui.editing.form_rows import Part, add_row, part_choice, part_line, remove_row
from ui.field_words import FIELD_WORDS, field_word
from ui.language import _, later

_PARTS = ("basis", "source_title", "source_address")
_MOST_WORDS = 20
BASIS_HINTS = {
    Basis.DOCUMENT: later("ett dokument som MSI har; skriv filens namn som adress"),
    Basis.PUBLIC: later("en sida eller rapport som vem som helst kan läsa; skriv dess adress"),
    Basis.EDITORIAL: later("vår egen slutsats; säg vad den bygger på"),
}


def show_sources(draft: Draft, field: str, problems: Sequence[Problem]) -> None:
    """Shows the sources of one field, and the way to add one."""
    with st.container(key=draft.key(field, "sources"), gap="xsmall"):
        for row in _rows_of(draft, field):
            show_source(draft, row, problems)
        with st.container(horizontal=True, gap="small"):
            name = _(FIELD_WORDS[field]).lower()
            st.button(
                _("Lägg till källa till {field}").format(field=name),
                key=draft.key(field, "add source"),
                type="tertiary",
                on_click=_add,
                args=(draft, field, {}),
            )
            if _last_used(draft):
                st.button(
                    _("Samma källa som förra till {field}").format(field=name),
                    key=draft.key(field, "same source"),
                    type="tertiary",
                    on_click=_add,
                    args=(draft, field, _last_used(draft)),
                )


def show_source(draft: Draft, row: int, problems: Sequence[Problem]) -> None:
    """Shows one source of the record: in a line, or open in a frame."""
    statement = draft.fields["statements"][row]
    wrong = [replace(one, position=None) for one in problems if (one.field, one.position) == ("statements", row)]
    if st.session_state.get(_open_key(draft)) != row:
        st.html(_line(statement))
        show_problems(wrong)
        _buttons(draft, row, statement)
        return
    with st.container(border=True, key=draft.key("source", row)):
        _editor(draft, row, statement)
        show_problems(wrong)
        with st.container(horizontal=True, gap="small"):
            st.button(_("Klar"), key=draft.key("close", row), on_click=_close, args=(draft,))
            st.button(
                _("Ta bort källan"),
                key=draft.key("remove source", row),
                type="tertiary",
                on_click=_remove,
                args=(draft, row),
            )


def _line(statement: Mapping[str, Any]) -> str:
    basis = (_(str(statement.get("basis") or "")) or _("grund saknas")).capitalize()
    source = str(statement.get("source_title") or "")
    quote = f" ”{statement['quote']}”" if statement.get("quote") else ""
    claim = str(statement.get("claim") or _("inget ifyllt än"))
    value = field_word(str(statement.get("field") or "")).partition(": ")[2]
    return (
        f'<p class="sb-source"><strong>{escape(basis)}</strong>{escape(_(" för {value}").format(value=value) if value else "")}: '
        f"{escape(claim)}{escape(quote)}{escape(f' – {source}' if source else '')}</p>"
    )


def _buttons(draft: Draft, row: int, statement: Mapping[str, Any]) -> None:
    number = row + 1
    field = field_word(str(statement.get("field") or ""))
    st.button(
        _("Ändra källa {n} ({field})").format(n=number, field=field),
        key=draft.key("open", row),
        type="tertiary",
        on_click=_open,
        args=(draft, row),
    )


def _editor(draft: Draft, row: int, statement: Mapping[str, Any]) -> None:
    part = partial(Part, draft, "statements", row)
    field = str(statement.get("field") or "").partition(".")[0]
    if field in CLAIMED_VALUES:
        part_choice(part("field"), _("Källan gäller"), _targets(draft, field, statement))
    bases = {basis.value: f"{_(basis).capitalize()}: {_(hint)}" for basis, hint in BASIS_HINTS.items()}
    part_choice(part("basis"), _("Grund"), bases)
    part_line(part("claim"), _("Vad källan säger, med egna ord"))
    if statement.get("basis") != Basis.EDITORIAL:
        part_line(part("source_title"), _("Källans titel"))
        part_line(part("source_address"), _("Källans adress (https://…) eller filnamn"))
        part_line(part("quote"), _("Ordagrant citat, högst 20 ord (kan lämnas tomt)"))
        words = len(str(statement.get("quote") or "").split())
        if words:
            st.html(f'<p class="sb-hint">{escape(_("{n} av högst {most} ord").format(n=words, most=_MOST_WORDS))}</p>')


def _targets(draft: Draft, field: str, statement: Mapping[str, Any]) -> dict[str, str]:
    """The whole field, each value in it, and what the source now says it is about, even if that is chosen no more."""
    paths = [field, *(f"{field}.{value}" for value in draft.fields.get(field) or [])]
    paths = list(dict.fromkeys([*paths, str(statement.get("field"))]))
    return {path: field_word(path) if path != field else _("allt som valts i fältet") for path in paths}


def _rows_of(draft: Draft, field: str) -> Iterator[int]:
    for row, statement in enumerate(draft.fields.get("statements") or []):
        if str(statement.get("field") or "").partition(".")[0] == field:
            yield row


def _last_used(draft: Draft) -> dict[str, Any]:
    """The source that was last filled in for this draft: what it is, not what it says."""
    named = [one for one in draft.fields.get("statements") or [] if one.get("source_title")]
    return {part: named[-1].get(part) for part in _PARTS} if named else {}


def _add(draft: Draft, field: str, source: Mapping[str, Any]) -> None:
    """A new source, for the first chosen value that has none, where only some have."""
    carried = {draft.fields["statements"][row]["field"] for row in _rows_of(draft, field)}
    values = [f"{field}.{value}" for value in draft.fields.get(field) or []] if field in CLAIMED_VALUES else []
    bare = [path for path in values if path not in carried]
    about = bare[0] if carried and field not in carried and bare else field
    empty = {"field": about, "claim": "", "basis": "", "source_title": "", "source_address": "", "quote": ""}
    add_row(draft, "statements", {**empty, **source, "date": dt.date.today().isoformat()})
    _open(draft, len(draft.fields["statements"]) - 1)


def _open_key(draft: Draft) -> str:
    return f"open source {draft.id}"


def _open(draft: Draft, row: int) -> None:
    st.session_state[_open_key(draft)] = row


def _close(draft: Draft) -> None:
    st.session_state.pop(_open_key(draft), None)


def _remove(draft: Draft, row: int) -> None:
    remove_row(draft, "statements", row)
    _close(draft)
