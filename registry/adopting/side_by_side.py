"""Initiatives side by side: which fields tell them apart, and in which order to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.initiative import UNKNOWN, Adoption, Initiative
from registry.values import Evidence, Maturity, Operation

MOST = 4

# In the order a receiver asks: what it is and for whom, what it rests on, what it takes, who does it and where.
COMPARED = (
    "summary", "form", "role", "target_groups", "themes", "settings", "evidence", "outcomes", "maturity", "operation",
    "core_components", "adaptable_parts", "prerequisites", "boundary_spanner", "cost_band", "payer_and_beneficiary",
    "funding", "legal_forms", "policy_links", "barriers", "owner", "partners", "sectors", "regions", "municipalities",
    "adoptions", "period", "contact_function", "doubts", "last_verified",
)  # fmt: skip
_NOT_KNOWN = {"", UNKNOWN, Operation.UNKNOWN.value, Maturity.NOT_ASSESSED.value, Evidence.NOT_ASSESSED.value}


class Likeness(StrEnum):
    """How a row's cells compare; the order here is the order of reading."""

    DIFFERENT = "olika"
    ALIKE = "lika"
    UNKNOWN = "okänt"


@dataclass(frozen=True)
class Row:
    """One field over all columns; ``cells`` hold each initiative's known values, none where nothing is known."""

    field: str
    cells: tuple[tuple[str, ...], ...]
    likeness: Likeness


def rows(records: Sequence[Initiative], fields: Sequence[str] = COMPARED) -> list[Row]:
    """The fields as rows: those that differ first, then those alike, then those unknown by all.

    Within each the order is that of ``fields``. The order of the values within a cell makes no
    difference. With a single record nothing differs: what is known is counted as alike.
    """
    found = [_row(field, tuple(known_values(record, field) for record in records)) for field in fields]
    order = list(Likeness)
    return sorted(found, key=lambda row: order.index(row.likeness))


def known_values(record: Initiative, field: str) -> tuple[str, ...]:
    """The field's values as text, without those that say that nothing is known."""
    value = getattr(record, field)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(_text(part) for part in values if part is not None and _text(part) not in _NOT_KNOWN)


def _text(value: object) -> str:
    return value.model_dump_json() if isinstance(value, Adoption) else str(value)


def _row(field: str, cells: tuple[tuple[str, ...], ...]) -> Row:
    if not any(cells):
        return Row(field, cells, Likeness.UNKNOWN)
    same = len({frozenset(cell) for cell in cells}) == 1
    return Row(field, cells, Likeness.ALIKE if same else Likeness.DIFFERENT)
