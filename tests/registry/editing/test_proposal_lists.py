"""The desk's lists: who sees which proposals, in what order, and a page of them at a time."""

from collections.abc import Iterator

import pytest

from registry.editing.proposal_lists import Listing, count_in, page_of
from registry.editing.proposals import Origin, Proposal, ProposalStore
from registry.places import Places
from registry.store import InitiativeStore
from registry.values import Status
from registry.vocabulary import Vocabulary

DRAFTS = Listing(Status.DRAFT)


@pytest.fixture
def store() -> Iterator[InitiativeStore]:
    with InitiativeStore() as opened:
        yield opened


@pytest.fixture
def proposals(store: InitiativeStore, vocabulary: Vocabulary, places: Places) -> ProposalStore:
    return ProposalStore(store, vocabulary, places)


def names(found: list[Proposal]) -> list[str]:
    return [str(proposal.fields.get("name")) for proposal in found]


def test_a_list_is_by_state_author_origin_and_whether_it_came_back(
    store: InitiativeStore, proposals: ProposalStore
) -> None:
    """Each list holds what it says; a value left open lets all through."""
    database = store.database
    mine = proposals.create({"name": "Mitt"}, by="Bo")
    proposals.create({"name": "Tips"}, by="Bo", origin=Origin.TIP)
    proposals.create({"name": "Evas"}, by="Eva")
    back = proposals.create({"name": "Åter"}, by="Bo")
    proposals.submit(back.id, seen_version=1, by="Bo")
    proposals.send_back(back.id, by="Eva", reason="Källa saknas.")
    proposals.submit(proposals.create({"name": "Inne"}, by="Bo").id, seen_version=1, by="Bo")
    asked = {
        Listing(Status.DRAFT, "Bo", Origin.DESK, sent_back=False): ["Mitt"],
        Listing(Status.DRAFT, "Bo", Origin.DESK, sent_back=True): ["Åter"],
        Listing(Status.DRAFT, origin=Origin.TIP): ["Tips"],
        Listing(Status.IN_REVIEW): ["Inne"],
        DRAFTS: ["Åter", "Evas", "Tips", "Mitt"],
    }
    for listing, there in asked.items():
        assert names(page_of(database, listing, first=0, most=9).proposals) == there
        assert count_in(database, listing) == len(there)
    proposals.autosave(mine.id, {"name": "Mitt igen"}, seen_version=1, by="Bo")
    assert names(page_of(database, DRAFTS, first=0, most=1).proposals) == ["Mitt igen"]


def test_what_has_waited_longest_for_review_comes_first(store: InitiativeStore, proposals: ProposalStore) -> None:
    """In the order they were sent in, not in the order they were begun."""
    one, two = (proposals.create({"name": name}, by="Bo") for name in ("Ett", "Två"))
    for proposal in (two, one):
        proposals.submit(proposal.id, seen_version=1, by="Bo")
    assert names(page_of(store.database, Listing(Status.IN_REVIEW), first=0, most=9).proposals) == ["Två", "Ett"]


def test_pages_hold_each_proposal_once_and_names_are_found_without_accents(
    store: InitiativeStore, proposals: ProposalStore
) -> None:
    """Many made in the same moment have an order all the same; a draft without a name is only in the whole list."""
    made = proposals.create_many([{"name": f"Ö {n}"} for n in range(29)] + [{}], by="Bo", origin=Origin.IMPORT)
    pages = [page_of(store.database, DRAFTS, first=first, most=10) for first in (0, 10, 20)]
    assert {page.found for page in pages} == {30}
    assert {one.id for page in pages for one in page.proposals} == {one.id for one in made}
    found = page_of(store.database, DRAFTS, first=0, most=5, containing="o 2")
    assert (found.found, len(found.proposals)) == (10, 5)
    assert page_of(store.database, DRAFTS, first=0, most=5, containing="%").found == 0
