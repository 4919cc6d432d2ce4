"""What differs between two states of a record or a draft, and how two people's changes go together."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python

from registry.editing.drafts import BOOKKEEPING, Fields, is_blank
from registry.initiative import Initiative

# Lists whose values stand each for itself: whatever both did to them, both can be kept.
INDEPENDENT_VALUES = (
    "aliases", "search_phrases", "target_groups", "themes", "settings", "sectors", "partners", "regions",
    "municipalities", "legal_forms", "funding", "barriers", "policy_links", "external_ids",
)  # fmt: skip
_DEFAULTS = {
    name: to_jsonable_python(field.default)
    for name, field in Initiative.model_fields.items()
    if not field.is_required()
}


@dataclass(frozen=True)
class Difference:
    """A field that differs, with both values."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Conflict:
    """A field that both changed from ``base``, each in their own way."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """Two people's changes in one draft. Where there is a conflict it holds mine, until somebody chooses."""

    fields: Fields
    conflicts: tuple[Conflict, ...]


def differences(before: Fields, after: Fields) -> list[Difference]:
    """The fields that differ, in the order of the record; what the store keeps account of is left out.

    A field that is missing counts as not filled in, so that a draft can be compared with a whole record.
    """
    pairs = ((field, _value(before, field), _value(after, field)) for field in _fields(before, after))
    return [Difference(field, old, new) for field, old, new in pairs if old != new]


def merge(base: Fields, mine: Fields, theirs: Fields) -> Merged:
    """Both people's changes since ``base``, field by field (a three-way merge, as in diff3).

    What only one changed is taken. Lists are merged by value where both changed them: what either added is there,
    what either took away is not. Lists of sentences and parts conflict if both took away the same item, since
    both may have rewritten it; so does any other field that both changed differently.
    """
    fields: Fields = {}
    conflicts = []
    for field in _fields(base, mine, theirs):
        old, ours, other = (_value(side, field) for side in (base, mine, theirs))
        if other in (ours, old):
            fields[field] = ours
        elif ours == old:
            fields[field] = other
        elif _can_merge(field, old, ours, other):
            fields[field] = _merged_list(old, ours, other)
        else:
            fields[field] = ours
            conflicts.append(Conflict(field, old, ours, other))
    return Merged(fields, tuple(conflicts))


def _can_merge(field: str, old: Any, mine: Any, theirs: Any) -> bool:
    if not all(isinstance(side, list) for side in (old, mine, theirs)):
        return False
    both_removed = any(item not in mine and item not in theirs for item in old)
    added = any(item not in old for item in (*mine, *theirs))
    return field in INDEPENDENT_VALUES or not (both_removed and added)


def _merged_list(old: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Theirs without what I took away, then what I added."""
    kept = [item for item in theirs if item in mine or item not in old]
    return [*kept, *(item for item in mine if item not in old and item not in theirs)]


def _fields(*sides: Fields) -> Iterator[str]:
    names = dict.fromkeys((*Initiative.model_fields, *(name for side in sides for name in side)))
    present = set().union(*sides)
    return (name for name in names if name in present and name not in BOOKKEEPING)


def _value(fields: Fields, name: str) -> Any:
    value = fields.get(name)
    return deepcopy(_DEFAULTS.get(name)) if is_blank(value) else value
