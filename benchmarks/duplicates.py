"""Never twice: how many duplicates are found, how many others are taken for one, and how long it takes.

python -m benchmarks.duplicates [--fit]: ``--fit`` prints the weights fitted on half of the judged pairs; the other half took no part.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.synthetic import Catalogue
from matching.duplicates import meaning_of
from matching.encoder import load_encoder
from matching.index import Index
from matching.live import vector_cache
from matching.matcher import Matcher
from registry.catalogue import PARQUET, read_parquet
from registry.places import load_places
from registry.upkeep.duplicates import SHOWN_FROM, Known, Weights
from registry.upkeep.likeness import Entry, Signals
from registry.vocabulary import load_vocabulary

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "duplicates.jsonl"
_SYNTHETIC = 10_000
_TYPED = 200
_STRICTNESS = 10.0  # inverse strength of the penalty on weights


@dataclass(frozen=True)
class Case:
    """A judged pair: what somebody types, a record of the catalogue, and whether the two are the same."""

    kind: str
    same: bool
    split: str
    id: str
    typed: dict[str, Any]
    meaning: dict[str, float]

    @property
    def entry(self) -> Entry:
        """What is typed, ready to be compared."""
        return Entry.typed(self.typed)


def read_cases(matcher: Matcher | None) -> list[Case]:
    """The judged pairs; with a matcher also what each text means."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [Case(**row, meaning=_meaning(matcher, row["typed"])) for row in rows]


def run(*, fit: bool = False) -> None:
    """Prints the tables."""
    vocabulary, records = load_vocabulary(), read_parquet(PARQUET)
    index = Index(records, vocabulary, load_encoder(), vector_cache())
    cases = read_cases(Matcher(index, vocabulary, load_places()))
    entries = [Entry.of(record) for record in records]
    if fit:
        bare = [Entry(entry.id, entry.names[:1], entry.owner) for entry in entries]
        print(f"  {_fitted((Known(entries), Known(bare)), [case for case in cases if case.split == 'fit'])}")
        return
    known = Known(entries)
    print(f"  shown from likeness {SHOWN_FROM}")
    print(f"  {'':<34}{'found':>12}{'wrongly':>12}{'precision':>11}{'recall':>9}{'other warnings':>16}")
    for split in ("fit", "held-out"):
        for name, means in (("names and meaning", True), ("names alone", False)):
            some = [case for case in cases if case.split == split]
            _row(f"{split}, {name}", known, some, means=means)
    for kind in dict.fromkeys((case.kind, case.same) for case in cases):
        some = [case for case in cases if (case.kind, case.same) == kind and case.split == "held-out"]
        _row(f"held-out, {kind[0]}", known, some, means=True)
    _times()


def _meaning(matcher: Matcher | None, typed: dict[str, Any]) -> dict[str, float]:
    return meaning_of(matcher, ". ".join(filter(None, (typed["name"], typed.get("summary"))))) if matcher else {}


def _row(name: str, known: Known, cases: Sequence[Case], *, means: bool) -> None:
    warned = [
        (case, [d.initiative_id for d in known.near(case.entry, case.meaning if means else None)]) for case in cases
    ]
    same = [case.id in ids for case, ids in warned if case.same]
    different = [case.id in ids for case, ids in warned if not case.same]
    others = sum(len(set(ids) - {case.id}) for case, ids in warned)
    shown = sum(same) + sum(different)
    precision = f"{sum(same) / shown:.2f}" if shown else "–"
    recall = f"{sum(same) / len(same):.2f}" if same else "–"
    print(
        f"  {name:<34}{f'{sum(same)} of {len(same)}':>12}{f'{sum(different)} of {len(different)}':>12}"
        f"{precision:>11}{recall:>9}{others:>16}"
    )


def _fitted(catalogues: Sequence[Known], cases: Sequence[Case]) -> Weights:
    """Logistic regression on the signals, with meaning and without, with other names and without: one set for all."""
    rows = [
        (known.signals(case.entry, case.id, meaning), case.same)
        for case in cases
        for known in catalogues
        for meaning in (case.meaning.get(case.id), None)
    ]
    model = LogisticRegression(C=_STRICTNESS)
    model.fit(np.array([found for found, _ in rows]), [same for _, same in rows])
    weights = [round(float(weight), 2) for weight in model.coef_[0]]
    return Weights(round(float(model.intercept_[0]), 2), Signals(*weights))


def _times() -> None:
    records = Catalogue(_SYNTHETIC)[:]
    entries, ready = _timed(lambda: [Entry.of(record) for record in records])
    known = Known(entries)
    _, first = _timed(lambda: known.near(entries[0]))
    typed = []
    for record in records[:: len(records) // _TYPED]:
        typed.append(_timed(lambda name=record.name: known.near(Entry.typed({"name": name[:-1]})))[1])
    print(
        f"  {len(entries)} records: ready in {ready + first:.2f} s; a typed name p50 {_ms(typed, 50)}, p95 {_ms(typed, 95)}"
    )
    many, seconds = _timed(lambda: list(known.near_many(entries[:1000])))
    print(f"  1 000 rows of an import against them: {seconds:.1f} s")
    pairs, seconds = _timed(known.pairs)
    print(
        f"  the whole registry against itself: {seconds:.1f} s, {len(pairs)} pairs; {sum(map(len, many))} in the import"
    )


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def _ms(seconds: Sequence[float], percentile: int) -> str:
    return f"{np.percentile(seconds, percentile) * 1000:.0f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates")
    parser.add_argument("--fit", action="store_true")
    sys.exit(run(fit=parser.parse_args().fit))
