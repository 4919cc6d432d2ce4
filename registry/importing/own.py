"""Our own exports read back: the same records, whichever of the four formats they were written in."""

import re
from collections.abc import Mapping
from typing import Any

from registry.editing.drafts import BOOKKEEPING, Fields, problems
from registry.exporting.cells import from_cell
from registry.importing.table import Row, Table
from registry.importing.understood import RowProblem, Understood
from registry.language import gettext
from registry.places import Places
from registry.vocabulary import Vocabulary

_TEXT_FORMATS = ("CSV", "XLSX")
_CONTINUED = re.compile(r"(.+) \+\d+")


def own_fields(table: Table, row: Row) -> Fields:
    """The record in this row, as ``model_dump(mode="json")`` gave it; fields without a column are left out.

    Raises:
        CellInvalid: a cell is not what its field holds.
    """
    cells = _joined(table, row)
    if table.format not in _TEXT_FORMATS:
        return {name: value for name, value in cells.items() if value is not None or name == "last_verified"}
    fields: Fields = {}
    for name, text in cells.items():
        try:
            fields[name] = from_cell(name, str(text if text is not None else ""))
        except ValueError as error:
            raise CellInvalid(name, str(text), str(error)) from error
    return fields


class CellInvalid(ValueError):
    """A cell is not what its field holds."""

    def __init__(self, column: str, value: str, detail: str) -> None:
        super().__init__(f"{column}: {detail}")
        self.column, self.value = column, value


def read_own(table: Table, row: Row, vocabulary: Vocabulary, places: Places) -> Understood:
    """What the row says; whatever would stop the record from being published stands in ``problems``."""
    try:
        fields = own_fields(table, row)
    except CellInvalid as error:
        reason, advice = (
            gettext("Cellen har inte den form som exporten skrev."),
            gettext("Ändra fältet på sidan Redaktion i stället."),
        )
        problem = RowProblem.of(row.number, error.column, error.value, reason, advice)
        return Understood(row.number, "", (), {}, (problem,))
    id, revision = str(fields.pop("id", "") or ""), _number(fields.get("revision"))
    fields = {name: value for name, value in fields.items() if name not in BOOKKEEPING}
    found = tuple(
        RowProblem.of(
            row.number,
            problem.field,
            _shown(fields, problem.field),
            problem.reason,
            gettext("Rätta cellen, eller ta bort raden."),
        )
        for problem in problems({**fields, "id": id} if id else fields, vocabulary, places)
    )
    keys = (f"post:{id}", *map(str, fields.get("external_ids") or ()))
    return Understood(row.number, str(fields.get("name") or id), keys, fields, found, record_id=id, revision=revision)


def _joined(table: Table, row: Row) -> dict[str, Any]:
    """The cells by field, with what went on in columns of its own ("statements +2") put together again."""
    cells: dict[str, Any] = {}
    for heading, value in zip(table.header, row.cells, strict=True):
        continued = _CONTINUED.fullmatch(heading)
        if continued:
            cells[continued[1]] = f"{cells.get(continued[1]) or ''}{value or ''}"
        else:
            cells[heading] = value
    return cells


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _shown(fields: Mapping[str, Any], field: str) -> Any:
    value = fields.get(field, "")
    return value if isinstance(value, str) else ""
