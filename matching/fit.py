"""python -m matching.fit CASES: fits scoring.json on the cases marked "fit", and says how well it holds.

Three logistic regressions per side ("meaning", and "words" for when the model is not there). ``first``
and ``relevant``: the probability that the judge gave an initiative grade 2 or 3, which orders the
matches and gives their strength. ``domain``: the probability that a challenge is one that the registry is
about. Figures are printed from cross-validation by challenge (a challenge is never scored by
numbers it helped to fit), and for the cases marked "validation", which take no part.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from matching.__main__ import load_matcher
from matching.evaluation import OUTSIDE, Case, Outcome, read_cases, table
from matching.matcher import Comparison, Matcher
from matching.scoring import FITTED, Logistic, Scores, Scoring, Strength
from registry.files import replace_file
from registry.filters import is_match

# The lowest probability of each strength: a judge agrees with every second, every fourth, every tenth.
BANDS: dict[str, float] = {Strength.STRONG.value: 0.5, Strength.GOOD.value: 0.25, Strength.POSSIBLE.value: 0.1}
_FOLDS = 10
_REGULARISATION = 0.3
_LIMIT = 10
_WORDS = ("ngrams", "name", "target_groups", "themes", "setting", "place")
FIRST = {"meaning": ("whole", "text", "voices_near", "voices_wide", "centre", *_WORDS), "words": _WORDS}
SECOND = {"meaning": ("first", "kin", "heading"), "words": ("first", "heading")}


@dataclass(frozen=True)
class Example:
    """A judged challenge: its first signals, and the grade of every record of the index, (n,)."""

    case: Case
    first: Mapping[str, Scores]
    grades: npt.NDArray[np.int_]


class Fitting:
    """Fits and scores with one matcher; only records that can be matched take part."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._rows = np.array([row for row, record in enumerate(matcher.index.records) if is_match(record)])

    def example(self, case: Case) -> Example:
        """Computes the first signals of a case."""
        values, _ = self._matcher.first_signals(self._matcher.read(case.query))
        grades = np.array([case.relevant.get(record.id, 0) for record in self._matcher.index.records])
        return Example(case, values, grades)

    def fit(self, examples: Sequence[Example]) -> Scoring:
        """The numbers that suit these examples best."""
        side = self._matcher.side
        inside = [example for example in examples if example.case.kind != OUTSIDE]
        relevant = np.concatenate([example.grades[self._rows] >= 2 for example in inside])
        first = _logistic(FIRST[side], [self._rows_of(example.first) for example in inside], relevant)
        second = [self._rows_of(self._matcher.second_signals(first.logit(example.first))) for example in inside]
        scoring = Scoring(first, _logistic(SECOND[side], second, relevant), Logistic({}, 0.0), BANDS)
        features = [self._domain(example, scoring) for example in examples]
        about = np.array([example.case.kind != OUTSIDE for example in examples])
        domain = _logistic(tuple(features[0]), features, about, class_weight="balanced")
        return Scoring(first, scoring.relevant, domain, BANDS)

    def outcome(self, example: Example, scoring: Scoring) -> Outcome:
        """What the matcher would answer to an example with these numbers."""
        compared = self._compare(example, scoring)
        order = self._rows[np.argsort(-compared.logits[self._rows], kind="stable")][:_LIMIT]
        ranked = tuple(self._matcher.index.records[row].id for row in order)
        return Outcome(example.case, ranked, not scoring.in_domain(self._matcher.domain_features(compared)))

    def cross_validated(self, examples: Sequence[Example]) -> list[Outcome]:
        """The outcome of each example with numbers fitted on the other folds."""
        outcomes: list[Outcome] = []
        order = np.arange(len(examples))
        for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(order, groups=order):
            scoring = self.fit([examples[i] for i in train])
            outcomes += [self.outcome(examples[i], scoring) for i in test]
        return outcomes

    def _compare(self, example: Example, scoring: Scoring) -> Comparison:
        values = dict(example.first)
        values |= self._matcher.second_signals(scoring.first.logit(values))
        challenge = self._matcher.read(example.case.query)
        similarity = None if self._matcher.side == "words" else values["whole"]
        return Comparison(challenge, values, scoring.relevant.logit(values), similarity, scoring)

    def _domain(self, example: Example, scoring: Scoring) -> dict[str, Any]:
        return self._matcher.domain_features(self._compare(example, scoring))

    def _rows_of(self, values: Mapping[str, Scores]) -> dict[str, Scores]:
        return {name: scores[self._rows] for name, scores in values.items()}


def main(arguments: Sequence[str]) -> int:
    """Fits both sides, prints the figures, and writes ``scoring.json``."""
    by_meaning = load_matcher()

    cases = read_cases(Path(arguments[0]), by_meaning.index.records)
    fitted = {"meaning": _fit_side(by_meaning, cases), "words": _fit_side(by_meaning.by_words(), cases)}
    text = json.dumps(fitted, indent=1) + "\n"
    replace_file(FITTED, lambda path: path.write_text(text, encoding="utf-8"))
    print(f"\n{FITTED.name} skriven")
    return 0


def _fit_side(matcher: Matcher, cases: Sequence[Case]) -> dict[str, Any]:
    fitting = Fitting(matcher)
    examples = [fitting.example(case) for case in cases]
    fit = [example for example in examples if example.case.split == "fit"]
    held_out = [example for example in examples if example.case.split != "fit"]
    print(f"\n{matcher.side}: cross-validated on the {len(fit)} fitting cases\n{table(fitting.cross_validated(fit))}")
    scoring = fitting.fit(fit)
    outcomes = [fitting.outcome(example, scoring) for example in held_out]
    print(f"\n{matcher.side}: the {len(held_out)} validation cases\n{table(outcomes)}")
    return asdict(scoring)


def _logistic(
    names: Sequence[str], rows: Sequence[Mapping[str, Any]], labels: npt.NDArray[np.bool_], **options: Any
) -> Logistic:
    """Fits on values brought to the same spread, and gives the weights for the values as they are."""
    values = np.column_stack([np.concatenate([np.atleast_1d(row[name]) for row in rows]) for name in names])
    spread = values.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_REGULARISATION, max_iter=5000, **options).fit(values / spread, labels)
    weights = (round(float(weight), 4) for weight in model.coef_[0] / spread)
    return Logistic(dict(zip(names, weights, strict=True)), round(float(model.intercept_[0]), 4))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
