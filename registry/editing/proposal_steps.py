"""The steps of a proposal from one state to another. Always inside the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from registry import erasing, record_rows
from registry.database import Cursor
from registry.editing import proposal_rows
from registry.editing.drafts import as_record, filled_in, slug_for
from registry.editing.proposal_rows import EventKind, Proposal
from registry.errors import DraftConflict, NotInThisState, ReasonMissing, RegistryError
from registry.initiative import Initiative
from registry.places import Places
from registry.values import Status
from registry.vocabulary import Vocabulary


@dataclass(frozen=True)
class Approval:
    """What came of approving many proposals: the records as published, and by proposal's id what stopped the others."""

    records: tuple[Initiative, ...]
    left: Mapping[str, RegistryError]


def opened(
    cursor: Cursor, id: str, allowed: tuple[Status, ...], wanted: str, seen_version: int | None = None
) -> Proposal:
    """The proposal, where it is in one of these states and, if a version is given, still that version.

    Raises:
        DraftConflict: it is another version.
        NotInThisState: it is in another state, so that what was ``wanted`` cannot be done.
        ProposalNotFound: there is none.
    """
    proposal = proposal_rows.read(cursor, id)
    if proposal.status not in allowed:
        raise NotInThisState(id, proposal.status, wanted)
    if seen_version not in (None, proposal.version):
        raise DraftConflict(id, seen_version or 0, proposal.version)
    return proposal


def moved(cursor: Cursor, proposal: Proposal, to: Status, kind: EventKind, *, by: str, text: str) -> Proposal:
    """Saves that the proposal, whose fields stay as they are, is in another state, and the event of it."""
    proposal_rows.log(cursor, proposal, kind, by=by, text=text)
    return proposal_rows.write(cursor, replace(proposal, status=to), by=proposal.changed_by)


def approved(
    cursor: Cursor, proposal: Proposal, vocabulary: Vocabulary, places: Places, *, by: str, reason: str
) -> Initiative:
    """Saves the record that the proposal makes or changes, and that it has been approved.

    Raises:
        EditConflict, RecordExists, RecordInvalid: as ``ProposalStore.approve``.
    """
    record = _save_record(cursor, proposal, vocabulary, places, by, reason)
    done = replace(proposal, initiative_id=record.id)
    moved(cursor, done, Status.PUBLISHED, EventKind.APPROVED, by=by, text=reason)
    proposal_rows.tie_events(cursor, done)
    return record


def given(reason: str) -> str:
    """The reason, where there is one.

    Raises:
        ReasonMissing: it is blank.
    """
    if not reason.strip():
        raise ReasonMissing
    return reason


def _save_record(  # noqa: PLR0917 - what a record is read with, and who saves it
    cursor: Cursor, proposal: Proposal, vocabulary: Vocabulary, places: Places, by: str, reason: str
) -> Initiative:
    if proposal.initiative_id is None or proposal.base_revision is None:
        taken = record_rows.ids(cursor) | erasing.erased_records(cursor)
        name = proposal.fields.get("name")
        made = {"id": slug_for(name if isinstance(name, str) else "", taken)}
        record = as_record(made | filled_in(proposal.fields), vocabulary, places)
        return record_rows.insert(cursor, record, by=by, reason=reason)
    record = as_record(proposal.fields | {"id": proposal.initiative_id}, vocabulary, places)
    return record_rows.update(cursor, record, seen_revision=proposal.base_revision, by=by, reason=reason)
