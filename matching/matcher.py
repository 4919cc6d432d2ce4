"""Matches a challenge with the published catalogue."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from matching import signals
from matching.challenge import Challenge, ChallengeReader
from matching.comparison import Comparison
from matching.explanation import Explainer, Reason, Signs
from matching.fitted import Fitted, load_fitted
from matching.index import Index
from matching.lexicon import Scores
from matching.needs import needs_of
from matching.passages import situations_among
from matching.scoring import Scoring, Strength
from matching.signals import Probe
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.places import Municipality, Places
from registry.vocabulary import Vocabulary

_RELATED = 4
_JUDGED_AT = 0.5  # share of the highest grade: nearer to "clearly relevant" than to "touches part of it"


@dataclass(frozen=True)
class Match:
    """A record that answers the challenge; ``score`` orders matches of one search and means nothing else.

    ``needs`` are the numbers, from 0, of the needs it answers where the challenge holds several.
    """

    initiative: Initiative
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    needs: tuple[int, ...] = ()

    @property
    def initiative_id(self) -> str:
        """The record's id."""
        return self.initiative.id


@dataclass(frozen=True)
class MatchResult:
    """What a challenge gave. ``related`` are support structures, models and ideas, shown apart.

    ``needs`` are the parts of the text that ask for different things, none where it is one need.
    ``by_meaning`` is False while the model is not loaded and only words were compared.
    """

    challenge: Challenge
    matches: tuple[Match, ...]
    related: tuple[Match, ...]
    no_good_match: bool
    by_meaning: bool
    needs: tuple[str, ...] = ()

    @property
    def fitting(self) -> tuple[Match, ...]:
        """The matches that are at least possible."""
        return tuple(match for match in self.matches if match.strength is not Strength.WEAK)


