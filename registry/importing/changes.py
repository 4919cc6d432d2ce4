"""What a row changes in what is already there: only where the list says something else than when it last came.

A value the list has not changed is never proposed again, so that what the editors have made of it stands. Lists of
values are added to, never shortened: that one list does not mention a municipality does not make it untrue.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.editing.differences import differences, merge
from registry.editing.drafts import Fields, is_blank
from registry.exporting.cells import unknown
from registry.field_names import FIELD_NAMES
from registry.importing.memory import fingerprint
from registry.importing.understood import Understood
from registry.initiative import Initiative
from registry.language import gettext, later

# What the editors write themselves: a list never proposes its own words instead, unless it has changed them.
_EDITORIAL = ("name", "summary", "description")
_KEPT = later("Redaktionens text står kvar: {fields}.")
_BOTH_CHANGED = later("Både filen och registret har ändrat: {fields}. Filens värde föreslås.")


@dataclass(frozen=True)
class Change:
    """The whole draft with what is changed in it; nothing in ``changed`` means that nothing is."""

    draft: Fields
    changed: tuple[str, ...]
    notes: tuple[str, ...] = ()


def change_of_record(
    row: Understood, record: Initiative, exported: Initiative | None, before: Mapping[str, str] | None
) -> Change:
    """What the row changes in a record.

    Args:
        exported: of our own exports, the record as it was when it was exported, if that is known.
        before: fingerprints of what the list said when it last came; None when it has not come before.
    """
    current = record.model_dump(mode="json")
    if row.record_id == record.id:
        return _edited_export(row, current, exported)
    return _listed(row, current, before, own_list=row.keys[0] in record.external_ids)


def change_of_draft(row: Understood, current: Fields, before: Mapping[str, str] | None) -> Change:
    """What the row changes in a proposal that is still open; ``before`` as in ``change_of_record``."""
    return _listed(
        row, current, before, own_list=before is not None or row.keys[0] in (current.get("external_ids") or ())
    )


def _edited_export(row: Understood, current: Fields, exported: Initiative | None) -> Change:
    draft, notes = {**current, **row.fields}, tuple[str, ...]()
    if exported:
        base = exported.model_dump(mode="json")
        merged = merge(base, {**base, **row.fields}, current)
        draft = {**current, **merged.fields}
        conflicts = _named(conflict.field for conflict in merged.conflicts)
        notes = (gettext(_BOTH_CHANGED).format(fields=conflicts),) if conflicts else ()
    return Change(draft, tuple(difference.field for difference in differences(current, draft)), notes)


def _listed(row: Understood, current: Fields, before: Mapping[str, str] | None, *, own_list: bool) -> Change:
    draft, kept = dict(current), []
    for name, value in row.fields.items():
        if name == "statements" or (before and before.get(name) == fingerprint(value)):
            continue
        now = current.get(name)
        if is_blank(now) or now == unknown(name):
            draft[name] = value
        elif isinstance(now, list):
            draft[name] = [*now, *(one for one in value if one not in now)]
        elif own_list and not (before is None and name in _EDITORIAL):
            draft[name] = value
        elif now != value:
            kept.append(name)
    changed = tuple(name for name in row.fields if name != "statements" and draft[name] != current.get(name))
    if changed:
        draft["statements"] = _statements(row, current, draft, changed)
    return Change(draft, changed, (gettext(_KEPT).format(fields=_named(kept)),) if kept else ())


def _named(fields: Iterable[str]) -> str:
    return ", ".join(gettext(FIELD_NAMES.get(field, field)).lower() for field in fields)


def _statements(row: Understood, current: Fields, draft: Fields, changed: tuple[str, ...]) -> list[Any]:
    """Those there are, but for what a changed value was carried by, and the list's own for what it changed."""
    replaced = {name for name in changed if not isinstance(draft[name], list)}
    standing = [part for part in current.get("statements") or [] if part["field"] not in replaced]
    carried = {part["field"] for part in standing}
    ours = (part for part in row.fields["statements"] if part["field"].partition(".")[0] in changed)
    return [*standing, *(part for part in ours if part["field"] not in carried or "." not in part["field"])]
