"""Import of 10,000 rows in the layouts of ESF's projektbank and of Kohesio, with errors planted: time, memory, errors found.

    python -m benchmarks.importing [--rows 10000]

The rows are made up with a fixed seed (``benchmarks.lists``). Each layout runs in a process of its own, through the same steps as
the page: read, understand, compare with the shipped catalogue, look for duplicates by names and by meaning, read suggestions out
of the texts, write the proposals; then the same file again, as many rows of another list against the open proposals, and the
import taken back.
"""

import argparse
import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.lists import ESF, KOHESIO, as_csv, as_xlsx, planted
from matching.challenge import ChallengeReader
from matching.duplicates import MOST_ENCODED, meanings_of
from matching.encoder import load_encoder
from matching.index import Index
from matching.live import vector_cache
from matching.matcher import Matcher
from registry.catalogue import PARQUET, read_parquet
from registry.editing.proposals import ProposalStore
from registry.importing.applying import Choices, apply_import, take_back
from registry.importing.known import Known
from registry.importing.memory import ImportMemory
from registry.importing.plan import Kind, Plan, plan_import
from registry.importing.preview import suggested_recipe, understood
from registry.importing.reading import read_table
from registry.places import load_places
from registry.store import InitiativeStore
from registry.upkeep.likeness import Sign
from registry.vocabulary import load_vocabulary

TODAY = dt.date(2026, 11, 22)
WORDS, PLACES = load_vocabulary(), load_places()


def main() -> None:
    """Runs both layouts, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--layout", choices=("esf", "kohesio"))
    options = parser.parse_args()
    if options.layout:
        run(options.layout, options.rows)
        return
    for layout in ("esf", "kohesio"):
        command = [sys.executable, "-m", "benchmarks.importing", "--layout", layout, "--rows", str(options.rows)]
        subprocess.run(command, check=True)


def run(layout: str, count: int) -> None:
    """Imports one made-up file, in steps, and prints what each took."""
    rows, wrong = planted(layout, count)
    file, data = ("esf.xlsx", as_xlsx(ESF, rows)) if layout == "esf" else ("kohesio.csv", as_csv(KOHESIO, rows))
    del rows
    matcher = Matcher(Index(read_parquet(PARQUET), WORDS, load_encoder(), vector_cache()), WORDS, PLACES)
    print(
        f"\n{file}: {count} rows, {len(data) / 1e6:.1f} MB, {len(wrong)} errors planted; {memory_used()} MB used before"
    )
    with tempfile.TemporaryDirectory() as folder, InitiativeStore(Path(folder)) as store:
        store.merge_catalogue(read_parquet(PARQUET))
        total, work = time.perf_counter(), time.process_time()
        plan, first = import_file(store, file, data, matcher)
        took, worked = time.perf_counter() - total, time.process_time() - work
        print(f"  {'all of it':28}{took:7.1f} s, {worked:.1f} s of it at work; most memory {memory_used()} MB")
        report(plan, wrong, first)
        again_and_back(store, plan)


def import_file(store: InitiativeStore, file: str, data: bytes, matcher: Matcher) -> tuple[Plan, int]:
    """What the page does from upload to proposals; gives the plan and the number of the file's first row."""
    memory = ImportMemory(store.database)
    reading = Reading(matcher)
    table = timed("read the file", lambda: read_table(file, data))
    recipe = suggested_recipe(table, memory)
    found = timed("understand the rows", lambda: understood(table, recipe, WORDS, PLACES, TODAY))
    now = known(store)
    plan = timed(
        "compare with the registry",
        lambda: plan_import(
            file, found, now, near=partial(now.near, meanings=reading.meanings), suggest=reading.suggest
        ),
    )
    print(f"  {'  of which suggestions':38}{reading.worked:.1f} s of it at work")
    print(f"  {'  of which meaning':28}{reading.compared:7.1f} s, of the {MOST_ENCODED} rows nearest in words at most")
    by_meaning = sum(row.duplicates[0].why == (Sign.MEANING,) for row in plan.of(Kind.DUPLICATE) if row.duplicates)
    print(f"  possible duplicates by meaning alone: {by_meaning}")
    choices = Choices(
        TODAY.isoformat(), partly=True, duplicates=True, suggestions=frozenset(("target_groups", "themes"))
    )
    timed("write the proposals", lambda: write(store, plan, choices))
    return plan, table.rows[0].number


