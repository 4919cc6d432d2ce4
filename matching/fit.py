"""python -m matching.fit CASES [--model NAME]: fits matching to judged texts, and says how well it holds.

First the heads (``head.py``), on data/judgements.jsonl and the texts outside the subject. Then, on the cases
marked "fit", four logistic regressions per side ("meaning", and "words" for when the model is not there).
``first``, ``unjudged`` and ``relevant``: the probability that the judge gave an initiative grade 2 or 3, which
orders the matches and gives their strength. ``domain``: the probability that a challenge is one that the registry
is about. Figures are printed from cross-validation by challenge (a challenge is never scored by numbers it
helped to fit), and for the cases marked "validation", which take no part. The shipped catalogue is used,
whatever is published here.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from matching.encoder import Encoder, load_encoder, model_name
from matching.evaluation import OUTSIDE, Case, Outcome, json_lines, read_cases, reliability, table
from matching.fitted import HEAD, SCORING, Fitted, fitted_folder, load_fitted
from matching.head import Head, save_heads
from matching.index import Index
from matching.lexicon import Scores
from matching.live import vector_cache
from matching.matcher import Matcher
from matching.scoring import Logistic, Scoring, Strength, first_logit
from matching.signals import Probe, domain
from registry.__main__ import Parser
from registry.catalogue import PARQUET, read_parquet
from registry.files import replace_file
from registry.places import load_places
from registry.vocabulary import DATA, Vocabulary, load_vocabulary

Floats = npt.NDArray[np.float64]

# The lowest probability of each strength: a judge agrees with every second, every fourth, every tenth.
BANDS: dict[str, float] = {Strength.STRONG.value: 0.5, Strength.GOOD.value: 0.25, Strength.POSSIBLE.value: 0.1}
JUDGEMENTS = DATA / "judgements.jsonl"
_FOLDS = 10
_REGULARISATION = 0.1
_REFUSAL = 2.0  # how much worse it is to refuse a real challenge than to answer a strange one
_LIMIT = 10
_WORDS = ("words", "ngrams", "name", "target_groups", "themes")
UNJUDGED = {"meaning": ("voices_near", "centre", *_WORDS), "words": _WORDS}
FIRST = {side: ("judged", *names) for side, names in UNJUDGED.items()}
SECOND = {"meaning": ("first", "kin", "heading"), "words": ("first", "heading")}


@dataclass(frozen=True)
class Example:
    """A judged challenge: its first signals, what tells its domain, and the grade of every record, (n,)."""

    case: Case
    probe: Probe
    first: dict[str, Scores]
    domain: dict[str, float]
    grades: npt.NDArray[np.int_]

    @property
    def matched(self) -> npt.NDArray[np.bool_]:
        """Which records can be matched, (n,): the others are shown apart."""
        return ~self.probe.candidates.apart


class Fitting:
    """Fits and scores with one matcher; only records that can be matched take part."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def example(self, case: Case) -> Example:
        """Computes the signals of a case."""
        probe = self._matcher.probe(self._matcher.read(case.query))
        candidates = probe.candidates
        ids = [candidates.record(row).id for row in range(len(candidates))]
        grades = np.array([case.relevant.get(id, 0) for id in ids])
        first = self._matcher.first_signals(probe)
        return Example(case, probe, first, domain(probe, first), grades)

    def fit(self, examples: Sequence[Example]) -> Scoring:
        """The numbers that suit these examples best."""
        side = self._matcher.side
        inside = [example for example in examples if example.case.kind != OUTSIDE]
        relevant = np.concatenate([example.grades[example.matched] >= 2 for example in inside])
        signals = [_columns(example.first, example.matched) for example in inside]
        seen = [~np.isnan(one["judged"]) for one in signals]
        of_seen = [_columns(one, rows) for one, rows in zip(signals, seen, strict=True)]
        first = _likeness(FIRST[side], of_seen, relevant[np.concatenate(seen)])
        unjudged = _likeness(UNJUDGED[side], signals, relevant)
        likely = [self._second(example, first_logit(first, unjudged, example.first)) for example in inside]
        return Scoring(
            first,
            unjudged,
            _likeness(SECOND[side], likely, relevant),
            _domain(examples),
            BANDS,
        )

    def outcome(self, example: Example, scoring: Scoring) -> Outcome:
        """What the matcher would answer to an example with these numbers."""
        compared = self._matcher.compare(example.probe, scoring, example.first)
        ranked = tuple(example.probe.candidates.record(row).id for row in compared.order(example.matched)[:_LIMIT])
        return Outcome(example.case, ranked, not compared.in_domain(example.domain))

    def judged_odds(self, example: Example, scoring: Scoring) -> list[tuple[float, bool]]:
        """For each record, the probability that it is clearly relevant, and whether the judge said so."""
        compared = self._matcher.compare(example.probe, scoring, example.first)
        probability = expit(compared.logits[example.matched])
        return list(zip(probability.tolist(), (example.grades[example.matched] >= 2).tolist(), strict=True))

    def folds(self, examples: Sequence[Example]) -> Iterator[tuple[Scoring, list[Example]]]:
        """Numbers fitted on all folds but one, and the examples of that one, for each fold."""
        order = np.arange(len(examples))
        for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(order, groups=order):
            yield self.fit([examples[i] for i in train]), [examples[i] for i in test]

    def _second(self, example: Example, first: Scores) -> dict[str, Scores]:
        return _columns(self._matcher.second_signals(example.probe, first), example.matched)


