"""Proposals beside the published records: only allowed steps, nobody overwritten, nothing lost."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.catalogue import read_parquet
from registry.editing.drafts import Fields
from registry.editing.proposals import EventKind, Origin, Proposal, ProposalStore
from registry.errors import (
    DraftConflict,
    EditConflict,
    NotInThisState,
    ProposalNotFound,
    ReasonMissing,
    RecordInvalid,
    RecordNotFound,
)
from registry.places import Places
from registry.store import PUBLISHED, InitiativeStore
from registry.values import Status
from registry.vocabulary import Vocabulary
from tests.conftest import make_initiative

NEW: Fields = {"name": "Gröna dagar", "form": "verksamhet", "summary": "Odling.", "description": "De odlar."}


@pytest.fixture
def store() -> Iterator[InitiativeStore]:
    with InitiativeStore() as opened:
        opened.add(make_initiative(), by="Mo", reason="ny")
        yield opened


@pytest.fixture
def proposals(store: InitiativeStore, vocabulary: Vocabulary, places: Places) -> ProposalStore:
    return ProposalStore(store, vocabulary, places)


def change(proposals: ProposalStore, **fields: Any) -> Proposal:
    return proposals.create(fields, by="Bo", initiative_id="odling-for-alla")


def in_review(proposals: ProposalStore, proposal: Proposal) -> Proposal:
    return proposals.submit(proposal.id, seen_version=proposal.version, by="Bo")


def test_a_new_record_from_draft_to_published(proposals: ProposalStore, store: InitiativeStore) -> None:
    """It gets an id from its name; the history says who approved it and why, the record itself does not."""
    draft = proposals.create(NEW, by="Bo", origin=Origin.TIP)
    saved = proposals.autosave(draft.id, draft.fields | {"summary": "Gemensam odling."}, seen_version=1, by="Bo")
    sent = in_review(proposals, saved)
    assert (sent.status, sent.version, sent.origin) == (Status.IN_REVIEW, 2, Origin.TIP)
    record = proposals.approve(draft.id, seen_version=2, by="Mo", reason="Bra underlag")
    assert (record.id, record.revision, record.updated_by) == ("grona-dagar", 1, "redaktionen")
    assert store.get("grona-dagar") == record
    [revision] = store.revisions("grona-dagar")
    assert (revision.saved_by, revision.reason) == ("Mo", "Bra underlag")
    closed = proposals.get(draft.id)
    assert (closed.status, closed.initiative_id) == (Status.PUBLISHED, "grona-dagar")
    assert proposals.all(initiative_id="grona-dagar") == [closed]


def test_a_published_record_stays_until_the_change_is_approved(
    proposals: ProposalStore, store: InitiativeStore
) -> None:
    """The proposal starts from the record; what readers see changes only with the approval."""
    before = store.get("odling-for-alla")
    proposal = change(proposals, summary="Bättre.")
    assert proposal.fields["name"] == before.name
    assert proposal.base_revision == 1
    in_review(proposals, proposal)
    assert store.get("odling-for-alla") == before
    record = proposals.approve(proposal.id, seen_version=1, by="Mo", reason="ok")
    assert (record.id, record.revision, record.summary) == (before.id, 2, "Bättre.")


def test_sent_back_with_a_reason_and_sent_again(proposals: ProposalStore) -> None:
    """The author sees why; every step is an event that keeps the fields as they were then."""
    draft = proposals.create(NEW, by="Bo")
    in_review(proposals, draft)
    proposals.comment(draft.id, by="Mo", text=" Vem äger den? ")
    back = proposals.send_back(draft.id, by="Mo", reason="Lägg till källa")
    assert back.status is Status.DRAFT
    proposals.autosave(draft.id, {**NEW, "summary": "Ny."}, seen_version=1, by="Bo")
    proposals.submit(draft.id, seen_version=2, by="Bo", text="Klart")
    events = proposals.events(draft.id)
    assert [(event.kind, event.by, event.text) for event in events] == [
        (EventKind.CREATED, "Bo", ""),
        (EventKind.SUBMITTED, "Bo", ""),
        (EventKind.COMMENTED, "Mo", "Vem äger den?"),
        (EventKind.SENT_BACK, "Mo", "Lägg till källa"),
        (EventKind.SUBMITTED, "Bo", "Klart"),
    ]
    as_they_were = [event.fields and event.fields["summary"] for event in events]
    assert as_they_were == ["Odling.", "Odling.", None, "Odling.", "Ny."]


STEPS: dict[str, Callable[[ProposalStore, str], object]] = {
    "autosave": lambda p, id: p.autosave(id, NEW, seen_version=p.get(id).version, by="Bo"),
    "submit": lambda p, id: p.submit(id, seen_version=p.get(id).version, by="Bo"),
    "send_back": lambda p, id: p.send_back(id, by="Mo", reason="x"),
    "withdraw": lambda p, id: p.withdraw(id, by="Bo", reason="x"),
    "reopen": lambda p, id: p.reopen(id, by="Bo"),
    "approve": lambda p, id: p.approve(id, seen_version=p.get(id).version, by="Mo", reason="x"),
}
LEADS_TO = {
    (Status.DRAFT, "autosave"): Status.DRAFT,
    (Status.DRAFT, "submit"): Status.IN_REVIEW,
    (Status.DRAFT, "withdraw"): Status.ARCHIVED,
    (Status.IN_REVIEW, "autosave"): Status.IN_REVIEW,
    (Status.IN_REVIEW, "send_back"): Status.DRAFT,
    (Status.IN_REVIEW, "withdraw"): Status.ARCHIVED,
    (Status.IN_REVIEW, "reopen"): Status.DRAFT,
    (Status.IN_REVIEW, "approve"): Status.PUBLISHED,
    (Status.ARCHIVED, "reopen"): Status.DRAFT,
}
WAY_TO: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: (),
    Status.IN_REVIEW: ("submit",),
    Status.ARCHIVED: ("withdraw",),
    Status.PUBLISHED: ("submit", "approve"),
}


@pytest.mark.parametrize("status", WAY_TO)
@pytest.mark.parametrize("step", STEPS)
def test_only_allowed_steps(proposals: ProposalStore, status: Status, step: str) -> None:
    """From each state exactly the named steps lead on; the others are refused and change nothing."""
    id = proposals.create(NEW, by="Bo").id
    for earlier in WAY_TO[status]:
        STEPS[earlier](proposals, id)
    before = proposals.get(id), proposals.events(id)
    if (status, step) in LEADS_TO:
        STEPS[step](proposals, id)
        assert proposals.get(id).status is LEADS_TO[status, step]
    else:
        with pytest.raises(NotInThisState) as refused:
            STEPS[step](proposals, id)
        assert refused.value.state == status
        assert (proposals.get(id), proposals.events(id)) == before


def test_two_in_one_proposal(proposals: ProposalStore) -> None:
    """The second is told and has overwritten nothing; the reviewer cannot approve what was not seen."""
    draft = proposals.create(NEW, by="Bo")
    proposals.autosave(draft.id, {**NEW, "name": "Bos"}, seen_version=1, by="Bo")
    with pytest.raises(DraftConflict) as conflict:
        proposals.autosave(draft.id, {**NEW, "name": "Mos"}, seen_version=1, by="Mo")
    assert (conflict.value.seen_version, conflict.value.current_version) == (1, 2)
    assert proposals.get(draft.id).fields["name"] == "Bos"
    with pytest.raises(DraftConflict):
        proposals.submit(draft.id, seen_version=1, by="Bo")
    proposals.submit(draft.id, seen_version=2, by="Bo")
    with pytest.raises(DraftConflict):
        proposals.approve(draft.id, seen_version=1, by="Mo", reason="x")


def test_what_somebody_else_wrote_is_kept_when_it_is_changed(proposals: ProposalStore) -> None:
    """An editor who goes on with a colleague's draft leaves the colleague's text in its history."""
    draft = proposals.create(NEW, by="Bo")
    proposals.autosave(draft.id, {**NEW, "name": "Bos namn"}, seen_version=1, by="Bo")
    proposals.autosave(draft.id, {**NEW, "name": "Mos namn"}, seen_version=2, by="Mo")
    [_, kept] = proposals.events(draft.id)
    assert (kept.kind, kept.by, kept.fields and kept.fields["name"]) == (EventKind.TAKEN_OVER, "Mo", "Bos namn")
    assert proposals.get(draft.id).changed_by == "Mo"


def test_the_record_moved_on_under_the_proposal(proposals: ProposalStore, store: InitiativeStore) -> None:
    """The second of two changes is refused until it has been merged; then both are in the record."""
    mine, theirs = change(proposals, summary="Min."), change(proposals, category="Deras")
    for proposal in (mine, theirs):
        in_review(proposals, proposal)
    proposals.approve(theirs.id, seen_version=1, by="Mo", reason="x")
    with pytest.raises(EditConflict) as conflict:
        proposals.approve(mine.id, seen_version=1, by="Mo", reason="x")
    assert (conflict.value.seen_revision, conflict.value.current_revision) == (1, 2)
    assert proposals.get(mine.id).status is Status.IN_REVIEW
    with pytest.raises(EditConflict):
        proposals.rebase(mine.id, mine.fields, onto_revision=1, by="Mo")
    merged = proposals.rebase(mine.id, mine.fields | {"category": "Deras"}, onto_revision=2, by="Mo")
    record = proposals.approve(mine.id, seen_version=merged.version, by="Mo", reason="x")
    assert (record.revision, record.summary, record.category) == (3, "Min.", "Deras")
    [before_merge] = [event for event in proposals.events(mine.id) if event.kind is EventKind.MERGED]
    assert before_merge.fields == mine.fields


def test_what_is_not_whole_is_never_published(proposals: ProposalStore, store: InitiativeStore) -> None:
    """A draft may hold anything and be sent for review, but an approval refuses it and changes nothing."""
    draft = in_review(proposals, proposals.create({**NEW, "owner": "Kommunen", "påhitt": [1, {"a": None}]}, by="Bo"))
    with pytest.raises(RecordInvalid):
        proposals.approve(draft.id, seen_version=1, by="Mo", reason="x")
    assert proposals.get(draft.id) == draft
    assert [record.id for record in store.all()] == ["odling-for-alla"]


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_decision_needs_a_reason(proposals: ProposalStore, reason: str) -> None:
    """Approving, sending back, withdrawing, commenting and erasing without a word change nothing."""
    draft = in_review(proposals, proposals.create(NEW, by="Bo"))
    for act in (
        lambda: proposals.approve(draft.id, seen_version=1, by="Mo", reason=reason),
        lambda: proposals.send_back(draft.id, by="Mo", reason=reason),
        lambda: proposals.withdraw(draft.id, by="Mo", reason=reason),
        lambda: proposals.comment(draft.id, by="Mo", text=reason),
        lambda: proposals.erase(draft.id, by="Mo", reason=reason),
    ):
        with pytest.raises(ReasonMissing):
            act()
    assert proposals.get(draft.id) == draft


def test_unknown_ids_are_named(proposals: ProposalStore) -> None:
    """A proposal or a record that is not there is said to be missing."""
    with pytest.raises(RecordNotFound):
        proposals.create({}, by="Bo", initiative_id="saknas")
    for step in STEPS.values():
        with pytest.raises(ProposalNotFound):
            step(proposals, "saknas")
    assert proposals.events("saknas") == []


def test_names_alike_get_ids_of_their_own(proposals: ProposalStore, store: InitiativeStore) -> None:
    """The second of a name is numbered, and the id of an erased record is not given again."""
    records = []
    for _ in range(2):
        draft = in_review(proposals, proposals.create(NEW, by="Bo"))
        records.append(proposals.approve(draft.id, seen_version=1, by="Mo", reason="x"))
    store.erase("grona-dagar", by="Ada", reason="begäran")
    draft = in_review(proposals, proposals.create(NEW, by="Bo"))
    records.append(proposals.approve(draft.id, seen_version=1, by="Mo", reason="x"))
    assert [record.id for record in records] == ["grona-dagar", "grona-dagar-2", "grona-dagar-3"]


def test_an_archived_record_is_published_again_by_a_merged_change(
    proposals: ProposalStore, store: InitiativeStore
) -> None:
    """Somebody archived it meanwhile: the reviewer is told, and publishes it only on purpose."""
    proposal = in_review(proposals, change(proposals, summary="Ny."))
    store.archive("odling-for-alla", seen_revision=1, by="Ada", reason="upphört")
    with pytest.raises(EditConflict):
        proposals.approve(proposal.id, seen_version=1, by="Mo", reason="x")
    merged = proposals.rebase(proposal.id, proposal.fields, onto_revision=2, by="Mo")
    record = proposals.approve(proposal.id, seen_version=merged.version, by="Mo", reason="åter i gång")
    assert (record.status, record.revision) == (Status.PUBLISHED, 3)


def test_lists_by_state_author_and_record(proposals: ProposalStore) -> None:
    """The desk's lists: the latest changed first, and only what was asked for."""
    new, changed = proposals.create(NEW, by="Ann"), change(proposals, summary="x")
    in_review(proposals, new)
    assert [p.id for p in proposals.all()] == [new.id, changed.id]
    assert [p.id for p in proposals.all(Status.DRAFT)] == [changed.id]
    assert [p.id for p in proposals.all(author="Ann")] == [new.id]
    assert [p.id for p in proposals.all(Status.DRAFT, initiative_id="odling-for-alla")] == [changed.id]


