"""What an import would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from registry.editing.drafts import Fields
from registry.importing.changes import Change, change_of_draft, change_of_record
from registry.importing.known import Known
from registry.importing.memory import Remembered, fingerprints
from registry.importing.understood import RowProblem, Understood
from registry.initiative import Initiative
from registry.language import gettext
from registry.places import fold
from registry.upkeep.duplicates import Duplicate
from registry.values import Status

# What the matcher reads out of a text: values by field. Empty where it understands nothing.
Suggest: TypeAlias = Callable[[str], Mapping[str, Sequence[str]]]
# For each of many drafts the records that may be the same.
Near: TypeAlias = Callable[[Sequence[Fields]], Iterable[Sequence[Duplicate]]]
# Called with how many of how many are done.
Progress: TypeAlias = Callable[[int, int], None]

SUGGESTED_FIELDS = ("target_groups", "themes", "settings", "regions", "municipalities")
_TOLD_EVERY = 100


class Kind(StrEnum):
    """What would become of a row."""

    NEW = "ny"
    CHANGED = "ändrad"
    UNCHANGED = "oförändrad"
    DUPLICATE = "möjlig dubblett"
    ERROR = "fel"


@dataclass(frozen=True)
class PlannedRow:
    """A row and what would become of it.

    ``draft`` is the whole proposal that would be made or changed; ``changed`` the fields that differ from what is there.
    A changed row belongs to a record (``initiative_id``) or to a proposal that is still open (``proposal_id``), and was
    compared with its revision or version ``seen``. ``suggested`` is what the text speaks of, for somebody to confirm.
    """

    row: Understood
    kind: Kind
    draft: Fields = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    initiative_id: str = ""
    proposal_id: str = ""
    seen: int = 0
    duplicates: tuple[Duplicate, ...] = ()
    notes: tuple[str, ...] = ()
    suggested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What an import of ``file`` would do, row by row in the file's order."""

    file: str
    rows: tuple[PlannedRow, ...]

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many rows of each kind, of all kinds."""
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in Kind}

    def of(self, *kinds: Kind) -> tuple[PlannedRow, ...]:
        """The rows of these kinds, in the file's order."""
        return tuple(row for row in self.rows if row.kind in kinds)

    @cached_property
    def problems(self) -> tuple[RowProblem, ...]:
        """Everything that is wrong with any row, in the file's order."""
        return tuple(problem for row in self.rows for problem in row.row.problems)


def plan_import(
    file: str,
    rows: Sequence[Understood],
    known: Known,
    *,
    near: Near | None = None,
    suggest: Suggest | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Compares the rows of a file with the registry and with each other. Writes nothing.

    Args:
        file: the file's name.
        rows: what was understood of each row.
        known: what is there already.
        near: finds records that may be the same as a new row; without it none is looked for.
        suggest: reads target groups, themes and places out of a text; without it none is suggested.
        progress: told now and then how far it has come.
    """
    planned = _with_duplicates([_planned(row, known) for row in _once(rows)], near)
    whole = []
    for done, row in enumerate(planned):
        if progress and done % _TOLD_EVERY == 0:
            progress(done, len(planned))
        whole.append(_with_suggestions(row, suggest))
    return Plan(file, tuple(whole))


def _once(rows: Iterable[Understood]) -> Iterator[Understood]:
    """The rows; one that is known by the same key as an earlier row, but says other things, has that as a problem."""
    seen: dict[str, Understood] = {}
    for row in rows:
        earlier = next((seen[key] for key in row.keys if key in seen), None)
        for key in row.keys:
            seen.setdefault(key, row)
        if earlier is None:
            yield row
        elif fingerprints(earlier.fields) == fingerprints(row.fields):
            yield replace(row, repeats=earlier.number)
        else:
            reason = gettext("Beteckningen står redan på rad {row}, med andra uppgifter.").format(row=earlier.number)
            problem = RowProblem.of(row.number, "", row.keys[0], reason, gettext("Behåll en av raderna."))
            yield replace(row, problems=(*row.problems, problem))


def _planned(row: Understood, known: Known) -> PlannedRow:
    if row.problems:
        return PlannedRow(row, Kind.ERROR)
    remembered = known.remembered(row)
    record = known.record(row)
    left = _why_left(row, known, remembered, record)
    if left:
        return PlannedRow(row, Kind.UNCHANGED, notes=(left,))
    before = remembered.fingerprints if remembered else None
    if record:
        change = change_of_record(row, record, known.exported(row, record), before)
        return _changed(row, change, PlannedRow(row, Kind.CHANGED, initiative_id=record.id, seen=record.revision))
    proposal = known.open_proposal(row, remembered)
    if proposal:
        change = change_of_draft(row, proposal.fields, before)
        return _changed(row, change, PlannedRow(row, Kind.CHANGED, proposal_id=proposal.id, seen=proposal.version))
    fields = {"id": row.record_id, **row.fields} if row.record_id else dict(row.fields)
    return PlannedRow(row, Kind.NEW, fields, notes=row.notes)


def _why_left(row: Understood, known: Known, remembered: Remembered | None, record: Initiative | None) -> str:
    """Why the row is passed over without being compared; "" where it is not."""
    if row.repeats:
        return gettext("Samma uppgifter som rad {row}.").format(row=row.repeats)
    if remembered and remembered.fingerprints == fingerprints(row.fields):
        return gettext("Raden är redan inläst och har inte ändrats sedan dess.")
    if record and record.status is Status.ARCHIVED:
        return gettext("Initiativet är arkiverat. Återställ det först om det ska ändras.")
    return gettext("Initiativet har raderats och läses inte in igen.") if known.was_erased(row) else ""


def _changed(row: Understood, change: Change, planned: PlannedRow) -> PlannedRow:
    if not change.changed:
        return PlannedRow(row, Kind.UNCHANGED, notes=change.notes)
    return replace(planned, draft=change.draft, changed=change.changed, notes=(*row.notes, *change.notes))


def _with_duplicates(rows: Sequence[PlannedRow], near: Near | None) -> list[PlannedRow]:
    """The new rows that look like a record, or like an earlier row of the file, marked as possible duplicates."""
    new = [row for row in rows if row.kind is Kind.NEW]
    found = iter(near([row.draft for row in new])) if near else iter([()] * len(new))
    named: dict[tuple[str, str], int] = {}
    marked = []
    for row in rows:
        if row.kind is not Kind.NEW:
            marked.append(row)
            continue
        duplicates = tuple(next(found))
        name = (fold(row.row.name), fold(str(row.draft.get("owner", ""))))
        earlier = named.setdefault(name, row.row.number)
        notes = (
            row.notes
            if earlier == row.row.number
            else (*row.notes, gettext("Samma namn och ägare som rad {row}.").format(row=earlier))
        )
        kind = Kind.DUPLICATE if duplicates or earlier != row.row.number else Kind.NEW
        marked.append(replace(row, kind=kind, duplicates=duplicates, notes=notes))
    return marked


def _with_suggestions(row: PlannedRow, suggest: Suggest | None) -> PlannedRow:
    if suggest is None or row.kind not in (Kind.NEW, Kind.DUPLICATE) or row.row.record_id:
        return row
    read = suggest(f"{row.row.name}. {row.draft.get('summary', '')}")
    suggested = {
        field: tuple(value for value in values if value not in row.draft.get(field, ()))
        for field, values in read.items()
        if field in SUGGESTED_FIELDS
    }
    return replace(row, suggested={field: values for field, values in suggested.items() if values})
