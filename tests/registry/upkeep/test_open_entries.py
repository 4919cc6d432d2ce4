"""What a colleague is writing is compared with at once, as it is now."""

from registry.editing.proposals import ProposalStore
from registry.places import Places
from registry.store import InitiativeStore
from registry.upkeep.open_entries import OpenEntries
from registry.vocabulary import Vocabulary
from tests.conftest import make_initiative


def test_the_entries_follow_the_proposals(vocabulary: Vocabulary, places: Places) -> None:
    """A new one, a new name, sent for review, ended, opened again, erased: the next question knows."""
    with InitiativeStore() as store:
        store.add(make_initiative(), by="Mo", reason="Nytt.")
        proposals, entries = ProposalStore(store, vocabulary, places), OpenEntries(store.database)

        def names() -> set[str]:
            return {entry.names[0] for entry in entries.current().entries}

        assert names() == set()
        one = proposals.create({"name": "Gröna dagar"}, by="Bo")
        two = proposals.create({"name": "Blå dagar"}, by="Bo")
        proposals.create({"name": "Odling"}, by="Bo", initiative_id="odling-for-alla")
        assert names() == {"Gröna dagar", "Blå dagar"}
        proposals.autosave(one.id, {"name": "Gula dagar"}, seen_version=1, by="Bo")
        proposals.submit(two.id, seen_version=1, by="Bo")
        assert names() == {"Gula dagar", "Blå dagar"}
        proposals.withdraw(one.id, by="Bo", reason="Dubbelt.")
        assert names() == {"Blå dagar"}
        proposals.reopen(one.id, by="Bo")
        proposals.erase(two.id, by="Ada", reason="Personuppgifter.")
        assert names() == {"Gula dagar"}
        assert entries.current() is entries.current()