def test_many_at_once_are_all_or_none(proposals: ProposalStore) -> None:
    """An import's drafts arrive in order, each with its event; one that cannot be stored stops them all."""
    drafts: list[Fields] = [{**NEW, "name": f"Post {number}", "revision": 7} for number in range(500)]
    made = proposals.create_many(drafts, by="Mo", origin=Origin.IMPORT)
    assert [proposal.fields["name"] for proposal in made] == [draft["name"] for draft in drafts]
    assert "revision" not in made[0].fields
    assert proposals.get(made[250].id) == made[250]
    assert [event.kind for event in proposals.events(made[499].id)] == [EventKind.CREATED]
    circular: Fields = {}
    circular["name"] = circular
    with pytest.raises(ValueError, match="Circular"):
        proposals.create_many([NEW, circular], by="Mo", origin=Origin.IMPORT)
    assert len(proposals.all()) == 500
    assert proposals.create_many([], by="Mo", origin=Origin.IMPORT) == []


def test_an_approval_reaches_readers_beside_the_app(tmp_path: Path, vocabulary: Vocabulary, places: Places) -> None:
    """The published file has the record when the approval returns, and everything survives a restart."""
    with InitiativeStore(tmp_path) as store:
        proposals = ProposalStore(store, vocabulary, places)
        draft = in_review(proposals, proposals.create(NEW, by="Bo"))
        record = proposals.approve(draft.id, seen_version=1, by="Mo", reason="x")
        assert read_parquet(tmp_path / PUBLISHED) == [record]
        before = proposals.get(draft.id), proposals.events(draft.id)
    with InitiativeStore(tmp_path) as store:
        proposals = ProposalStore(store, vocabulary, places)
        assert (proposals.get(draft.id), proposals.events(draft.id)) == before


