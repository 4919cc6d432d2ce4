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
from registry.editing.proposals import Origin, ProposalStore
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


def main(count: int) -> None:
    """Fills a registry of its own with ``count`` proposals and works in it."""
    vocabulary, places = load_vocabulary(), load_places()
    with tempfile.TemporaryDirectory() as folder, InitiativeStore(Path(folder)) as store:
        store.merge_catalogue(read_parquet(PARQUET))
        proposals = ProposalStore(store, vocabulary, places)
        made = []
        print("| | p50 ms | p95 ms | processor p50 | p95 |\n|---|---|---|---|---|")
        rows = drafts(count)
        measure(
            f"create_many, {count}", lambda _: made.extend(proposals.create_many(rows, by="a", origin=Origin.IMPORT)), 1
        )

        def autosave(number: int) -> None:
            open_one = made[number * 7 % 50]
            seen = versions.get(open_one.id, 1)
            fields = open_one.fields | {"summary": f"Ändrad {number}."}
            versions[open_one.id] = proposals.autosave(open_one.id, fields, seen_version=seen, by="a").version

        def publish(number: int) -> None:
            id = made[-1 - number].id
            proposals.submit(id, seen_version=1, by="a")
            proposals.approve(id, seen_version=1, by="b", reason="x")

        def many(number: int) -> None:
            left = made[-200 - 100 * number : -100 - 100 * number]
            proposals.approve_many({one.id: 1 for one in left}, by="b", reason="x")

        def typed(_: int) -> None:
            entries.current().near(Entry.typed({"name": "Projekt språngbräda"}))

        def saved_and_typed(number: int) -> None:
            autosave(number)
            typed(number)

        versions: dict[str, int] = {}
        measure("autosave", autosave, 300)
        measure("get", lambda number: proposals.get(made[number].id), 100)
        measure("problems of one draft", lambda number: problems(rows[number], vocabulary, places), 100)
        measure("all proposals", lambda _: proposals.all(), 3)
        imported, entries = Listing(Status.DRAFT, origin=Origin.IMPORT), OpenEntries(store.database)
        measure("count of a list", lambda _: count_in(store.database, imported), 20)
        measure("page 200 of a list", lambda _: page_of(store.database, imported, first=5000, most=25), 20)
        measure("the same by name", lambda _: page_of(store.database, imported, first=0, most=25, containing="77"), 5)
        measure("duplicates among the proposals, the first time", typed, 1)
        measure("duplicates, nothing saved meanwhile", typed, 50)
        measure("autosave and duplicates", saved_and_typed, 50)
        measure("approve 100 at once", many, 3)
        measure("submit and approve, with publishing", publish, 20)
        measure("erase a record, with both files written anew", lambda _: store.erase("massvis", by="a", reason="x"), 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
