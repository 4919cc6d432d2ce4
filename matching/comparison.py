"""A challenge compared with its candidates: their scores, their order, and which need each answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from matching.challenge import Challenge
from matching.lexicon import Scores
from matching.scoring import Scoring, Strength
from matching.signals import Probe

_ANSWERS = (Strength.STRONG, Strength.GOOD)
_NEAR_SHARE = 0.05  # a situation is shown if it is among the nearest twentieth of all passages
_CALLED = 100.0  # more than any log-odds


@dataclass(frozen=True)
class Comparison:
    """A challenge compared with every candidate.

    ``signals`` by name, (n,) each; ``logits`` (n,) are the log-odds that a record is clearly relevant;
    ``called`` (n,) says whether the challenge is nothing but the record's name, which then goes first;
    ``parts`` are the log-odds (n,) for each need by itself, and ``asked`` those needs, where the challenge
    holds several.
    """

    probe: Probe
    signals: dict[str, Scores]
    logits: Scores
    called: npt.NDArray[np.bool_]
    scoring: Scoring
    parts: tuple[Scores, ...] = ()
    asked: tuple[Challenge, ...] = ()

    def with_parts(self, parts: Sequence["Comparison"]) -> "Comparison":
        """The same, where what answers one part well moves up: a third of the score is that of the best part.

        The parts are compared with the same candidates.
        """
        rows = tuple(part.logits for part in parts)
        asked = tuple(part.probe.challenge for part in parts)
        return replace(self, logits=(2 * self.logits + np.maximum.reduce(rows)) / 3, parts=rows, asked=asked)

    def needs(self, row: int) -> tuple[int, ...]:
        """The parts that a record answers well, or else the one it answers best."""
        logits = [float(part[row]) for part in self.parts]
        well = [i for i, logit in enumerate(logits) if self.scoring.strength(logit) in _ANSWERS]
        return tuple(well or ([int(np.argmax(logits))] if logits else []))

    def challenge_of(self, needs: tuple[int, ...]) -> Challenge:
        """What a record that answers these needs is to be compared with: the one need, or the whole challenge."""
        return self.asked[needs[0]] if len(needs) == 1 else self.probe.challenge

    @cached_property
    def near_limit(self) -> float:
        """The cosine from which a passage is among the nearest of all; infinite while the model is not there."""
        near = self.probe.candidates.near
        if near is None or not len(near):
            return float("inf")
        place = int(len(near) * (1 - _NEAR_SHARE))
        return float(np.partition(near, place)[place])

    @cached_property
    def scores(self) -> npt.NDArray[np.float64]:
        """What orders the matches, (n,)."""
        return np.asarray(self.logits + np.where(self.called, _CALLED, 0.0), dtype=np.float64)

    def strength(self, row: int) -> Strength:
        """How well the record fits.

        One that is named does, and one whose name is nearly the challenge may; beside a name alone, others are
        possible at most.
        """
        if self.called[row]:
            return Strength.STRONG
        strength = self.scoring.strength(float(self.logits[row]))
        if strength is Strength.WEAK:
            return Strength.POSSIBLE if self.probe.candidates.spelt[row] else strength
        return Strength.POSSIBLE if self._says_no_need else strength

    @cached_property
    def _says_no_need(self) -> bool:
        """Whether the challenge is a record's name and speaks of no target group and no theme."""
        challenge = self.probe.challenge
        return bool(self.called.any()) and not (challenge.values("target_groups") or challenge.values("themes"))

    def in_domain(self, features: dict[str, float]) -> bool:
        """Whether the challenge is one that the registry is about; a record's name always is."""
        return bool(self.called.any()) or self.scoring.in_domain(features)

    def order(self, allowed: npt.NDArray[np.bool_]) -> list[int]:
        """The rows of the records that are allowed, best first."""
        rows = np.flatnonzero(allowed)
        return list(map(int, rows[np.argsort(-self.scores[rows], kind="stable")]))