def test_erasing_a_record_takes_its_proposals_with_it(proposals: ProposalStore, store: InitiativeStore) -> None:
    """Also the proposal that it once came from, and all events; other proposals stay."""
    draft = in_review(proposals, proposals.create(NEW, by="Bo"))
    proposals.approve(draft.id, seen_version=1, by="Mo", reason="x")
    later = proposals.create({"summary": "y"}, by="Bo", initiative_id="grona-dagar")
    other = proposals.create(NEW, by="Bo")
    store.erase("grona-dagar", by="Ada", reason="begäran enligt GDPR")
    for erased in (draft, later):
        with pytest.raises(ProposalNotFound):
            proposals.get(erased.id)
        assert proposals.events(erased.id) == []
    assert proposals.all() == [other]


def test_a_tip_with_personal_data_can_be_erased(proposals: ProposalStore, store: InitiativeStore) -> None:
    """The proposal and its events go; the log says who, when and why."""
    tip = proposals.create({**NEW, "description": "Ring Anna på 070-123 45 67"}, by="besökare", origin=Origin.TIP)
    proposals.erase(tip.id, by="Ada", reason="telefonnummer")
    assert (proposals.all(), proposals.events(tip.id)) == ([], [])
    [logged] = store.erasures()
    assert (logged.kind, logged.id, logged.by, logged.reason) == ("förslag", tip.id, "Ada", "telefonnummer")


