"""Two people changed the same field: both versions side by side, and a choice for each field."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from registry.editing.differences import Conflict
from registry.editing.drafts import Fields
from ui.editing.form_steps import STEPS, Kind
from ui.field_words import field_word, in_words
from ui.language import _

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_LONG_TEXTS = [entry.field for step in STEPS for entry in step.entries if entry.kind is Kind.TEXT]


def choose_versions(conflicts: Sequence[Conflict], key: str, mine: str, theirs: str) -> Fields | None:
    """Shows each conflict as it was before, as it is in ``mine`` and in ``theirs``.

    Returns what was chosen, by field, once every field has a choice and the button is pressed.
    """
    chosen: dict[str, Any] = {}
    for conflict in conflicts:
        st.subheader(field_word(conflict.field), anchor=False)
        columns = st.columns(3)
        for column, title, value in zip(
            columns,
            (_("Innan"), mine, theirs),
            (conflict.base, conflict.mine, conflict.theirs),
            strict=True,
        ):
            with column:
                st.html(f'<p class="sb-label">{escape(title)}</p>{_lines(in_words(conflict.field, value))}')
        choice = st.radio(
            _("Vilken version ska gälla för {field}?").format(field=field_word(conflict.field).lower()),
            [MINE, THEIRS, *([BOTH] if _can_hold_both(conflict) else [])],
            format_func={MINE: mine, THEIRS: theirs, BOTH: _("Båda, efter varandra")}.__getitem__,
            index=None,
            horizontal=True,
            key=f"{key} {conflict.field}",
        )
        if choice:
            chosen[conflict.field] = _value(conflict, choice)
    pressed = st.button(_("Använd valen"), type="primary", key=f"{key} settle")
    if pressed and len(chosen) < len(conflicts):
        st.warning(_("Välj en version för varje fält först. Båda finns kvar."))
    return chosen if pressed and len(chosen) == len(conflicts) else None


def _can_hold_both(conflict: Conflict) -> bool:
    return isinstance(conflict.mine, list) or conflict.field in _LONG_TEXTS


def _value(conflict: Conflict, choice: str) -> Any:
    if choice == BOTH and isinstance(conflict.mine, list):
        return [*conflict.mine, *(item for item in conflict.theirs or [] if item not in conflict.mine)]
    if choice == BOTH:
        return f"{conflict.mine}\n\n{conflict.theirs}"
    return conflict.mine if choice == MINE else conflict.theirs


def _lines(lines: Sequence[str]) -> str:
    if not lines:
        return f'<p class="sb-unknown">{escape(_("Uppgift saknas"))}</p>'
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
