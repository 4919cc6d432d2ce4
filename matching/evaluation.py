"""Measures matching on judged cases: nDCG@5, MRR@10, recall@5, hit@1 and abstention.

nDCG uses the gain 2^grade - 1 (Burges et al. 2005); the others count grades of 2 and 3 as relevant,
and recall is divided by min(5, relevant) so that a perfect ranking gets 1. Cases of kind "f" are
outside the registry's subject: there the right answer is that nothing fits.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from matching.errors import CasesInvalid, MatchingError
from matching.matcher import Matcher
from matching.scoring import Logistic
from matching.words import tokens
from registry.exploring.filters import is_match
from registry.initiative import Initiative
from registry.places import fold

OUTSIDE = "f"
_RELEVANT = 2
_LISTED = 10
_SAME_NAME_AT = 85
_BINS = (0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 1.01)
_DRAWS = 2000


@dataclass(frozen=True)
class Case:
    """A challenge with what a judge thinks of each initiative: id -> grade 1-3, 0 left out."""

    id: str
    kind: str
    query: str
    relevant: dict[str, int]
    split: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a matcher answered to a case: ids best first, and whether it said that nothing fits."""

    case: Case
    ranked: tuple[str, ...]
    no_good_match: bool

    @property
    def ndcg(self) -> float:
        """nDCG@5."""
        grades = [self.case.relevant.get(id, 0) for id in self.ranked]
        return _dcg(grades[:5]) / _dcg(sorted(self.case.relevant.values(), reverse=True)[:5])

    @property
    def hits(self) -> list[bool]:
        """For each answer, whether a judge called it clearly relevant."""
        return [self.case.relevant.get(id, 0) >= _RELEVANT for id in self.ranked]

    @property
    def reciprocal_rank(self) -> float:
        """1 / the place of the first relevant answer among ten; 0 where there is none."""
        return next((1 / place for place, hit in enumerate(self.hits[:10], start=1) if hit), 0.0)

    @property
    def recall(self) -> float:
        """Share of the relevant ones among the first five."""
        relevant = sum(grade >= _RELEVANT for grade in self.case.relevant.values())
        return sum(self.hits[:5]) / min(5, relevant)

    @property
    def hit(self) -> float:
        """1 where the first answer is relevant."""
        return float(any(self.hits[:1]))


def read_cases(path: Path, records: Sequence[Initiative]) -> list[Case]:
    """Reads judged cases, a JSON object a line. ``relevant`` is keyed by id, or by names that are looked up.

    Raises:
        CasesInvalid: a line is not a judged case, or names an initiative that the catalogue lacks.
    """
    find = name_finder(records)
    cases = []
    for number, row in json_lines(path):
        try:
            relevant = {id: grade for name, grade in row["relevant"].items() for id in find(name)}
            cases.append(Case(row["id"], row["kind"], row["query"], relevant, row.get("split", "")))
        except (KeyError, TypeError, AttributeError) as error:
            raise CasesInvalid(str(path), number, f"raden är inte ett bedömt fall ({error})") from error
    return cases


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file, a line each, with their line numbers from 1; empty lines are passed over.

    Raises:
        CasesInvalid: the file cannot be read, or a line is not a JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesInvalid(str(path), 0, "filen går inte att läsa") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise CasesInvalid(str(path), number, "raden är inte JSON") from error
        if not isinstance(row, dict):
            raise CasesInvalid(str(path), number, "raden är inte ett JSON-objekt")
        yield number, row


def name_finder(records: Sequence[Initiative]) -> Callable[[str], tuple[str, ...]]:
    """Finds the ids that an id or a name stands for; a joint name ("A/B", "A och B") stands for both.

    Raises (when called):
        KeyError: nothing is called so.
    """
    called: dict[str, str] = {}
    for record in records:
        for name in (record.id, record.name, *record.aliases):
            called.setdefault(_plain(name), record.id)

    def find(name: str) -> tuple[str, ...]:
        if _plain(name) in called:
            return (called[_plain(name)],)
        inside = {id for key, id in called.items() if len(key) > 4 and f" {key} " in f" {_plain(name)} "}
        if inside:
            return tuple(sorted(inside))
        close = process.extractOne(_plain(name), called.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_NAME_AT)
        if close is None:
            raise KeyError(name)
        return (called[close[0]],)

    return find


