"""One thing entered twice: what the second entry adds to the record that is already there."""

from typing import Any

from pydantic_core import to_jsonable_python

from registry.editing.drafts import BOOKKEEPING, Fields, filled_in
from registry.initiative import Initiative
from registry.places import fold

_MOST_SITUATIONS = 12  # as the record's own rule says
_KEPT = {"id", "name", "aliases", "last_verified", *BOOKKEEPING}


def joined(record: Fields, entered: Fields) -> Fields:
    """The record with what the entry knows more: a proposal that corrects it.

    The entry's names become other names, its values and sources are added to the record's lists, and what nobody
    knew of the record is filled in. What the record already says stays as it is.
    """
    entry = filled_in(entered)
    fields = dict(record)
    for name, info in Initiative.model_fields.items():
        if name in _KEPT or name not in entry:
            continue
        own = record.get(name)
        unknown = (None, "") if info.is_required() else (None, "", to_jsonable_python(info.default))
        if isinstance(entered[name], list):
            fields[name] = _with_new(own or [], entered[name])
        elif own in unknown:
            fields[name] = entered[name]
    fields["situations"] = (fields.get("situations") or [])[:_MOST_SITUATIONS]
    fields["aliases"] = _names(record, entry)
    return fields


def _with_new(own: list[Any], others: list[Any]) -> list[Any]:
    return [*own, *(item for item in others if item not in own)]


def _names(record: Fields, entry: Fields) -> list[str]:
    """The record's other names and those of the entry that differ by more than capitals and accents."""
    own = list(record.get("aliases") or [])
    said = {fold(name) for name in (str(record.get("name", "")), *own)}
    for name in (entry.get("name"), *(entry.get("aliases") or [])):
        if isinstance(name, str) and fold(name) not in said:
            own.append(name.strip())
            said.add(fold(name))
    return own
