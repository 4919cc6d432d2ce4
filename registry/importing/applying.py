"""Carries an import out: the planned rows become proposals, all of them or none, and can be taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from registry.database import Cursor, Database
from registry.editing import proposal_rows
from registry.editing.drafts import Fields
from registry.editing.proposals import EventKind, Origin, Proposal
from registry.errors import ImportHasErrors, ImportOutdated
from registry.importing.known import Known
from registry.importing.memory import ImportedRow, forget_run, proposals_of, remember_run
from registry.importing.plan import Kind, Plan, PlannedRow, Progress, plan_import
from registry.values import Basis

_CLAIM = "Läst ur texten vid importen och bekräftat av redaktionen."
_TAKEN_BACK = "Importen togs tillbaka."
_TOLD_EVERY = 100


@dataclass(frozen=True)
class Choices:
    """What the editor chose in the preview; ``today`` (ISO 8601) dates what is confirmed.

    ``partly``: import the rows that can be, although others have errors. ``duplicates``: also those that look like
    something there is. ``suggestions``: the fields in which what was read out of the texts is confirmed.
    """

    today: str
    partly: bool = False
    duplicates: bool = False
    suggestions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """What an import did: ids of the proposals it made and of those it changed, and how many rows it left."""

    run_id: str
    created: tuple[str, ...]
    changed: tuple[str, ...]
    left: int


def apply_import(
    plan: Plan,
    database: Database,
    known: Callable[[], Known],
    *,
    by: str,
    choices: Choices,
    progress: Progress | None = None,
) -> Outcome:
    """Makes proposals of the new and changed rows of a plan, in one transaction.

    Args:
        known: gives the registry as it is now, to see that the plan still holds. It is called inside the transaction,
            so it must not open one: the stores it reads from must be there already.
        by: the name of whoever imports.
        progress: told how many of the rows have been written.

    Raises:
        ImportHasErrors: some rows have errors and ``choices.partly`` is not set; nothing is written.
        ImportOutdated: the registry has changed so that a row would become something else; nothing is written.
        StorageUnwritable: the disk does not answer; nothing is written.
    """
    wrong = plan.counts[Kind.ERROR]
    if wrong and not choices.partly:
        raise ImportHasErrors(wrong, len(plan.rows))
    kinds = (Kind.NEW, Kind.CHANGED, *((Kind.DUPLICATE,) if choices.duplicates else ()))
    rows = plan.of(*kinds)
    with database.transaction() as cursor:
        _check_holds(plan, known())
        created = _create(cursor, [row for row in rows if not row.proposal_id], by, choices)
        changed = _change(cursor, [row for row in rows if row.proposal_id], by, progress)
        written = [(row, made) for row, made in (*created, *changed)]
        imported = (ImportedRow(row.row.keys[0], row.row.fields, proposal.id) for row, proposal in written)
        run_id = remember_run(cursor, plan.file, imported)
    ids = [tuple(proposal.id for _, proposal in some) for some in (created, changed)]
    return Outcome(run_id, ids[0], ids[1], len(plan.rows) - len(rows))


def take_back(database: Database, run_id: str, *, by: str) -> int:
    """Withdraws the proposals of an import that are still open, all of them or none; gives how many.

    What has been approved since stays. The rows are forgotten, so that the same file can be imported again.

    Raises:
        StorageUnwritable: the disk does not answer; nothing is taken back.
    """
    with database.transaction() as cursor:
        withdrawn = proposal_rows.withdraw_open(cursor, proposals_of(cursor, run_id), by=by, text=_TAKEN_BACK)
        forget_run(cursor, run_id)
    return withdrawn


def confirmed(row: PlannedRow, choices: Choices) -> Fields:
    """The row's draft with the suggestions that the editor has confirmed, each as a statement of the editors' own."""
    draft = dict(row.draft)
    for field in sorted(choices.suggestions & row.suggested.keys()):
        values = row.suggested[field]
        draft[field] = [*draft.get(field, ()), *values]
        judged = (_judgement(f"{field}.{value}", choices.today) for value in values)
        draft["statements"] = [*draft.get("statements", ()), *judged]
    return draft


def _check_holds(plan: Plan, known: Known) -> None:
    """Raises ImportOutdated where a row would become something else than the preview showed."""
    now = plan_import(plan.file, [row.row for row in plan.rows], known)
    for shown, row in zip(plan.rows, now.rows, strict=True):
        as_new = {Kind.DUPLICATE: Kind.NEW}
        kinds = [as_new.get(one.kind, one.kind) for one in (shown, row)]
        if kinds[0] is not kinds[1] or (row.draft, row.seen) != (shown.draft, shown.seen):
            raise ImportOutdated


def _create(cursor: Cursor, rows: Sequence[PlannedRow], by: str, choices: Choices) -> list[tuple[PlannedRow, Proposal]]:
    made = [
        proposal_rows.new(
            confirmed(row, choices),
            by=by,
            origin=Origin.IMPORT,
            initiative_id=row.initiative_id or None,
            base_revision=row.seen if row.initiative_id else None,
        )
        for row in rows
    ]
    if made:
        proposal_rows.insert(cursor, made)
    return list(zip(rows, made, strict=True))


def _change(
    cursor: Cursor, rows: Sequence[PlannedRow], by: str, progress: Progress | None
) -> list[tuple[PlannedRow, Proposal]]:
    written = []
    for done, row in enumerate(rows):
        proposal = proposal_rows.read(cursor, row.proposal_id)
        proposal_rows.log(cursor, proposal, EventKind.TAKEN_OVER, by=by, text="")
        newer = replace(proposal, fields=row.draft, version=proposal.version + 1)
        written.append((row, proposal_rows.write(cursor, newer, by=by)))
        if progress and done % _TOLD_EVERY == 0:
            progress(done, len(rows))
    return written


def _judgement(field: str, today: str) -> dict[str, str]:
    judged = {"field": field, "claim": _CLAIM, "basis": Basis.EDITORIAL.value, "date": today}
    return judged | {"source_title": "", "source_address": "", "quote": ""}
