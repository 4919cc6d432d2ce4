"""Proposals beside the published records: förslag -> granskning -> publicerad or arkiverad.

A published record stays as it is until a proposal is approved. Saving a draft replaces its fields and is cheap; every
event that matters keeps the fields as they were then, in a table to which rows are only added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from registry import erasing, record_rows
from registry.editing import proposal_rows
from registry.editing.drafts import Fields
from registry.editing.proposal_rows import OPEN, Event, EventKind, Origin, Proposal
from registry.editing.proposal_steps import Approval, approved, given, moved, opened
from registry.errors import EditConflict, NotInThisState, RegistryError
from registry.initiative import Initiative
from registry.language import later
from registry.places import Places
from registry.store import InitiativeStore
from registry.values import Status
from registry.vocabulary import Vocabulary

__all__ = ["Approval", "Event", "EventKind", "Origin", "Proposal", "ProposalStore"]

_MERGE = later("föra samman förslaget med en nyare version")


class ProposalStore:
    """All proposals and what has happened to them, in the same database as the initiatives.

    ``by`` is always the name of the person who acts; whether they may is asked before (``registry.editing.access``).
    Any call can raise StorageUnwritable.
    """

    def __init__(self, initiatives: InitiativeStore, vocabulary: Vocabulary, places: Places) -> None:
        self._initiatives = initiatives
        self._database = initiatives.database
        self._vocabulary = vocabulary
        self._places = places
        with self._database.transaction() as cursor:
            cursor.execute(proposal_rows.TABLES)

    def create(
        self, fields: Fields | None = None, *, by: str, origin: Origin = Origin.DESK, initiative_id: str | None = None
    ) -> Proposal:
        """A new draft: of a new record, or of a change to ``initiative_id``, which starts from the record as it is.

        Args:
            fields: what is filled in already; for a change, what differs from the record.

        Raises:
            RecordNotFound: there is no record ``initiative_id``.
        """
        with self._database.transaction() as cursor:
            base = record_rows.read(cursor, initiative_id) if initiative_id else None
            start = (base.model_dump(mode="json") if base else {}) | (fields or {})
            revision = base.revision if base else None
            proposal = proposal_rows.new(
                start, by=by, origin=origin, initiative_id=initiative_id, base_revision=revision
            )
            proposal_rows.insert(cursor, [proposal])
        return proposal

    def create_many(self, drafts: Sequence[Fields], *, by: str, origin: Origin) -> list[Proposal]:
        """Drafts of new records: all of them in one transaction, or none."""
        proposals = [
            proposal_rows.new(fields, by=by, origin=origin, initiative_id=None, base_revision=None) for fields in drafts
        ]
        with self._database.transaction() as cursor:
            proposal_rows.insert(cursor, proposals)
        return proposals

    def get(self, id: str) -> Proposal:
        """The proposal as it is now.

        Raises:
            ProposalNotFound: there is none, or it has been erased.
        """
        with self._database.cursor() as cursor:
            return proposal_rows.read(cursor, id)

    def all(
        self, status: Status | None = None, author: str | None = None, initiative_id: str | None = None
    ) -> list[Proposal]:
        """The proposals with these values, the latest changed first; None leaves a value open."""
        with self._database.cursor() as cursor:
            return proposal_rows.read_all(cursor, status, author, initiative_id)

    def events(self, id: str) -> list[Event]:
        """What has happened to the proposal, in order."""
        with self._database.cursor() as cursor:
            return proposal_rows.read_events(cursor, id)

    def autosave(self, id: str, fields: Fields, *, seen_version: int, by: str) -> Proposal:
        """Saves the fields of an open proposal that somebody saw as ``seen_version``.

        Makes an event only when somebody else saved last: it keeps what they had written.

        Raises:
            DraftConflict: somebody saved it in between; nothing is written, so that both can be shown and merged.
            NotInThisState: it is closed.
            ProposalNotFound: there is none.
        """
        with self._database.transaction() as cursor:
            saved = proposal_rows.write_again(cursor, id, fields, seen_version=seen_version, by=by)
            if saved:
                return saved
            proposal = opened(cursor, id, OPEN, later("spara i förslaget"), seen_version)
            if by != proposal.changed_by:
                proposal_rows.log(cursor, proposal, EventKind.TAKEN_OVER, by=by, text="")
            return proposal_rows.write(cursor, replace(proposal, fields=fields, version=seen_version + 1), by=by)

    def submit(self, id: str, *, seen_version: int, by: str, text: str = "") -> Proposal:
        """Sends a draft for review.

        Raises:
            DraftConflict, NotInThisState, ProposalNotFound: as ``autosave``.
        """
        with self._database.transaction() as cursor:
            proposal = opened(cursor, id, (Status.DRAFT,), later("skicka förslaget till granskning"), seen_version)
            return moved(cursor, proposal, Status.IN_REVIEW, EventKind.SUBMITTED, by=by, text=text)

    def send_back(self, id: str, *, by: str, reason: str) -> Proposal:
        """Makes what is in review a draft again, with what should be done to it.

        Raises:
            NotInThisState: it is not in review.
            ProposalNotFound, ReasonMissing: there is none; ``reason`` is blank.
        """
        with self._database.transaction() as cursor:
            proposal = opened(cursor, id, (Status.IN_REVIEW,), later("skicka tillbaka förslaget"))
            return moved(cursor, proposal, Status.DRAFT, EventKind.SENT_BACK, by=by, text=given(reason))

    def comment(self, id: str, *, by: str, text: str) -> None:
        """Adds a comment, whatever state the proposal is in.

        Raises:
            ProposalNotFound, ReasonMissing: there is none; ``text`` is blank.
        """
        with self._database.transaction() as cursor:
            proposal = proposal_rows.read(cursor, id)
            proposal_rows.log(cursor, proposal, EventKind.COMMENTED, by=by, text=given(text), with_fields=False)

    def withdraw(self, id: str, *, by: str, reason: str) -> Proposal:
        """Closes an open proposal without approving it: the author takes it back, or it is refused. Nothing is deleted.

        Raises:
            NotInThisState: it is closed already.
            ProposalNotFound, ReasonMissing: there is none; ``reason`` is blank.
        """
        with self._database.transaction() as cursor:
            proposal = opened(cursor, id, OPEN, later("avsluta förslaget"))
            return moved(cursor, proposal, Status.ARCHIVED, EventKind.WITHDRAWN, by=by, text=given(reason))

    def reopen(self, id: str, *, by: str) -> Proposal:
        """Makes a draft again of what was withdrawn, or takes it back out of review.

        Raises:
            NotInThisState: it is a draft, or has been approved.
            ProposalNotFound: there is none.
        """
        with self._database.transaction() as cursor:
            proposal = opened(cursor, id, (Status.IN_REVIEW, Status.ARCHIVED), later("öppna förslaget igen"))
            return moved(cursor, proposal, Status.DRAFT, EventKind.REOPENED, by=by, text="")

    def approve(self, id: str, *, seen_version: int, by: str, reason: str) -> Initiative:
        """Publishes what is in review: the record, its revision and the closed proposal, all in one transaction.

        A new record gets an id made from its name. A change to an archived record publishes that again.

        Raises:
            DraftConflict: the proposal was changed after the reviewer opened it.
            EditConflict: the record has been changed since the proposal was made from it; ``rebase`` first.
            NotInThisState: it is not in review.
            ProposalNotFound, ReasonMissing: there is none; ``reason`` is blank.
            RecordExists: it brings an id that another record has.
            RecordInvalid: something stops it from being published.
        """
        with self._database.transaction() as cursor:
            proposal = opened(cursor, id, (Status.IN_REVIEW,), later("godkänna förslaget"), seen_version)
            record = approved(cursor, proposal, self._vocabulary, self._places, by=by, reason=given(reason))
        self._initiatives.publish()
        return record

    def approve_many(self, seen: Mapping[str, int], *, by: str, reason: str) -> Approval:
        """Sends in those that are drafts still, and approves them all: each in a transaction of its own.

        One that cannot be approved is left as it was, with what stopped it.

        Args:
            seen: the version of each proposal, by id, that the reviewer saw.

        Raises:
            ReasonMissing: ``reason`` is blank; nothing is done.
        """
        records: list[Initiative] = []
        left: dict[str, RegistryError] = {}
        given(reason)
        for id, version in seen.items():
            try:
                with self._database.transaction() as cursor:
                    proposal = opened(cursor, id, OPEN, later("godkänna förslaget"), version)
                    if proposal.status is Status.DRAFT:
                        proposal = moved(cursor, proposal, Status.IN_REVIEW, EventKind.SUBMITTED, by=by, text=reason)
                    record = approved(cursor, proposal, self._vocabulary, self._places, by=by, reason=reason)
                records.append(record)
            except RegistryError as stopped:
                left[id] = stopped
        self._initiatives.publish()
        return Approval(tuple(records), left)

    def rebase(self, id: str, fields: Fields, *, onto_revision: int, by: str) -> Proposal:
        """Saves the fields after a merge with the record's revision ``onto_revision``, on which the proposal now stands.

        The event keeps the fields as they were before the merge.

        Raises:
            EditConflict: the record has been changed once more.
            NotInThisState: the proposal is closed, or changes no record.
            ProposalNotFound: there is none.
        """
        with self._database.transaction() as cursor:
            proposal = opened(cursor, id, OPEN, _MERGE)
            if proposal.initiative_id is None:
                raise NotInThisState(id, later("ett nytt initiativ"), _MERGE)
            current = record_rows.read(cursor, proposal.initiative_id).revision
            if current != onto_revision:
                raise EditConflict(proposal.initiative_id, onto_revision, current)
            proposal_rows.log(cursor, proposal, EventKind.MERGED, by=by, text="")
            merged = replace(proposal, fields=fields, base_revision=onto_revision, version=proposal.version + 1)
            return proposal_rows.write(cursor, merged, by=by)

    def erase(self, id: str, *, by: str, reason: str) -> None:
        """Removes a proposal with its events for good, as ``InitiativeStore.erase`` does a record.

        Raises:
            ProposalNotFound, ReasonMissing: there is none; ``reason`` is blank.
            StorageUnwritable: it is erased, but the database file could not be written anew.
        """
        with self._database.transaction() as cursor:
            proposal_rows.read(cursor, id)
            erasing.log_erasure(cursor, erasing.PROPOSAL, id, by=by, reason=reason)
            proposal_rows.delete(cursor, id)
        self._database.rewrite()