def again_and_back(store: InitiativeStore, plan: Plan) -> None:
    """Prints what the same rows would do once more, and how long it takes to take the import back."""
    again = timed("the same file again", lambda: plan_import(plan.file, [row.row for row in plan.rows], known(store)))
    print(f"  again: {again.counts[Kind.NEW]} new, {again.counts[Kind.CHANGED]} changed")
    other = [replace(row.row, keys=(f"annan:{row.row.number}",)) for row in plan.rows if not row.row.problems]
    for row in other:
        row.fields.pop("external_ids", None)
    now = known(store)
    beside = timed("another list, as long", lambda: plan_import("annan.csv", other, now, near=now.near))
    print(
        f"  beside {plan.counts[Kind.NEW] + plan.counts[Kind.DUPLICATE]} open proposals: {beside.counts[Kind.DUPLICATE]} possible duplicates"
    )
    [run] = ImportMemory(store.database).runs()
    taken = timed("take it back", lambda: take_back(store.database, run.id, by="Mätning"))
    print(f"  taken back: {taken} of {run.rows} proposals")


def known(store: InitiativeStore) -> Known:
    """The registry as it is now."""
    return Known(store, ProposalStore(store, WORDS, PLACES), ImportMemory(store.database))


def write(store: InitiativeStore, plan: Plan, choices: Choices) -> None:
    """Writes the proposals."""
    proposals, memory = ProposalStore(store, WORDS, PLACES), ImportMemory(store.database)
    apply_import(plan, store.database, lambda: Known(store, proposals, memory), by="Mätning", choices=choices)


class Reading:
    """Reads suggestions and compares meaning as the page does, and counts the time: at work, and by the clock, in seconds."""

    def __init__(self, matcher: Matcher) -> None:
        self._reader = ChallengeReader(WORDS, PLACES)
        self._matcher = matcher
        self.worked = self.compared = 0.0

    def meanings(self, texts: Sequence[str]) -> Iterator[Mapping[str, float]]:
        """The cosines of each text and the records."""
        start = time.perf_counter()
        found = meanings_of(self._matcher, texts)
        self.compared += time.perf_counter() - start
        return found

    def suggest(self, text: str) -> Mapping[str, Sequence[str]]:
        """What the text speaks of, by field."""
        start = time.process_time()
        challenge = self._reader.read(text)
        self.worked += time.process_time() - start
        return {field: challenge.values(field) for field in ("target_groups", "themes", "settings")}


def report(plan: Plan, wrong: dict[int, str], first: int) -> None:
    """Prints how many of the planted errors were found, by kind, and what else was taken for one."""
    told = {row.row.number - first for row in plan.of(Kind.ERROR)}
    kinds = sorted(set(wrong.values()))
    for kind in kinds:
        rows = {row for row, planted_kind in wrong.items() if planted_kind == kind}
        print(f"  {kind:28}{len(rows & told):4} of {len(rows)} found")
    print(f"  found {len(wrong.keys() & told)} of {len(wrong)}; not planted but told: {len(told - wrong.keys())}")
    print(f"  {', '.join(f'{kind} {number}' for kind, number in plan.counts.items())}")


def timed(name: str, step: Callable[[], Any]) -> Any:
    """What the step gives; prints how long it took, and how much of that this process was at work: others share the machine."""
    start, work = time.perf_counter(), time.process_time()
    given = step()
    took, worked = time.perf_counter() - start, time.process_time() - work
    print(f"  {name:28}{took:7.1f} s, {worked:.1f} s of it at work", flush=True)
    return given


def memory_used() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