def main(arguments: Sequence[str]) -> int:
    """Learns the heads, fits both sides, prints the figures, and writes ``head.npz`` and ``scoring.json``."""
    parser = Parser(prog="python -m matching.fit", description="Anpassa matchningen till bedömda fall.")
    parser.add_argument("cases", type=Path, metavar="FALL.jsonl")
    parser.add_argument("--model", help="namn eller mapp på en Sentence Transformers-modell")
    options = parser.parse_args(arguments)
    if options.model:
        os.environ["SPRIDBART_MODEL"] = options.model
    vocabulary, places, encoder = load_vocabulary(), load_places(), load_encoder()
    index = Index(read_parquet(PARQUET), vocabulary, encoder, vector_cache())
    heads = learn_heads(encoder, vocabulary)
    cases = read_cases(options.cases, index.records)
    matchers = [
        Matcher(some, vocabulary, places, Fitted(heads[side], load_fitted(side).scoring))
        for side, some in (("meaning", index), ("words", index.by_words()))
    ]
    text = json.dumps({matcher.side: _fit_side(matcher, cases) for matcher in matchers}, indent=1) + "\n"
    folder = fitted_folder(model_name())
    replace_file(folder / HEAD, lambda path: save_heads(heads, path))
    replace_file(folder / SCORING, lambda path: path.write_text(text, encoding="utf-8"))
    print(f"\n{HEAD} och {SCORING} skrivna för {model_name()}")
    return 0


def learn_heads(encoder: Encoder, vocabulary: Vocabulary) -> dict[str, Head]:
    """The heads of both sides, from the judged texts and from those outside the subject."""
    texts, grades = judged_texts(vocabulary)
    vectors = encoder.encode_query(texts)
    return {"meaning": Head.learned(texts, grades, vectors), "words": Head.learned(texts, grades)}


def judged_texts(vocabulary: Vocabulary) -> tuple[list[str], list[dict[str, int]]]:
    """The judged texts and the grades of each by id; those outside the subject have none."""
    rows = [row for _, row in json_lines(JUDGEMENTS)]
    texts = [*(row["text"] for row in rows), *vocabulary.outside]
    return texts, [*(row["grades"] for row in rows), *({} for _ in vocabulary.outside)]


def _fit_side(matcher: Matcher, cases: Sequence[Case]) -> dict[str, Any]:
    fitting = Fitting(matcher)
    examples = [fitting.example(case) for case in cases]
    fit = [example for example in examples if example.case.split == "fit"]
    scoring = fitting.fit(fit)
    held_out = [example for example in examples if example.case.split != "fit"]
    _report(fitting, f"{matcher.side}: cross-validated on the {len(fit)} fitting cases", fitting.folds(fit))
    _report(fitting, f"{matcher.side}: the {len(held_out)} validation cases", [(scoring, held_out)])
    return asdict(scoring)


def _report(fitting: Fitting, title: str, folds: Iterable[tuple[Scoring, list[Example]]]) -> None:
    pairs = [(example, scoring) for scoring, examples in folds for example in examples]
    print(f"\n{title}\n{table([fitting.outcome(example, scoring) for example, scoring in pairs])}")
    inside = [pair for pair in pairs if pair[0].case.kind != OUTSIDE]
    print(reliability([odds for example, scoring in inside for odds in fitting.judged_odds(example, scoring)]))


def _columns(values: Mapping[str, Scores], rows: npt.NDArray[np.bool_]) -> dict[str, Scores]:
    return {name: scores[rows] for name, scores in values.items()}


def _likeness(names: Sequence[str], rows: Sequence[Mapping[str, Any]], labels: npt.NDArray[np.bool_]) -> Logistic:
    """A logistic regression whose weights are not below zero: to be alike cannot speak against a record."""
    values, spread = _standardised(names, rows)

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, logits = parameters[:-1], values @ parameters[:-1] + parameters[-1]
        wrong = expit(logits) - labels
        penalty = weights / _REGULARISATION
        total = np.logaddexp(0, logits).sum() - logits[labels].sum() + weights @ penalty / 2
        return float(total), np.append(values.T @ wrong + penalty, wrong.sum())

    start = np.append(np.zeros(len(names)), -2.0)
    bounds = [(0, None)] * len(names) + [(None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return _as_logistic(names, found[:-1] / spread, found[-1])


def _domain(examples: Sequence[Example]) -> Logistic:
    """A logistic regression in which to refuse a real challenge weighs more than to answer a strange one."""
    about = np.array([example.case.kind != OUTSIDE for example in examples])
    names = tuple(examples[0].domain)
    values, spread = _standardised(names, [example.domain for example in examples])
    weights = {True: _REFUSAL / about.mean(), False: 1 / (1 - about.mean())}
    model = LogisticRegression(C=_REGULARISATION, max_iter=5000, class_weight=weights).fit(values, about)
    return _as_logistic(names, model.coef_[0] / spread, model.intercept_[0])


def _standardised(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> tuple[Floats, Floats]:
    """The values brought to the same spread, (rows, names), and that spread."""
    values = np.column_stack([np.concatenate([np.atleast_1d(row[name]) for row in rows]) for name in names])
    spread = values.std(axis=0).astype(float)
    spread[spread == 0] = 1.0
    return values / spread, spread


def _as_logistic(names: Sequence[str], weights: Floats, intercept: float) -> Logistic:
    rounded = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return Logistic(rounded, round(float(intercept), 4))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
