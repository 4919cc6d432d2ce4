"""Matches a challenge with the published catalogue."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matching import signals
from matching.challenge import Challenge, ChallengeReader
from matching.encoder import Encoder, Vectors
from matching.explanation import Explainer, Reason
from matching.index import Index, Kind
from matching.scoring import Scores, Scoring, Strength, load_scoring
from registry.filters import Filters, is_match
from registry.initiative import Initiative
from registry.places import Municipality, Places
from registry.vocabulary import Vocabulary

_RELATED = 4


@dataclass(frozen=True)
class Match:
    """A record that answers the challenge; ``score`` orders matches of one search and means nothing else."""

    initiative: Initiative
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]

    @property
    def initiative_id(self) -> str:
        """The record's id."""
        return self.initiative.id


@dataclass(frozen=True)
class MatchResult:
    """What a challenge gave. ``related`` are support structures, models and ideas, shown apart.

    ``by_meaning`` is False while the model is not loaded and only words were compared.
    """

    challenge: Challenge
    matches: tuple[Match, ...]
    related: tuple[Match, ...]
    no_good_match: bool
    by_meaning: bool

    @property
    def fitting(self) -> tuple[Match, ...]:
        """The matches that are at least possible."""
        return tuple(match for match in self.matches if match.strength is not Strength.WEAK)


class Matcher:
    """Matches challenges with the records of one index."""

    def __init__(self, index: Index, vocabulary: Vocabulary, places: Places) -> None:
        self.index = index
        self._vocabulary = vocabulary
        self._places = places
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
        challenge = self._reader.read(text, municipality=municipality, without=without)
        similarity = self.similarity(challenge)
        values = self.signals(challenge, similarity)
        scoring = load_scoring("words" if similarity is None else "meaning")
        logits = scoring.relevant.logit(values)
        found = self._ranked(logits, filters or Filters(), apart=False)[:limit]
        related = self._ranked(logits, filters or Filters(), apart=True)[:_RELATED]

        def explained(row: int) -> Match:
            return self._explained(challenge, row, logits, values, similarity, scoring)

        matches = tuple(explained(row) for row in found)
        nothing = not scoring.in_domain(domain_features(challenge, values, logits))
        return MatchResult(
            challenge,
            matches,
            tuple(match for match in map(explained, related) if match.strength is not Strength.WEAK),
            no_good_match=nothing or not any(match.strength is not Strength.WEAK for match in matches),
            by_meaning=similarity is not None,
        )

    def similar(self, id: str, limit: int = 5) -> list[Initiative]:
        """Records nearest in meaning (in words, while the model is not loaded), nearest first."""
        row = self.index.row[id]
        if self.index.dense is not None:
            whole = self.index.dense[self.index.rows_of(Kind.WHOLE)]
            nearness = whole @ whole[row]
        else:
            nearness = np.asarray((self.index.ngrams @ self.index.ngrams[row].T).todense()).ravel()
        order = [i for i in np.argsort(-nearness, kind="stable") if i != row and is_match(self.index.records[i])]
        return [self.index.records[i] for i in order[:limit]]

    def tried(self, record: Initiative) -> str:
        """Where the record is or has been used, in one sentence."""
        return self._explainer.tried(record)

    def similarity(self, challenge: Challenge) -> Scores | None:
        """Cosine of the challenge and every passage; None while the model is not loaded."""
        if self.index.encoder is None:
            return None
        return signals.similarity(encode_challenge(challenge, self.index.encoder), self.index)

    def signals(self, challenge: Challenge, similarity: Scores | None) -> dict[str, Scores]:
        """Every signal for every record, by name."""
        index, vocabulary = self.index, self._vocabulary
        values = {
            "ngrams": signals.ngrams(challenge, index),
            "name": signals.name(challenge, index),
            "target_groups": signals.overlap(
                challenge.values("target_groups"), lambda r: r.target_groups, vocabulary.target_groups, index
            ),
            "themes": signals.overlap(challenge.values("themes"), lambda r: r.themes, vocabulary.themes, index),
            "setting": signals.setting(challenge, index),
            "place": signals.place(challenge, index, self._places),
        }
        if similarity is not None:
            values |= {
                "whole": signals.whole(similarity, index),
                "text": signals.text(similarity, index),
                "situation": signals.situation(similarity, index),
                "phrase": signals.phrase(similarity, index),
            }
        return values

    def _ranked(self, logits: Scores, filters: Filters, *, apart: bool) -> list[int]:
        allowed = [row for row, r in enumerate(self.index.records) if is_match(r) is not apart and filters.allow(r)]
        return sorted(allowed, key=lambda row: -float(logits[row]))

    def _explained(
        self,
        challenge: Challenge,
        row: int,
        logits: Scores,
        values: dict[str, Scores],
        similarity: Scores | None,
        scoring: Scoring,
    ) -> Match:
        record = self.index.records[row]
        logit = float(logits[row])
        return Match(
            record,
            round(logit, 4),
            scoring.strength(logit),
            self._explainer.reasons(
                challenge,
                record,
                named=bool(values["name"][row]),
                sentence=self._best_situation(row, similarity),
            ),
            self._explainer.cautions(challenge, record),
        )

    def _best_situation(self, row: int, similarity: Scores | None) -> str | None:
        rows = [j for j in self.index.rows_of(Kind.SITUATION) if self.index.owner[j] == row]
        if similarity is None or not rows:
            return None
        return self.index.passages[max(rows, key=lambda j: float(similarity[j]))].text


def encode_challenge(challenge: Challenge, encoder: Encoder) -> Vectors:
    """The challenge's vector, (d,)."""
    return encoder.encode_query([challenge.searched])[0]


def domain_features(challenge: Challenge, values: dict[str, Scores], logits: Scores) -> dict[str, float]:
    """What tells a challenge that the registry is about from one that it is not."""
    best = np.sort(logits)[::-1]
    features = {
        "best": float(best[0]),
        "third": float(best[min(2, len(best) - 1)]),
        "ngrams": float(values["ngrams"].max()),
        "named": float(values["name"].max() > 0),
        "facets": float(min(3, len(challenge.values("target_groups")) + len(challenge.values("themes")))),
    }
    if "situation" in values:
        features |= {"situation": float(values["situation"].max()), "whole": float(values["whole"].max())}
    return features