def test_many_hands_on_one_draft(proposals: ProposalStore) -> None:
    """Eight at once: each save is either in or refused, and none is lost in between."""
    draft = proposals.create(NEW, by="Bo")
    accepted: list[int] = []

    def work(who: int) -> None:
        for _ in range(5):
            seen = proposals.get(draft.id)
            try:
                saved = proposals.autosave(draft.id, {**NEW, "name": str(who)}, seen_version=seen.version, by="Bo")
                accepted.append(saved.version)
            except DraftConflict:
                continue

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(accepted) == list(range(2, proposals.get(draft.id).version + 1))


def test_many_are_approved_each_by_itself(proposals: ProposalStore, store: InitiativeStore) -> None:
    """Each is its own revision with its own events; what cannot be published is as it was, with what stopped it."""
    good, other, thin, moved, gone = proposals.create_many(
        [NEW, NEW, {"name": "Tunn"}, NEW, NEW], by="Bo", origin=Origin.IMPORT
    )
    changed = change(proposals, summary="Ny sammanfattning.")
    sent = in_review(proposals, change(proposals, summary="Annan sammanfattning."))
    proposals.autosave(moved.id, NEW | {"summary": "Nyare."}, seen_version=1, by="Bo")
    proposals.withdraw(gone.id, by="Bo", reason="Dubbelt.")
    all_of_them = {one.id: 1 for one in (good, other, thin, moved, gone, changed, sent)}
    approval = proposals.approve_many(all_of_them, by="Mo", reason="Ur importen")
    assert [record.id for record in approval.records] == ["grona-dagar", "grona-dagar-2", "odling-for-alla"]
    assert {id: type(why) for id, why in approval.left.items()} == {
        thin.id: RecordInvalid,
        moved.id: DraftConflict,
        gone.id: NotInThisState,
        sent.id: EditConflict,
    }
    for record in approval.records:
        assert store.get(record.id) == record
        [revision, *_] = store.revisions(record.id)
        assert (revision.saved_by, revision.reason, revision.record) == ("Mo", "Ur importen", record)
    assert [event.kind for event in proposals.events(good.id)] == [
        EventKind.CREATED,
        EventKind.SUBMITTED,
        EventKind.APPROVED,
    ]
    for left, state in ((thin, Status.DRAFT), (sent, Status.IN_REVIEW)):
        assert proposals.get(left.id).status is state
        assert EventKind.APPROVED not in [event.kind for event in proposals.events(left.id)]
    assert [event.kind for event in proposals.events(thin.id)] == [EventKind.CREATED]


def test_many_are_not_approved_without_a_reason(proposals: ProposalStore) -> None:
    """Nothing at all is done."""
    draft = proposals.create(NEW, by="Bo")
    with pytest.raises(ReasonMissing):
        proposals.approve_many({draft.id: 1}, by="Mo", reason=" ")
    assert proposals.get(draft.id).status is Status.DRAFT