class Matcher:
    """Matches challenges with the records of one index."""

    def __init__(self, index: Index, vocabulary: Vocabulary, places: Places, fitted: Fitted | None = None) -> None:
        """Without ``fitted`` what was fitted for the chosen model is used."""
        self.index = index
        self.fitted = fitted or load_fitted(self.side)
        self.vocabulary = vocabulary
        self.places = places
        self._reader = ChallengeReader(vocabulary, places)
        self._explainer = Explainer(vocabulary, places)

    def match(
        self,
        text: str,
        *,
        municipality: Municipality | None = None,
        filters: Filters | None = None,
        without: Collection[str] = (),
        limit: int = 10,
    ) -> MatchResult:
        """The ``limit`` best matches, best first, each explained.

        Args:
            municipality: where the challenge is, when the text does not say.
            filters: only records these let through.
            without: keys of facets, understood from the text, that the reader has taken away.

        Raises:
            ChallengeEmpty, ChallengeTooShort, ChallengeTooLong: see ``ChallengeReader.read``.
        """
        challenge = self.read(text, municipality=municipality, without=without)
        needs = self._needs(challenge)
        parts = [self._reader.read(part, without=without, within=challenge) for part in needs]
        probe, *of_parts = Probe.all_of([challenge, *parts], self.index, self.fitted.head, filters)
        compared = self._compared(probe, of_parts)
        candidates = probe.candidates
        best = compared.order(candidates.allowed & ~candidates.apart)[:limit]
        apart = compared.order(candidates.allowed & candidates.apart)[:_RELATED]
        matches = self._explained(compared, best)
        related = self._explained(compared, [row for row in apart if compared.strength(row) is not Strength.WEAK])
        outside = not compared.in_domain(signals.domain(probe, compared.signals))
        return MatchResult(
            challenge,
            matches,
            related,
            no_good_match=outside or not any(match.strength is not Strength.WEAK for match in matches),
            by_meaning=probe.by_meaning,
            needs=needs,
        )

    @property
    def side(self) -> str:
        """Which numbers score: "meaning", or "words" while the model is not loaded."""
        return "meaning" if self.index.meaning else "words"

    def read(self, text: str, *, municipality: Municipality | None = None, without: Collection[str] = ()) -> Challenge:
        """What the text says; see ``ChallengeReader.read``."""
        return self._reader.read(text, municipality=municipality, without=without)

    def _needs(self, challenge: Challenge) -> tuple[str, ...]:
        """The parts of the text that ask for different things; none where it is one need."""
        parts = needs_of(challenge.text, self._expected_grades)
        return parts if len(parts) > 1 else ()

    def _expected_grades(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        meaning = self.index.meaning
        return self.fitted.head.grades(sentences, meaning.encoder.encode_query(sentences) if meaning else None)[:, :-1]

    def probe(self, challenge: Challenge) -> Probe:
        """Brings a challenge together with the records that may answer it."""
        (probe,) = Probe.all_of([challenge], self.index, self.fitted.head)
        return probe

    def _compared(self, probe: Probe, parts: Sequence[Probe]) -> Comparison:
        """A challenge and its parts, if it has any, compared with every candidate."""
        whole = self.compare(probe, self.fitted.scoring)
        if not parts:
            return whole
        return whole.with_parts([self.compare(part, self.fitted.scoring) for part in parts])

    def compare(self, probe: Probe, scoring: Scoring, first: dict[str, Scores] | None = None) -> Comparison:
        """Scores every candidate: by the ``first`` signals, then by likeness to those that fit by them."""
        first = first or self.first_signals(probe)
        values = first | self.second_signals(probe, scoring.first_logit(first))
        return Comparison(
            probe, values, scoring.relevant.logit(values), signals.called(probe.candidates.spelt), scoring
        )

    def first_signals(self, probe: Probe) -> dict[str, Scores]:
        """The signals that compare the challenge with each record by itself."""
        challenge, candidates, vocabulary = probe.challenge, probe.candidates, self.vocabulary
        facts = candidates.facts
        groups, themes = challenge.values("target_groups"), challenge.values("themes")
        values = {
            "judged": signals.judged(probe),
            "words": candidates.words,
            "ngrams": candidates.ngrams,
            "name": candidates.named,
            "target_groups": signals.overlap(groups, facts.target_groups, vocabulary.target_groups),
            "themes": signals.overlap(themes, facts.themes, vocabulary.themes),
        }
        if candidates.near is not None and candidates.centre is not None:
            values |= {"voices_near": signals.voices_near(candidates.near, candidates), "centre": candidates.centre}
        return values

    def second_signals(self, probe: Probe, first: Scores) -> dict[str, Scores]:
        """The signals that compare each record with those that fit by the first ones."""
        candidates = probe.candidates
        values = {"first": first, "heading": signals.heading(first, candidates.facts.headings)}
        if probe.by_meaning and candidates.centres is not None:
            values["kin"] = signals.kin(first, candidates.centres)
        return values

    def similar(self, id: str, limit: int = 5) -> list[Initiative]:
        """Records nearest in meaning (in words, while the model is not loaded), nearest first."""
        return [record for record, _ in self.index.nearest(id)[:limit]]

    def by_words(self) -> "Matcher":
        """The same matcher without its model, as it is while the model is being loaded."""
        return Matcher(self.index.by_words(), self.vocabulary, self.places)

    def tried(self, record: Initiative) -> str:
        """Where the record is or has been used, in one sentence."""
        return self._explainer.tried(record)

    def _explained(self, compared: Comparison, rows: Sequence[int]) -> tuple[Match, ...]:
        telling = cache(self.index.telling_words)
        return tuple(self._match(compared, row, telling) for row in rows)

    def _match(self, compared: Comparison, row: int, telling: Callable[[str], dict[str, str]]) -> Match:
        candidates = compared.probe.candidates
        record = candidates.record(row)
        needs = compared.needs(row)
        challenge = compared.challenge_of(needs)
        grade = compared.signals["judged"][row]
        signs = Signs(
            named=bool(compared.signals["name"][row] >= signals.CALLED_AT),
            spelt=bool(candidates.spelt[row]),
            judged=bool(grade >= _JUDGED_AT),
            sentence=self._nearest_situation(compared, row),
            words=telling(challenge.text),
            by_meaning=compared.probe.by_meaning,
        )
        return Match(
            record,
            round(float(compared.scores[row]), 4),
            compared.strength(row),
            self._explainer.reasons(challenge, record, signs),
            self._explainer.cautions(challenge, record),
            needs,
        )

    @staticmethod
    def _nearest_situation(compared: Comparison, row: int) -> str | None:
        candidates = compared.probe.candidates
        if candidates.near is None:
            return None
        record, first = candidates.record(row), int(candidates.first[row])
        places = situations_among(record, int(candidates.count[row]))
        near = candidates.near[first + places.start : first + places.stop]
        if near.max(initial=-1) < compared.near_limit:
            return None
        return record.situations[int(near.argmax())]
