"""The cells of one row by what they hold, and what is found to be wrong with them on the way."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from registry.importing.table import Row, is_empty
from registry.importing.understood import RowProblem
from registry.language import gettext

T = TypeVar("T")


class CellsOfRow:
    """A row while it is read. ``problems`` and ``notes`` gather what its reader finds.

    Args:
        row: the row.
        columns: for each target the place of its column.
        header: the headings, for the problems.
    """

    def __init__(self, row: Row, columns: Mapping[str, int], header: tuple[str, ...]) -> None:
        self._row = row
        self._columns = columns
        self._header = header
        self.problems: list[RowProblem] = []
        self.notes: list[str] = []

    def get(self, target: str) -> Any:
        """What the cell holds; None where it is empty or there is no such column."""
        place = self._columns.get(target)
        value = None if place is None else self._row.cells[place]
        return None if is_empty(value) else value

    def heading(self, target: str) -> str:
        """The heading of the target's column; "" where there is none."""
        place = self._columns.get(target)
        return "" if place is None else self._header[place]

    def parsed(self, target: str, parse: Callable[[Any], T], reason: str, example: str) -> T | None:
        """What ``parse`` makes of the cell; a problem for this reason, and None, where that raises ValueError."""
        value = self.get(target)
        if value is None:
            return None
        try:
            return parse(value)
        except ValueError:
            advice = gettext("Skriv till exempel {example}, eller töm cellen.").format(example=example)
            self.problem(target, value, reason, advice)
            return None

    def problem(self, target: str, value: Any, reason: str, advice: str) -> None:
        """Notes what is wrong with a cell, and what to do about it."""
        self.problems.append(RowProblem.of(self._row.number, self.heading(target), value, reason, advice))
