"""The published catalogue, ready to be searched, and brought together with a challenge.

A small catalogue is compared whole. From a large one the likeliest records are taken first, by their centres and
by their words, and only those are compared in full. Like Lucene's, the index consists of segments that never
change: a changed record is struck out where it was and stands in a new segment.
"""

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.candidates import Candidates, Chosen, Question, compared, ngram_cosines
from matching.challenge import Challenge
from matching.encoder import Encoder, Vectors
from matching.facts import Mask
from matching.lexicon import Lexicon, Scores, highest
from matching.metric import Metric
from matching.names import said_in
from matching.quantised import Quantised
from matching.segment import Segment
from matching.vectors import VectorCache
from matching.words import content_words
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary

COMPARED_WHOLE = 500  # records: up to so many are all compared in full
SHORTLISTED = 300  # by each of three ways
SHORTLISTED_FOR_PART = 100  # the same for one need of several
_MOST_SEGMENTS = 16
_SPELT_LIKE = 12  # words
_ENCODED_AT_ONCE = 20_000  # passages
_LEARNED_FROM = 50_000  # passages: more do not change the covariance of a few hundred dimensions


@dataclass(frozen=True)
class Meaning:
    """The model, the metric learned from the catalogue, and the vectors under it of texts outside the subject."""

    encoder: Encoder
    metric: Metric
    outside: Vectors

    def asked(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """The vectors of challenges, (texts, d), by the model and under the metric."""
        raw = np.asarray(self.encoder.encode_query(texts), dtype=np.float32)
        return raw, self.metric.apply(raw)


class Index:
    """What challenges are compared with. ``meaning`` is None while the model is not there."""

    def __init__(
        self,
        records: Sequence[Initiative],
        vocabulary: Vocabulary,
        encoder: Encoder | None = None,
        cache: VectorCache | None = None,
        folder: Path | None = None,
    ) -> None:
        """Analyses ``records``. With ``folder`` the vectors are mapped from files there and not held in memory."""
        self._vocabulary = vocabulary
        self._folder = folder
        self._lexicon = Lexicon()
        self.segments: tuple[Segment, ...] = (Segment.of(records, vocabulary, self._lexicon, learn=True),)
        self.meaning: Meaning | None = None
        if encoder:
            self._learn_meaning(encoder, cache or VectorCache())

    def __len__(self) -> int:
        return sum(int(segment.live.sum()) for segment in self.segments)

    @cached_property
    def records(self) -> tuple[Initiative, ...]:
        """All records, as they are now."""
        return tuple(record for segment in self.segments for record in segment.current())

    def with_meaning(self, encoder: Encoder, cache: VectorCache) -> "Index":
        """The same index with meaning: its words are shared, not analysed again."""
        index = self._copy()
        index._learn_meaning(encoder, cache)
        return index

    def by_words(self) -> "Index":
        """The same index without meaning, as it is while the model is being loaded."""
        index = self._copy()
        index.meaning = None
        return index

    def updated(self, changed: Sequence[Initiative], removed: Collection[str], cache: VectorCache) -> "Index":
        """The index after a change; only the changed records are analysed, and only new sentences encoded."""
        gone = {*removed, *(record.id for record in changed)}
        kept = [segment.without(gone) for segment in self.segments]
        if len(kept) > _MOST_SEGMENTS:
            later = [record for segment in kept[1:] for record in segment.current()]
            kept, changed = kept[:1], [*later, *changed]
        index = self._copy()
        if changed:
            fresh = Segment.of(changed, self._vocabulary, self._lexicon, learn=False)
            kept.append(fresh.with_vectors(self._vectors(fresh, self.meaning, cache)) if self.meaning else fresh)
        index.segments = tuple(kept)
        return index

    def candidates(
        self, challenges: Sequence[Challenge], filters: Filters | None = None
    ) -> tuple[list[Question], list[Candidates]]:
        """A challenge and its parts in the index's terms, and what each is compared with: the same records for all.

        Those are all that are let through, or of very many the likeliest: for the whole, and a few for each part.
        """
        raw, vectors = self.meaning.asked([c.searched for c in challenges]) if self.meaning else (None, None)
        questions = self._questions(challenges, raw, vectors)
        whole = sum(len(segment.records) for segment in self.segments) <= COMPARED_WHOLE
        parts = [self._compared(segment, questions, filters, vectors, whole=whole) for segment in self.segments]
        return questions, [Candidates.joined(of_one) for of_one in zip(*parts, strict=True)]

    def nearest(self, id: str) -> list[tuple[Initiative, float]]:
        """The matchable records most like this one and how like they are, nearest first.

        By the cosine of their centres; while the model is not there, by that of their n-grams.

        Raises:
            KeyError: there is no such record.
        """
        home, row = self._find(id)
        text = " ".join(home.texts_of(row, self._vocabulary))
        found: list[tuple[Initiative, float]] = []
        for segment in self.segments:
            if self.meaning and home.centres is not None and segment.centres is not None:
                (scores,) = segment.centres.products(home.centres.some(np.array([row])).vectors())
            else:
                (scores,) = ngram_cosines(segment, np.arange(len(segment.records)), self._lexicon.likeness([text]))
            rows = _best(scores, segment.live & ~segment.apart, SHORTLISTED)
            found += [(segment.records[i], float(scores[i])) for i in rows if segment.records[i].id != id]
        return sorted(found, key=lambda pair: -pair[1])

    def nearest_in_words(self, text: str) -> tuple[float, int]:
        """The BM25 of the record with most of the text's words, and how many words that carry meaning it has."""
        stems, asked = self._lexicon.asked(text)
        best = (segment.word_scores(stems)[segment.live].max(initial=0) for segment in self.segments)
        return float(max(best, default=0.0)), asked

    def telling_words(self, text: str) -> dict[str, str]:
        """The text's words that few records hold, rarest first: stem -> the word as written."""
        return self._lexicon.telling(content_words(text))

    def get(self, id: str) -> Initiative | None:
        """The record as it is now; None if there is none."""
        try:
            segment, row = self._find(id)
        except KeyError:
            return None
        return segment.records[row]

    def _find(self, id: str) -> tuple[Segment, int]:
        for segment in self.segments:
            for row in segment.rows([id]):
                if segment.live[row]:
                    return segment, row
        raise KeyError(id)

    def _questions(
        self, challenges: Sequence[Challenge], raw: Vectors | None, vectors: Vectors | None
    ) -> list[Question]:
        texts = [challenge.searched for challenge in challenges]
        said = (said_in(challenge.text) for challenge in challenges)
        asked = (self._lexicon.asked(text) for text in texts)
        none = [None] * len(texts)
        meant = none if raw is None else raw, none if vectors is None else vectors
        of_each = zip(said, asked, self._lexicon.likeness(texts), *meant, strict=True)
        return [Question(words, tuple(stems), count, *rest) for words, (stems, count), *rest in of_each]

    def _compared(
        self,
        segment: Segment,
        questions: Sequence[Question],
        filters: Filters | None,
        vectors: Vectors | None,
        *,
        whole: bool,
    ) -> list[Candidates]:
        words = [segment.word_scores(question.stems) for question in questions]
        centre = None if vectors is None or segment.centres is None else segment.centres.products(vectors)
        allowed = _allowed(segment, filters) if filters else segment.live
        if whole:
            rows = np.flatnonzero(segment.live)
        else:
            alike = [self._lexicon.spelt_like(question.likeness, _SPELT_LIKE) for question in questions]
            ways = [words, [segment.word_scores(stems) for stems in alike], () if centre is None else centre]
            rows = _likeliest(ways, (segment.live, allowed) if filters else (segment.live,))
        return compared(Chosen(segment, rows), allowed, questions, words, centre)

    def _learn_meaning(self, encoder: Encoder, cache: VectorCache) -> None:
        base = self.segments[0]
        texts = list(islice(base.texts(self._vocabulary), _LEARNED_FROM))
        outside = cache.vectors(self._vocabulary.outside, encoder)
        learned_from = cache.vectors(texts, encoder) if texts else outside  # nothing is published yet
        owner = base.owner[: len(texts)] if texts else np.arange(len(outside))
        metric = Metric.learned(learned_from, owner)
        self.meaning = Meaning(encoder, metric, metric.apply(outside))
        self.segments = tuple(
            segment.with_vectors(self._vectors(segment, self.meaning, cache, self._folder)) for segment in self.segments
        )

    def _vectors(self, segment: Segment, meaning: Meaning, cache: VectorCache, folder: Path | None = None) -> Quantised:
        """The vectors of a segment's passages under the metric, in a file of ``folder`` where there is one."""
        texts = segment.texts(self._vocabulary)
        lots = iter(lambda: list(islice(texts, _ENCODED_AT_ONCE)), [])
        vectors = (meaning.metric.apply(cache.vectors(some, meaning.encoder)) for some in lots)
        return Quantised.of(vectors, (len(segment.voice), len(meaning.metric.mean)), folder)

    def _copy(self) -> "Index":
        index = copy(self)
        index.__dict__.pop("records", None)
        return index


def _likeliest(ways: Sequence[Iterable[Scores]], masks: Sequence[Mask]) -> npt.NDArray[np.intp]:
    """The rows that score highest in some way, each (questions, n), for some question, within each mask, in order."""
    found = [
        _best(scores, mask, SHORTLISTED_FOR_PART if number else SHORTLISTED)
        for way in ways
        for number, scores in enumerate(way)
        for mask in masks
    ]
    return np.unique(np.concatenate(found))


def _best(scores: Scores, allowed: Mask, count: int) -> npt.NDArray[np.intp]:
    """The rows of the highest scores above 0 among those allowed."""
    return highest(scores if allowed.all() else np.where(allowed, scores, np.float32(0)), count)


@lru_cache(maxsize=32)
def _allowed(segment: Segment, filters: Filters) -> Mask:
    allowed = np.fromiter(map(filters.allow, segment.records), dtype=bool, count=len(segment.records))
    return np.asarray(segment.live & allowed)
