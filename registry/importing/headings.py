"""Finds the row with the headings, and gives every column a name of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from registry.errors import TableUnreadable, TooManyRows
from registry.importing.layouts import is_known_heading
from registry.importing.table import MOST_COLUMNS, MOST_ROWS, Row, is_empty
from registry.language import gettext

_SEARCHED = 15  # rows from the top: above the headings there may be a title and a few words


def with_headings(file: str, numbered: Iterable[tuple[int, Sequence[Any]]]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The header and the rows below it; empty rows are skipped, short ones filled up.

    Args:
        file: the file's name, for the errors.
        numbered: the rows from the top, each with its number in the file.

    Raises:
        TableUnreadable: there are no headings, or too many columns.
        TooManyRows: there are more rows than are taken.
    """
    filled = ((number, cells) for number, cells in numbered if not all(map(is_empty, cells)))
    top = list(islice(filled, _SEARCHED))
    place = _heading_row([cells for _, cells in top])
    if place is None:
        raise TableUnreadable(file, gettext("det finns ingen rad med rubriker på minst två kolumner"))
    header = _names(top[place][1])
    if len(header) > MOST_COLUMNS:
        raise TableUnreadable(file, gettext("den har fler än {most} kolumner").format(most=MOST_COLUMNS))
    rows = [_row(number, cells, len(header)) for number, cells in top[place + 1 :]]
    for number, cells in filled:
        if len(rows) >= MOST_ROWS:
            raise TooManyRows(file, MOST_ROWS)
        rows.append(_row(number, cells, len(header)))
    return header, tuple(rows)


def _heading_row(rows: list[Sequence[Any]]) -> int | None:
    """The first row with most headings that a known layout has, or else the first with two different texts."""
    known = [sum(is_known_heading(cell) for cell in cells if isinstance(cell, str)) for cells in rows]
    if any(count >= 2 for count in known):
        return known.index(max(known))
    for place, cells in enumerate(rows):
        if len({str(cell).strip() for cell in cells if not is_empty(cell)}) >= 2:
            return place
    return None


def _names(cells: Sequence[Any]) -> tuple[str, ...]:
    last = max(place for place, cell in enumerate(cells) if not is_empty(cell))
    seen: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells[: last + 1], start=1):
        name = f"Kolumn {place}" if is_empty(cell) else " ".join(str(cell).split())
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _row(number: int, cells: Sequence[Any], width: int) -> Row:
    filled = tuple(cells[:width]) + (None,) * (width - len(cells))
    return Row(number, filled, " ".join(str(cell) for cell in cells[width:] if not is_empty(cell)))
