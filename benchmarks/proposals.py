"""python -m benchmarks.proposals [COUNT]: what the editorial desk costs beside so many proposals (10 000 if not said).

Proposals are made up of the catalogue's words, as long as an imported project's text. Times are wall time in milliseconds;
the processor's time stands beside, since other work on the machine does not change it.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from registry.catalogue import PARQUET, read_parquet
from registry.editing.drafts import Fields, problems
from registry.editing.proposal_lists import Listing, count_in, page_of
from registry.editing.proposals import Origin, Proposal, ProposalStore
from registry.places import load_places
from registry.store import InitiativeStore
from registry.upkeep.likeness import Entry
from registry.upkeep.open_entries import OpenEntries
from registry.values import Status
from registry.vocabulary import load_vocabulary


def measure(words: str, work: Callable[[int], object], times: int) -> None:
    """Prints the median and the 95th percentile of ``times`` calls."""
    spent = []
    for number in range(times):
        start = time.perf_counter(), time.process_time()
        work(number)
        spent.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    wall, processor = (1000 * np.percentile([one[kind] for one in spent], (50, 95)) for kind in (0, 1))
    print(f"| {words} | {wall[0]:.1f} | {wall[1]:.1f} | {processor[0]:.1f} | {processor[1]:.1f} |", flush=True)


def drafts(count: int) -> list[Fields]:
    """Drafts of about 1.8 KB each, the same every time."""
    chosen = np.random.default_rng(1)
    words = [word for record in read_parquet(PARQUET) for word in record.description.split()]
    return [
        {
            "name": f"Projekt {number}",
            "form": "verksamhet",
            "summary": " ".join(chosen.choice(words, 25)),
            "description": " ".join(chosen.choice(words, 180)),
            "external_ids": [f"esf:2023/{number:05}"],
        }
        for number in range(count)
    ]


class Desk:
    """A registry with many proposals, and what is done there; each act takes the number of the time it is done."""

    def __init__(self, proposals: ProposalStore, entries: OpenEntries, rows: list[Fields]) -> None:
        self.proposals = proposals
        self._entries = entries
        self._rows = rows
        self._made: list[Proposal] = []
        self._versions: dict[str, int] = {}

    def create(self, _: int) -> None:
        """Creates all of them."""
        self._made = self.proposals.create_many(self._rows, by="a", origin=Origin.IMPORT)

    def get(self, number: int) -> None:
        """Reads one."""
        self.proposals.get(self._made[number].id)

    def autosave(self, number: int) -> None:
        """Saves a change of one of fifty."""
        one = self._made[number * 7 % 50]
        seen = self._versions.get(one.id, 1)
        fields = one.fields | {"summary": f"Ändrad {number}."}
        self._versions[one.id] = self.proposals.autosave(one.id, fields, seen_version=seen, by="a").version

    def type_a_name(self, _: int) -> None:
        """Looks for duplicates of a name."""
        self._entries.current().near(Entry.typed({"name": "Projekt språngbräda"}))

    def save_and_type(self, number: int) -> None:
        """Both, so that what was known has to be brought up to date."""
        self.autosave(number)
        self.type_a_name(number)

    def publish(self, number: int) -> None:
        """Sends one in and approves it."""
        id = self._made[-1 - number].id
        self.proposals.submit(id, seen_version=1, by="a")
        self.proposals.approve(id, seen_version=1, by="b", reason="x")

    def approve_many(self, number: int) -> None:
        """Approves a hundred."""
        some = self._made[-200 - 100 * number : -100 - 100 * number]
        self.proposals.approve_many({one.id: 1 for one in some}, by="b", reason="x")


def main(count: int) -> None:
    """Fills a registry of its own with ``count`` proposals and works in it."""
    vocabulary, places, rows = load_vocabulary(), load_places(), drafts(count)
    imported = Listing(Status.DRAFT, origin=Origin.IMPORT)
    with tempfile.TemporaryDirectory() as folder, InitiativeStore(Path(folder)) as store:
        store.merge_catalogue(read_parquet(PARQUET))
        database = store.database
        desk = Desk(ProposalStore(store, vocabulary, places), OpenEntries(database), rows)
        print("| | p50 ms | p95 ms | processor p50 | p95 |\n|---|---|---|---|---|")
        measure(f"create_many, {count}", desk.create, 1)
        measure("autosave", desk.autosave, 300)
        measure("get", desk.get, 100)
        measure("problems of one draft", lambda number: problems(rows[number], vocabulary, places), 100)
        measure("all proposals", lambda _: desk.proposals.all(), 3)
        measure("count of a list", lambda _: count_in(database, imported), 20)
        measure("page 200 of a list", lambda _: page_of(database, imported, first=5000, most=25), 20)
        measure("the same by name", lambda _: page_of(database, imported, first=0, most=25, containing="77"), 5)
        measure("duplicates among the proposals, the first time", desk.type_a_name, 1)
        measure("duplicates, nothing saved meanwhile", desk.type_a_name, 50)
        measure("autosave and duplicates", desk.save_and_type, 50)
        measure("approve 100 at once", desk.approve_many, 3)
        measure("submit and approve, with publishing", desk.publish, 20)
        measure("erase a record, with both files written anew", lambda _: store.erase("massvis", by="a", reason="x"), 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
