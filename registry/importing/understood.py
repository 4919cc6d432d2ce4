"""What was understood of a row: the record it speaks of, and what is wrong with it."""

from dataclasses import dataclass
from typing import Any

from registry.editing.drafts import Fields
from registry.importing.layouts import ColumnMapping, Layout

_SHOWN = 200  # characters of a wrong value


@dataclass(frozen=True)
class RowProblem:
    """Why a row cannot be imported: the cell, what is wrong with it (Swedish), and what to do about it."""

    row: int
    column: str
    value: str
    reason: str
    advice: str

    @classmethod
    def of(cls, row: int, column: str, value: Any, reason: str, advice: str) -> "RowProblem":
        """A problem with as much of the value as is shown."""
        return cls(row, column, str(value if value is not None else "")[:_SHOWN], reason, advice)


@dataclass(frozen=True)
class Recipe:
    """How a file is to be understood: its layout, which column holds what, and the source its claims are given.

    ``title`` and ``address`` name the list; without an address the file itself is the source. ``prefix`` begins
    the ids of its rows, ``signature`` is that of its headings.
    """

    layout: Layout
    mapping: ColumnMapping
    title: str
    address: str = ""
    prefix: str = ""
    signature: str = ""


@dataclass(frozen=True)
class Understood:
    """A row as a record's fields.

    ``keys`` are what it is known by when it comes again, its own list's first. ``record_id`` and ``revision`` are those of
    our own exports. ``repeats`` is the number of an earlier row of the file that says the same.
    """

    number: int
    name: str
    keys: tuple[str, ...]
    fields: Fields
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    record_id: str = ""
    revision: int = 0
    repeats: int = 0