def evaluate(matcher: Matcher, cases: Iterable[Case]) -> list[Outcome]:
    """Runs every case; a challenge that is refused counts as "nothing fits"."""
    outcomes = []
    for case in cases:
        try:
            result = matcher.match(case.query)
        except MatchingError:
            outcomes.append(Outcome(case, (), True))
            continue
        ranked = tuple(match.initiative_id for match in result.matches if is_match(match.initiative))
        outcomes.append(Outcome(case, ranked, result.no_good_match))
    return outcomes


def ablations(matcher: Matcher, cases: Sequence[Case]) -> dict[str, list[Outcome]]:
    """What the ranking would be with one signal alone, and with all but one, at the fitted weights."""
    scoring = matcher.fitted.scoring
    variants = {"first signals": scoring.first}
    variants |= {f"only {name}": Logistic({name: 1.0}, 0.0) for name in scoring.first.weights}
    variants |= {f"without {name}": _without(scoring.first, name) for name in scoring.first.weights}
    outcomes: dict[str, list[Outcome]] = {label: [] for label in variants}
    for case in cases:
        if case.kind == OUTSIDE:
            continue
        probe = matcher.probe(matcher.read(case.query))
        first = {name: np.nan_to_num(values) for name, values in matcher.first_signals(probe).items()}
        rows = np.flatnonzero(~probe.candidates.apart)
        for label, logistic in variants.items():
            best = rows[np.argsort(-logistic.logit(first)[rows], kind="stable")][:_LISTED]
            outcomes[label].append(Outcome(case, tuple(probe.candidates.record(row).id for row in best), False))
    return outcomes


def ablation_table(outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """nDCG@5 and hit@1 of each variant, as text."""
    lines = [f"{'variant':<24}{'nDCG@5':>10}{'hit@1':>10}"]
    for label, group in outcomes.items():
        ndcg, hit = (sum(values) / len(group) for values in ([o.ndcg for o in group], [o.hit for o in group]))
        lines.append(f"{label:<24}{ndcg:>10.4f}{hit:>10.4f}")
    return "\n".join(lines)


def table(outcomes: Sequence[Outcome]) -> str:
    """The measures by kind and overall, and abstention inside and outside the subject, as text."""
    lines = [f"{'kind':<9}{'n':>4}{'nDCG@5':>10}{'MRR@10':>10}{'Recall@5':>10}{'hit@1':>10}"]
    inside = [outcome for outcome in outcomes if outcome.case.kind != OUTSIDE]
    outside = [outcome for outcome in outcomes if outcome.case.kind == OUTSIDE]
    for kind in (*sorted({outcome.case.kind for outcome in inside}), "overall"):
        chosen = [outcome for outcome in inside if kind in (outcome.case.kind, "overall")]
        if chosen:
            measures = [[o.ndcg, o.reciprocal_rank, o.recall, o.hit] for o in chosen]
            means = "".join(f"{sum(column) / len(chosen):>10.4f}" for column in zip(*measures, strict=True))
            lines.append(f"{kind:<9}{len(chosen):>4}{means}")
    for words, group in (("outside, said so", outside), ("inside, refused", inside)):
        if group:
            said = sum(outcome.no_good_match for outcome in group)
            lines.append(f"{words:<18}{said:>4} of {len(group)}  ({said / len(group):.4f})")
    return "\n".join(lines)


def reliability(judged: Sequence[tuple[float, bool]]) -> str:
    """Whether probabilities keep what they say: by bin how many, the mean predicted and the share observed, as text.

    The bins are the bands of strength, the strongest in two. ``judged`` are probabilities that a judge would call a
    record clearly relevant, and whether one did (reliability diagram: DeGroot and Fienberg 1983).
    """
    lines = [f"{'probability':<14}{'n':>6}{'predicted':>12}{'observed':>11}"]
    for low, high in pairwise(_BINS):
        group = [(probability, said) for probability, said in judged if low <= probability < high]
        if group:
            predicted, observed = (fmean(column) for column in zip(*group, strict=True))
            lines.append(f"{low:.2f}-{min(high, 1):.2f}     {len(group):>6}{predicted:>12.3f}{observed:>11.3f}")
    return "\n".join(lines)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean, by bootstrap over cases (Efron 1979, 2,000 draws)."""
    means = np.random.default_rng(0).choice(np.asarray(values), (_DRAWS, len(values))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def _without(logistic: Logistic, name: str) -> Logistic:
    return Logistic({**logistic.weights, name: 0.0}, logistic.intercept)


def _dcg(grades: list[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, start=1))


def _plain(name: str) -> str:
    return " ".join(fold(token) for token in tokens(name.replace("/", " ")))
