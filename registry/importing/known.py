"""What the registry already has that a row of a file can be about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from registry.editing.drafts import Fields
from registry.editing.proposals import Proposal, ProposalStore
from registry.importing.memory import ImportMemory, Remembered
from registry.importing.understood import Understood
from registry.initiative import Initiative
from registry.store import InitiativeStore
from registry.upkeep.duplicates import Duplicate
from registry.upkeep.duplicates import Known as Entries
from registry.upkeep.likeness import Entry, told
from registry.values import Status

OPEN = (Status.DRAFT, Status.IN_REVIEW)

# For each of many texts the cosines of its meaning and the records', by id, as far as they are compared.
Meanings: TypeAlias = Callable[[Sequence[str]], Iterable[Mapping[str, float]]]


class Known:
    """The records, the open proposals and the rows that have come before, as they are now."""

    def __init__(self, initiatives: InitiativeStore, proposals: ProposalStore, memory: ImportMemory) -> None:
        self._initiatives = initiatives
        self._records = {record.id: record for record in initiatives.all()}
        self._by_external_id = {id: record for record in self._records.values() for id in record.external_ids}
        opened = [one for one in proposals.all() if one.status in OPEN]
        self._open = {proposal.id: proposal for proposal in opened}
        self._open_by_external_id = {id: p for p in opened for id in p.fields.get("external_ids") or ()}
        self._rows = memory.rows()
        self._erased = {erasure.id for erasure in initiatives.erasures()}

    def remembered(self, row: Understood) -> Remembered | None:
        """What is remembered of the row from the last time its list came."""
        return self._rows.get(row.keys[0])

    def record(self, row: Understood) -> Initiative | None:
        """The record the row is about: by its id in our own exports, or else by an external id."""
        found = self._records.get(row.record_id)
        return found or next((self._by_external_id[key] for key in row.keys if key in self._by_external_id), None)

    def was_erased(self, row: Understood) -> bool:
        """Whether the row is of our own export, of a record that has been erased since."""
        return row.record_id in self._erased

    def exported(self, row: Understood, record: Initiative) -> Initiative | None:
        """The record as it was when the row was exported, where the registry has that revision."""
        if row.record_id != record.id or row.revision in (0, record.revision):
            return record if row.revision else None
        revisions = (revision.record for revision in self._initiatives.revisions(record.id))
        return next((one for one in revisions if one.revision == row.revision), None)

    def open_proposal(self, row: Understood, remembered: Remembered | None) -> Proposal | None:
        """The proposal that is still open and that the row became, or that has one of its external ids."""
        if remembered and remembered.proposal_id in self._open:
            return self._open[remembered.proposal_id]
        return next((self._open_by_external_id[key] for key in row.keys if key in self._open_by_external_id), None)

    def near(self, drafts: Sequence[Fields], meanings: Meanings | None = None) -> Sequence[Sequence[Duplicate]]:
        """For each draft the records and the open proposals of new ones that may be the same, best first.

        By names, owners and ids; with ``meanings`` records by their texts too.
        """
        records = [Entry.of(record) for record in self._records.values()]
        new = [Entry.typed(one.fields, one.id) for one in self._open.values() if one.initiative_id is None]
        compared = meanings([told(draft) for draft in drafts]) if meanings else None
        return list(Entries([*records, *new]).near_many([Entry.typed(draft) for draft in drafts], compared))
