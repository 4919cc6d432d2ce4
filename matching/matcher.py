"""Matches a challenge with the published catalogue."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching import signals
from matching.challenge import Challenge, ChallengeReader
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
class Comparison:
    """A challenge compared with every record of the index.

    ``signals`` by name, (n,) each; ``logits`` (n,) are the log-odds that a record is clearly relevant;
    ``similarity`` (m,) the cosine with every passage, None while the model is not loaded.
    """

    challenge: Challenge
    signals: dict[str, Scores]
    logits: Scores
    similarity: Scores | None
    scoring: Scoring


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
        self._apart = np.array([not is_match(record) for record in index.records], dtype=bool)

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
        compared = self.compare(challenge, load_scoring(self.side))
        allowed = np.array([(filters or Filters()).allow(record) for record in self.index.records], dtype=bool)
        matches = self._best(compared, allowed & ~self._apart, limit)
        related = self._best(compared, allowed & self._apart, _RELATED)
        outside = not compared.scoring.in_domain(self.domain_features(compared))
        return MatchResult(
            challenge,
            matches,
            tuple(match for match in related if match.strength is not Strength.WEAK),
            no_good_match=outside or not any(match.strength is not Strength.WEAK for match in matches),
            by_meaning=compared.similarity is not None,
        )

    @property
    def side(self) -> str:
        """Which numbers score: "meaning", or "words" while the model is not loaded."""
        return "words" if self.index.encoder is None else "meaning"

    def read(self, text: str, *, municipality: Municipality | None = None, without: Collection[str] = ()) -> Challenge:
        """What the text says; see ``ChallengeReader.read``."""
        return self._reader.read(text, municipality=municipality, without=without)

    def compare(self, challenge: Challenge, scoring: Scoring) -> Comparison:
        """Compares the challenge with every record."""
        values, similarity = self.first_signals(challenge)
        first = scoring.first.logit(values)
        values |= self.second_signals(first)
        return Comparison(challenge, values, scoring.relevant.logit(values), similarity, scoring)

    def first_signals(self, challenge: Challenge) -> tuple[dict[str, Scores], Scores | None]:
        """The signals that compare the challenge with each record by itself, and the passages' cosines."""
        index, vocabulary = self.index, self._vocabulary
        target_groups, themes = challenge.values("target_groups"), challenge.values("themes")
        values = {
            "ngrams": signals.ngrams(challenge, index),
            "name": signals.name(challenge, index),
            "target_groups": signals.overlap(target_groups, lambda r: r.target_groups, vocabulary.target_groups, index),
            "themes": signals.overlap(themes, lambda r: r.themes, vocabulary.themes, index),
            "setting": signals.setting(challenge, index),
            "place": signals.place(challenge, index, self._places),
        }
        if index.encoder is None or index.metric is None:
            return values, None
        query = index.metric.apply(index.encoder.encode_query([challenge.searched]))[0]
        similarity = signals.similarity(query, index)
        values |= {
            "whole": signals.whole(similarity, index),
            "text": signals.text(similarity, index),
            "voices_near": signals.voices_near(similarity, index),
            "voices_wide": signals.voices_wide(similarity, index),
            "centre": signals.centre(query, index),
        }
        return values, similarity

    def second_signals(self, first: Scores) -> dict[str, Scores]:
        """The signals that compare each record with those that fit by the first ones."""
        values = {"first": first, "heading": signals.heading(first, self.index)}
        if self.index.centres is not None:
            values["kin"] = signals.kin(first, self.index)
        return values

    def domain_features(self, compared: Comparison) -> dict[str, float]:
        """What tells a challenge that the registry is about from one that it is not."""
        challenge, values = compared.challenge, compared.signals
        best = np.sort(values["first"][~self._apart])[::-1]
        features = {
            "best": float(best[0]),
            "third": float(best[min(2, len(best) - 1)]),
            "ngrams": float(values["ngrams"].max()),
            "named": float(values["name"].max() > 0),
            "facets": float(min(3, len(challenge.values("target_groups")) + len(challenge.values("themes")))),
        }
        if compared.similarity is not None:
            features |= {name: float(values[name].max()) for name in ("voices_near", "whole", "centre")}
        return features

    def similar(self, id: str, limit: int = 5) -> list[Initiative]:
        """Records nearest in meaning (in words, while the model is not loaded), nearest first."""
        row = self.index.row[id]
        if self.index.centres is not None:
            nearness = self.index.centres @ self.index.centres[row]
        else:
            nearness = np.asarray((self.index.ngrams @ self.index.ngrams[row].T).todense()).ravel()
        order = [i for i in np.argsort(-nearness, kind="stable") if i != row and not self._apart[i]]
        return [self.index.records[i] for i in order[:limit]]

    def by_words(self) -> "Matcher":
        """The same matcher without its model, as it is while the model is being loaded."""
        return Matcher(Index(self.index.records, self._vocabulary), self._vocabulary, self._places)

    def tried(self, record: Initiative) -> str:
        """Where the record is or has been used, in one sentence."""
        return self._explainer.tried(record)

    def _best(self, compared: Comparison, allowed: npt.NDArray[np.bool_], limit: int) -> tuple[Match, ...]:
        rows = np.flatnonzero(allowed)
        order = rows[np.argsort(-compared.logits[rows], kind="stable")]
        return tuple(self._explained(compared, int(row)) for row in order[:limit])

    def _explained(self, compared: Comparison, row: int) -> Match:
        record = self.index.records[row]
        logit = float(compared.logits[row])
        sentence = self._nearest_situation(compared.similarity, row)
        named = bool(compared.signals["name"][row])
        return Match(
            record,
            round(logit, 4),
            compared.scoring.strength(logit),
            self._explainer.reasons(compared.challenge, record, named=named, sentence=sentence),
            self._explainer.cautions(compared.challenge, record),
        )

    def _nearest_situation(self, similarity: Scores | None, row: int) -> str | None:
        situations = self.index.rows_of(Kind.SITUATION)
        rows = situations[self.index.owner[situations] == row]
        if similarity is None or not len(rows):
            return None
        return self.index.passages[int(rows[np.argmax(similarity[rows])])].text
