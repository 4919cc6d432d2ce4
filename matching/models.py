"""Compares models side by side on judged cases: quality, speed and memory, each in a process of its own."""

import os
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median

from matching.encoder import load_encoder, model_name
from matching.evaluation import OUTSIDE, Outcome, evaluate, interval, read_cases
from matching.fitted import is_fitted
from matching.index import Index
from matching.live import vector_cache
from matching.matcher import Matcher
from registry.home import published_records
from registry.places import load_places
from registry.vocabulary import load_vocabulary

_KIB = 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there


@dataclass(frozen=True)
class Report:
    """What a model gave: its outcomes, seconds to load, milliseconds to encode a challenge, peak memory in MB."""

    model: str
    fitted: bool
    outcomes: tuple[Outcome, ...]
    load: float
    encode: float
    memory: float


def compare_models(models: Sequence[str], cases: Path) -> list[Report]:
    """A report for each model, one after the other so that they do not disturb each other.

    Raises:
        ModelUnavailable: one of them cannot be loaded.
        CasesInvalid: the file of cases cannot be read.
    """
    reports = []
    for model in models:
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
            reports.append(process.submit(_report, model, cases).result())
    return reports


def side_by_side(reports: Sequence[Report]) -> str:
    """The reports as a table."""
    lines = [
        f"{'model':<32}{'nDCG@5 [95 %]':>22}{'hit@1':>8}{'outside said':>14}{'refused':>9}"
        f"{'load s':>8}{'encode ms':>11}{'MB':>7}"
    ]
    for report in reports:
        inside = [outcome for outcome in report.outcomes if outcome.case.kind != OUTSIDE]
        ndcg = [outcome.ndcg for outcome in inside]
        low, high = interval(ndcg)
        name = report.model if report.fitted else f"{report.model} (not fitted)"
        lines.append(
            f"{name[-32:]:<32}{f'{fmean(ndcg):.3f} [{low:.3f}-{high:.3f}]':>22}{fmean(o.hit for o in inside):>8.3f}"
            f"{_said(report.outcomes, outside=True):>14}{_said(report.outcomes, outside=False):>9}"
            f"{report.load:>8.1f}{report.encode:>11.1f}{report.memory:>7.0f}"
        )
    return "\n".join(lines)


def _report(model: str, path: Path) -> Report:
    os.environ["SPRIDBART_MODEL"] = model
    begun = time.perf_counter()
    encoder = load_encoder()
    encoder.encode_query(["uppvärmning"])
    load = time.perf_counter() - begun
    vocabulary, places = load_vocabulary(), load_places()
    matcher = Matcher(Index(published_records(), vocabulary, encoder, vector_cache()), vocabulary, places)
    cases = read_cases(path, matcher.index.records)
    times = []
    for case in cases:
        begun = time.perf_counter()
        encoder.encode_query([case.query])
        times.append(time.perf_counter() - begun)
    outcomes = tuple(evaluate(matcher, cases))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / _KIB
    return Report(model_name(), is_fitted(model_name()), outcomes, load, median(times) * 1000, memory)


def _said(outcomes: Sequence[Outcome], *, outside: bool) -> str:
    group = [outcome.no_good_match for outcome in outcomes if (outcome.case.kind == OUTSIDE) is outside]
    return f"{sum(group)} of {len(group)}"
