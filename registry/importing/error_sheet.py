"""What is wrong with the rows of a file, as a sheet to work through: row, column, value, what is wrong, what to do."""

from collections.abc import Sequence

from registry.exporting.sheets import rows_as_csv, rows_as_xlsx
from registry.importing.understood import RowProblem
from registry.language import gettext, later

HEADER = (later("Rad"), later("Kolumn"), later("Värde"), later("Vad som är fel"), later("Vad ni kan göra"))


def errors_as_csv(problems: Sequence[RowProblem]) -> str:
    """The problems as CSV; nothing in it runs as a formula."""
    return rows_as_csv([*map(gettext, HEADER)], _rows(problems))


def errors_as_xlsx(problems: Sequence[RowProblem]) -> bytes:
    """The problems as a workbook; nothing in it runs as a formula."""
    return rows_as_xlsx(gettext("Fel"), [*map(gettext, HEADER)], _rows(problems))


def _rows(problems: Sequence[RowProblem]) -> list[tuple[str, ...]]:
    return [(str(p.row), p.column, p.value, p.reason, p.advice) for p in problems]
