"""Tips from the public: each becomes a förslag, with no personal data, and only so many."""

from collections.abc import Iterator

import pytest

from registry.editing.proposals import EventKind, Origin, ProposalStore
from registry.errors import NothingWritten, PersonalDataFound, RecordNotFound, SendingFull, UnknownMunicipality
from registry.inbox.sent_in import Visit
from registry.inbox.tips import AUTHOR, MOST_A_DAY, MOST_A_VISIT, Tip, TipBox
from registry.places import load_places
from registry.store import InitiativeStore
from registry.values import Status
from registry.vocabulary import load_vocabulary
from tests.conftest import make_initiative

PLACES = load_places()
TIP = Tip("Byns verkstad", "Unga och gamla lagar saker tillsammans.", "2422", "Byalaget", "https://example.org")


@pytest.fixture
def proposals() -> Iterator[ProposalStore]:
    with InitiativeStore() as initiatives:
        initiatives.merge_catalogue([make_initiative(id="a")])
        yield ProposalStore(initiatives, load_vocabulary(), PLACES)


def visit() -> Visit:
    return Visit("tips", MOST_A_VISIT)


def test_a_tip_becomes_a_draft_of_a_new_record(proposals: ProposalStore) -> None:
    """What was written stands in the record's own fields; the sender is nobody."""
    sent = TipBox(proposals, PLACES).send(TIP, visit())
    proposal = proposals.get(sent.id)
    assert (proposal.status, proposal.origin, proposal.author) == (Status.DRAFT, Origin.TIP, AUTHOR)
    assert proposal.initiative_id is None
    assert proposal.fields == {
        "name": "Byns verkstad",
        "description": TIP.text,
        "owner": "Byalaget",
        "links": [{"title": "Ur tipset", "address": "https://example.org"}],
        "municipalities": ["2422"],
    }


def test_a_correction_is_a_comment_on_a_change_to_the_record(proposals: ProposalStore) -> None:
    """The record's fields stay as they are; what should be changed is said beside them, with its source."""
    sent = TipBox(proposals, PLACES).correct("a", " Ägaren är en annan. ", "https://example.org/nytt", visit())
    assert (sent.initiative_id, sent.base_revision) == ("a", 1)
    [comment] = [event for event in proposals.events(sent.id) if event.kind is EventKind.COMMENTED]
    assert comment.text == "Ägaren är en annan.\n\nKälla: https://example.org/nytt"
    assert comment.by == AUTHOR


def test_personal_data_gets_in_nowhere(proposals: ProposalStore) -> None:
    """Not in any of the fields, nor in a correction; nothing is stored, and the visit is not charged."""
    box, mine = TipBox(proposals, PLACES), visit()
    for part in ("name", "text", "owner", "address"):
        values = {"name": "N", "text": "T", part: "ring 070-123 45 67 eller kim@example.se"}
        with pytest.raises(PersonalDataFound):
            box.send(Tip(**values), mine)
    with pytest.raises(PersonalDataFound):
        box.correct("a", "Fråga kim@example.se", "", mine)
    with pytest.raises(NothingWritten):
        box.send(Tip("", "text"), mine)
    with pytest.raises(UnknownMunicipality):
        box.send(Tip("N", "T", "9999"), mine)
    with pytest.raises(RecordNotFound):
        box.correct("saknas", "text", "", mine)
    assert (proposals.all(), mine.sent) == ([], 0)


def test_a_visit_and_a_day_have_their_limits(proposals: ProposalStore) -> None:
    """Five a visit, a hundred a day; tips of the past do not count."""
    box, mine = TipBox(proposals, PLACES), visit()
    for _ in range(MOST_A_VISIT):
        box.send(TIP, mine)
    with pytest.raises(SendingFull) as full:
        box.send(TIP, mine)
    assert full.value.scope == "visit"
    proposals.create_many([{"name": f"T {i}"} for i in range(MOST_A_DAY)], by=AUTHOR, origin=Origin.TIP)
    with pytest.raises(SendingFull) as full:
        box.correct("a", "text", "", visit())
    assert (full.value.kind, full.value.scope) == ("tips", "day")
