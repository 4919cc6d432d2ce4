"""Match: end to end over the shipped catalogue, in milliseconds, by kind of challenge.

``encoding`` is the model's own share; ``ratio`` is the whole match by the encoding alone: what
everything that is ours costs on top.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from matching.__main__ import load_matcher
from matching.evaluation import read_cases
from registry.catalogue import PARQUET, read_parquet

T = TypeVar("T")
CASES = Path(__file__).parent.parent / "tests" / "cases" / "judged.jsonl"
_KINDS = {"a": "keywords", "b": "sentences", "c": "paragraphs", "d": "names", "e": "English"}


def run() -> None:
    """Times every judged case and prints p50 and p95."""
    matcher = load_matcher(read_parquet(PARQUET))
    assert matcher.index.meaning is not None
    encoder = matcher.index.meaning.encoder
    cases = read_cases(CASES, matcher.index.records)
    matcher.match(cases[0].query)
    print(f"  {'kind':<12}{'n':>4}{'p50':>9}{'p95':>9}{'encoding p50':>15}{'ratio':>8}")
    for kind, words in _KINDS.items():
        queries = [case.query for case in cases if case.kind == kind]
        whole = times_of(matcher.match, queries)
        alone = times_of(lambda query: encoder.encode_query([query]), queries)
        p50, p95 = np.percentile(whole, [50, 95])
        encoding = np.percentile(alone, 50)
        print(f"  {words:<12}{len(queries):>4}{p50:>9.1f}{p95:>9.1f}{encoding:>15.1f}{p50 / encoding:>8.2f}")


def times_of(call: Callable[[T], object], inputs: Sequence[T]) -> list[float]:
    """The milliseconds of each call."""
    times = []
    for one in inputs:
        begun = time.perf_counter()
        call(one)
        times.append((time.perf_counter() - begun) * 1000)
    return times
