"""Any sequence of work at the desk keeps every revision, and readers see exactly what is published."""

import itertools
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from registry.catalogue import read_parquet
from registry.editing.differences import merge
from registry.editing.drafts import Fields
from registry.editing.proposals import Event, Proposal, ProposalStore
from registry.errors import DraftConflict, EditConflict, NotInThisState, RecordInvalid
from registry.initiative import Initiative
from registry.places import load_places
from registry.store import PUBLISHED, InitiativeStore, Revision
from registry.values import Status
from registry.vocabulary import load_vocabulary
from tests.conftest import editorial, make_initiative

VOCABULARY, PLACES = load_vocabulary(), load_places()
SOURCED = {
    "owner": ["Kommunen"],
    "target_groups": ["uvas", "npf"],
    "statements": [{**editorial(field), "date": "2026-11-22"} for field in ("owner", "target_groups")],
}
CHANGES = st.fixed_dictionaries(
    {}, optional={"name": st.sampled_from(["Odling", "Blå Vägen", "Café"])}
) | st.sampled_from(
    [
        SOURCED | {"owner": "Kommunen"},
        SOURCED | {"owner": "Regionen", "target_groups": ["npf"]},
        {"owner": "Utan källa"},
    ]
)
PICK = st.integers(0, 7)


class Desk(RuleBasedStateMachine):
    """Editors who create, save, send, send back, approve, archive, restore, merge and erase, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self.saved: dict[str, list[Revision]] = {}
        self.happened: dict[str, list[Event]] = {}
        self.people = itertools.cycle(["Bo", "Mo"])

    @initialize()
    def open(self) -> None:
        self.store = InitiativeStore(self.folder)
        self.store.merge_catalogue([make_initiative(id="a"), make_initiative(id="b")])
        self.proposals = ProposalStore(self.store, VOCABULARY, PLACES)

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def some(self, pick: int, *statuses: Status) -> list[Proposal]:
        """One proposal in one of these states, or none."""
        found = sorted(
            (one for one in self.proposals.all() if one.status in statuses), key=lambda one: (one.created_at, one.id)
        )
        return [found[pick % len(found)]] if found else []

    def record(self, pick: int) -> Initiative | None:
        records = self.store.all()
        return records[pick % len(records)] if records else None

    @rule(fields=CHANGES)
    def propose_new(self, fields: Fields) -> None:
        whole = {"name": "Ny", "form": "metod", "summary": "S.", "description": "D."}
        self.proposals.create(whole | fields, by=next(self.people))

    @rule(pick=PICK, fields=CHANGES)
    def propose_change(self, pick: int, fields: Fields) -> None:
        record = self.record(pick)
        if record:
            self.proposals.create(fields, by=next(self.people), initiative_id=record.id)

    @rule(pick=PICK, fields=CHANGES, behind=st.sampled_from([0, 0, 0, 1]))
    def autosave(self, pick: int, fields: Fields, behind: int) -> None:
        for proposal in self.some(pick, *Status):
            try:
                saved = self.proposals.autosave(
                    proposal.id, proposal.fields | fields, seen_version=proposal.version - behind, by=next(self.people)
                )
                assert (saved.fields, behind) == (proposal.fields | fields, 0)
            except (DraftConflict, NotInThisState):
                assert self.proposals.get(proposal.id) == proposal

    @rule(pick=PICK, approved=st.sampled_from([True, True, False]))
    def send_and_decide(self, pick: int, approved: bool) -> None:
        for proposal in self.some(pick, Status.DRAFT):
            self.proposals.submit(proposal.id, seen_version=proposal.version, by="Bo")
            if approved:
                self.approve(pick)
            else:
                self.proposals.send_back(proposal.id, by="Mo", reason="källa")

    @rule(pick=PICK)
    def send(self, pick: int) -> None:
        for proposal in self.some(pick, Status.DRAFT):
            self.proposals.submit(proposal.id, seen_version=proposal.version, by="Bo")

    @rule(pick=PICK)
    def close_or_open_again(self, pick: int) -> None:
        for proposal in self.some(pick, Status.DRAFT, Status.ARCHIVED):
            if proposal.status is Status.DRAFT:
                self.proposals.withdraw(proposal.id, by="Bo", reason="därför")
            else:
                self.proposals.reopen(proposal.id, by="Bo")

    @rule(pick=PICK)
    def approve(self, pick: int) -> None:
        for proposal in self.some(pick, Status.IN_REVIEW):
            try:
                record = self.proposals.approve(proposal.id, seen_version=proposal.version, by="Mo", reason="bra")
                assert record.status is Status.PUBLISHED
            except EditConflict as conflict:
                self.bring_together(proposal, conflict)
            except RecordInvalid:
                assert self.proposals.get(proposal.id) == proposal

    def bring_together(self, proposal: Proposal, conflict: EditConflict) -> None:
        states = {saved.record.revision: saved.record for saved in self.store.revisions(conflict.id)}
        base, theirs = (states[n].model_dump(mode="json") for n in (conflict.seen_revision, conflict.current_revision))
        merged = merge(base, proposal.fields, theirs)
        self.proposals.rebase(proposal.id, merged.fields, onto_revision=conflict.current_revision, by="Mo")

    @rule(pick=PICK)
    def archive(self, pick: int) -> None:
        record = self.record(pick)
        if record and record.status is Status.PUBLISHED:
            self.store.archive(record.id, seen_revision=record.revision, by="Mo", reason="upphört")

    @rule(pick=PICK, revision=st.integers(1, 3))
    def restore(self, pick: int, revision: int) -> None:
        record = self.record(pick)
        if record and revision <= record.revision:
            restored = self.store.restore(record.id, revision, seen_revision=record.revision, by="Mo", reason="åter")
            assert restored.revision == record.revision + 1

    @rule(summary=st.sampled_from(["Ett.", "Två."]))
    def ship_a_newer_catalogue(self, summary: str) -> None:
        self.store.merge_catalogue([make_initiative(id="a", summary=summary), make_initiative(id="b")])

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = InitiativeStore(self.folder)
        self.proposals = ProposalStore(self.store, VOCABULARY, PLACES)

    @rule(pick=PICK)
    def erase(self, pick: int) -> None:
        record = self.record(pick)
        if record and pick > 5:
            for proposal in self.proposals.all(initiative_id=record.id):
                self.happened.pop(proposal.id, None)
            self.saved.pop(record.id, None)
            self.store.erase(record.id, by="Ada", reason="begäran")

    @invariant()
    def every_revision_is_there_unchanged(self) -> None:
        erased = {erasure.id for erasure in self.store.erasures()}
        for record in self.store.all():
            assert record.id not in erased
            revisions = self.store.revisions(record.id)[::-1]
            assert [revision.record.revision for revision in revisions] == list(range(1, len(revisions) + 1))
            assert revisions[-1].record == record
            known = self.saved.get(record.id, [])
            assert revisions[: len(known)] == known
            self.saved[record.id] = revisions
        assert self.saved.keys() == {record.id for record in self.store.all()}

    @invariant()
    def every_event_is_there_unchanged(self) -> None:
        for proposal in self.proposals.all():
            events = self.proposals.events(proposal.id)
            known = self.happened.get(proposal.id, [])
            assert events[: len(known)] == known
            self.happened[proposal.id] = events
        assert self.happened.keys() == {proposal.id for proposal in self.proposals.all()}

    @invariant()
    def readers_see_what_is_published(self) -> None:
        published = self.store.all(Status.PUBLISHED)
        assert read_parquet(self.folder / PUBLISHED) == published
        assert all(not list(record.unsupported_claims()) for record in published)


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)
