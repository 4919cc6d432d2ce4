"""python -m matching.fit CASES: fits scoring.json on the cases marked "fit", and says how well it holds.

Two logistic regressions per side. ``relevant``: for each challenge and initiative, the probability that
the judge gave grade 2 or 3, from the signals; it orders the matches and gives their strength.
``domain``: the probability that a challenge is one that the registry is about. Figures are
printed from cross-validation by challenge (a challenge is never scored by numbers it helped to
fit), and for the cases marked "validation", which take no part.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from matching.__main__ import load_matcher
from matching.evaluation import OUTSIDE, Case, Outcome, read_cases, table
from matching.matcher import Matcher, domain_features
from matching.scoring import FITTED, Logistic, Strength
from registry.files import replace_file
from registry.filters import is_match

# The lowest probability of each strength: about every second, every fourth, every tenth is right or better.
BANDS = {Strength.STRONG: 0.5, Strength.GOOD: 0.25, Strength.POSSIBLE: 0.1}
_FOLDS = 10
_REGULARISATION = 10.0
_LIMIT = 10
SIDES = {
    "meaning": (
        "whole",
        "text",
        "situation",
        "phrase",
        "ngrams",
        "name",
        "target_groups",
        "themes",
        "setting",
        "place",
    ),
    "words": ("ngrams", "name", "target_groups", "themes", "setting", "place"),
}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A judged challenge with its signals, (initiatives, signals), and grades, (initiatives,)."""

    case: Case
    signals: Floats
    grades: npt.NDArray[np.int_]
    features: dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Fits, prints the figures, and writes ``scoring.json``."""
    matcher = load_matcher()
    cases = read_cases(Path(arguments[0]), matcher.index.records)
    fitted = {side: _fit_side(matcher, cases, side) for side in SIDES}
    replace_file(FITTED, lambda path: path.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8"))
    print(f"{FITTED.name} skriven")
    return 0


def _fit_side(matcher: Matcher, cases: Sequence[Case], side: str) -> dict[str, Any]:
    rows = np.array([i for i, record in enumerate(matcher.index.records) if is_match(record)])
    ids = [matcher.index.records[i].id for i in rows]
    examples = [_example(matcher, case, side, rows, ids) for case in cases]
    fit = [example for example in examples if example.case.split == "fit"]
    held_out = [example for example in examples if example.case.split != "fit"]
    print(f"\n== {side}: cross-validated on the {len(fit)} fitting cases\n{table(_cross_validated(fit, side, ids))}")
    relevant, domain = _fit(fit, side)
    print(
        f"\n== {side}: the {len(held_out)} validation cases\n{table(_outcomes(held_out, relevant, domain, side, ids))}"
    )
    return {"relevant": _plain(relevant), "domain": _plain(domain), "bands": BANDS}


def _example(matcher: Matcher, case: Case, side: str, rows: npt.NDArray[np.intp], ids: list[str]) -> Example:
    challenge = matcher._reader.read(case.query)
    similarity = matcher.similarity(challenge) if side == "meaning" else None
    values = {name: scores[rows] for name, scores in matcher.signals(challenge, similarity).items()}
    signals = np.column_stack([values[name] for name in SIDES[side]]).astype(float)
    grades = np.array([case.relevant.get(id, 0) for id in ids])
    return Example(case, signals, grades, {"challenge": challenge, "values": values})


def _fit(examples: Sequence[Example], side: str) -> tuple[Logistic, Logistic]:
    inside = [example for example in examples if example.case.kind != OUTSIDE]
    relevant = _logistic(
        SIDES[side],
        np.vstack([example.signals for example in inside]),
        np.concatenate([example.grades >= 2 for example in inside]),
    )
    features = [_domain(example, relevant) for example in examples]
    names = tuple(features[0])
    domain = _logistic(
        names,
        np.array([[row[name] for name in names] for row in features]),
        np.array([example.case.kind != OUTSIDE for example in examples]),
        class_weight="balanced",
    )
    return relevant, domain


def _logistic(names: Sequence[str], values: Floats, labels: npt.NDArray[np.bool_], **options: Any) -> Logistic:
    """Fits on values brought to the same spread, and gives the weights for the values as they are."""
    spread = values.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_REGULARISATION, max_iter=5000, **options).fit(values / spread, labels)
    weights = model.coef_[0] / spread
    return Logistic(
        {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, round(float(model.intercept_[0]), 4)
    )


def _domain(example: Example, relevant: Logistic) -> dict[str, float]:
    values = example.features["values"]
    return domain_features(example.features["challenge"], values, relevant.logit(values))


def _cross_validated(examples: Sequence[Example], side: str, ids: list[str]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    order = np.arange(len(examples))
    for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=0).split(order, groups=order):
        relevant, domain = _fit([examples[i] for i in train], side)
        outcomes += _outcomes([examples[i] for i in test], relevant, domain, side, ids)
    return outcomes


def _outcomes(
    examples: Sequence[Example], relevant: Logistic, domain: Logistic, side: str, ids: list[str]
) -> list[Outcome]:
    outcomes = []
    for example in examples:
        logits = relevant.logit(example.features["values"])
        ranked = tuple(ids[i] for i in np.argsort(-logits, kind="stable")[:_LIMIT])
        features = {name: np.float32(value) for name, value in _domain(example, relevant).items()}
        outcomes.append(Outcome(example.case, ranked, float(domain.logit(features)) < 0))  # type: ignore[arg-type]
    return outcomes


def _plain(logistic: Logistic) -> dict[str, Any]:
    return {"weights": dict(logistic.weights), "intercept": logistic.intercept}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
