"""A draft as its reader would see it: as far as it has come, with whatever cannot be read left out."""

from html import escape
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from registry.editing.drafts import BOOKKEEPING, Fields, filled_in
from registry.initiative import Initiative
from ui.editing.form_steps import STEPS, Kind, options
from ui.language import _
from ui.records.record import show_record

_READERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(info.annotation)
    for name, info in Initiative.model_fields.items()
    if name not in BOOKKEEPING and info.annotation
}
_OF_A_LIST = [entry.field for step in STEPS for entry in step.entries if entry.kind is Kind.CHOICES]


def show_preview(fields: Fields) -> None:
    """Shows the public page of the record as it would be now."""
    record = as_far_as_it_goes(fields)
    st.html(f'<p class="sb-preview-name">{escape(record.name)}</p>')
    show_record(record)


def as_far_as_it_goes(fields: Fields) -> Initiative:
    """A record of what can be read in the draft; it is for showing only, for no rule has been checked."""
    missing = _("Inte ifyllt än")
    read: dict[str, Any] = {"name": missing, "summary": missing, "description": missing, "form": missing, "id": ""}
    for name, value in filled_in(fields).items():
        if name in _READERS:
            found = _read(name, _known(name, value))
            read |= {} if found is None else {name: found}
    return Initiative.model_construct(**read)


def _read(name: str, value: Any) -> Any:
    """The value, or of a list the items that can be read; None where nothing can."""
    try:
        return _READERS[name].validate_python(value)
    except ValidationError:
        if not isinstance(value, list):
            return None
        items = (_read(name, [item]) for item in value) if len(value) > 1 else ()
        return tuple(item for found in items for item in found or ())


def _known(name: str, value: Any) -> Any:
    """A list without what its vocabulary does not hold."""
    if name == "adoptions" and isinstance(value, list):
        codes = options("municipalities")
        return [one for one in value if isinstance(one, dict) and one.get("municipality") in codes]
    if name in _OF_A_LIST and isinstance(value, list):
        known = options(name)
        return [item for item in value if item in known]
    return value
