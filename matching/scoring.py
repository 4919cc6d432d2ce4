"""From signals to a probability, a strength and a "nothing fits": the numbers fitted on judged cases.

``fit.py`` writes ``scoring.json``; nothing here is set by hand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from pathlib import Path

import numpy as np

from matching.lexicon import Scores


class Strength(StrEnum):
    """How well something fits, from the calibrated probability that a judge would call it clearly relevant."""

    STRONG = "stark"
    GOOD = "god"
    POSSIBLE = "möjlig"
    WEAK = "svag"


@dataclass(frozen=True)
class Logistic:
    """A logistic regression: P = 1 / (1 + exp(-(intercept + sum of weight × value)))."""

    weights: Mapping[str, float]
    intercept: float

    def logit(self, values: Mapping[str, Scores]) -> Scores:
        """The log-odds for each row; a signal without a weight counts for nothing."""
        total = sum(weight * values[name] for name, weight in self.weights.items())
        return np.asarray(self.intercept + total, dtype=np.float32)


def first_logit(judged: Logistic, unjudged: Logistic, values: Mapping[str, Scores]) -> Scores:
    """The log-odds of each record: by ``unjudged`` where no judge has seen it, else by ``judged``."""
    unseen = np.isnan(values["judged"])
    seen = judged.logit({**values, "judged": np.where(unseen, 0, values["judged"])})
    return np.asarray(np.where(unseen, unjudged.logit(values), seen), dtype=np.float32)


@dataclass(frozen=True)
class Scoring:
    """How one side (with meaning, or words alone) is scored.

    ``first`` gives the log-odds that a record is clearly relevant from what compares it with the challenge,
    ``unjudged`` the same for a record that no judge has seen, without the signal ``judged``; ``relevant`` the final
    ones, from that and from what compares it with the other records that fit; ``domain`` the log-odds that the
    challenge is one that the registry is about; ``bands`` the lowest probability of each strength.
    """

    first: Logistic
    unjudged: Logistic
    relevant: Logistic
    domain: Logistic
    bands: Mapping[str, float]

    def first_logit(self, values: Mapping[str, Scores]) -> Scores:
        """The log-odds of each record from what compares it with the challenge."""
        return first_logit(self.first, self.unjudged, values)

    def strength(self, logit: float) -> Strength:
        """The band in which the probability falls."""
        probability = 1 / (1 + exp(-logit))
        for band in (Strength.STRONG, Strength.GOOD, Strength.POSSIBLE):
            if probability >= self.bands[band]:
                return band
        return Strength.WEAK

    def in_domain(self, features: Mapping[str, float]) -> bool:
        """Whether the challenge is more likely than not one that the registry is about."""
        return float(self.domain.logit({name: np.array(value) for name, value in features.items()})) >= 0


def read_scoring(path: Path, side: str) -> Scoring:
    """The fitted numbers for ``side``: "meaning" or "words"."""
    fitted = json.loads(path.read_text(encoding="utf-8"))[side]
    first, unjudged, relevant, domain = (
        Logistic(**fitted[name]) for name in ("first", "unjudged", "relevant", "domain")
    )
    return Scoring(first, unjudged, relevant, domain, fitted["bands"])
