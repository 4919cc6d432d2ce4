"""The published catalogue, ready to be searched, and brought together with a challenge.

A small catalogue is compared whole. From a large one the likeliest records are taken first, by their centres and
by their words, and only those are compared in full. Like Lucene's, the index consists of segments that never
change: a changed record is struck out where it was and stands in a new segment.
"""

import tempfile
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.encoder import Encoder, Vectors
from matching.lexicon import Lexicon, Scores
from matching.metric import Metric
from matching.segment import Mask, Segment
from matching.vectors import Half, VectorCache
from matching.words import content_words
from registry.filters import Filters
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary

COMPARED_WHOLE = 2_000  # records: up to so many are all compared in full
SHORTLISTED = 200  # by each of three ways
_MOST_SEGMENTS = 16
_SPELT_LIKE = 12  # words
_ENCODED_AT_ONCE = 20_000  # passages
_LEARNED_FROM = 50_000  # passages: more do not change the covariance of a few hundred dimensions
_TINY = np.float32(1e-9)


@dataclass(frozen=True)
class Meaning:
    """The model, the metric learned from the catalogue, and the vectors under it of texts outside the subject."""

    encoder: Encoder
    metric: Metric
    outside: Vectors


@dataclass(frozen=True)
class Question:
    """A challenge in an index's terms.

    ``stems`` are those of its words that the catalogue knows, of ``asked`` in all; ``likeness`` (words,) is what
    each word of the catalogue adds to an n-gram cosine; ``raw`` (d,) is its vector by the model and ``vector``
    (d,) the same under the metric, both None while the model is not there.
    """

    stems: tuple[int, ...]
    asked: int
    likeness: Scores
    raw: Vectors | None
    vector: Vectors | None


@dataclass(frozen=True)
class Candidates:
    """The records that may answer a challenge, and how each compares with it.

    Those not ``allowed`` by the reader's filters are compared too, since they tell what the challenge is about.
    Of ``n`` records with ``m`` passages: ``count`` (n,) passages each, ``voice`` (m,) which of those are in everyday
    words, ``ngrams`` (n,) cosines of n-grams, ``words`` (n,) BM25 per word asked, ``near`` (m,) and ``centre`` (n,) cosines
    of meaning and ``centres`` (n, d), the last three None while the model is not there.
    """

    records: tuple[Initiative, ...]
    allowed: Mask
    apart: Mask
    count: npt.NDArray[np.int64]
    voice: Mask
    ngrams: Scores
    words: Scores
    near: Scores | None
    centre: Scores | None
    centres: Vectors | None

    @property
    def owner(self) -> npt.NDArray[np.intp]:
        """The row of each passage's record, (m,)."""
        return np.repeat(np.arange(len(self.records)), self.count)

    @classmethod
    def joined(cls, parts: Sequence["Candidates"]) -> "Candidates":
        """Those of several segments as one."""
        if len(parts) == 1:
            return parts[0]
        columns: dict[str, list[Any]] = {
            name.name: [getattr(part, name.name) for part in parts] for name in fields(cls)
        }
        records = tuple(record for some in columns.pop("records") for record in some)
        joined: dict[str, Any] = {
            name: None if column[0] is None else np.concatenate(column) for name, column in columns.items()
        }
        return cls(records, **joined)


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

    def question(self, text: str) -> Question:
        """Brings a text into the index's terms."""
        stems, asked = self._lexicon.asked(text)
        raw = vector = None
        if self.meaning:
            raw = np.asarray(self.meaning.encoder.encode_query([text])[0], dtype=np.float32)
            vector = self.meaning.metric.apply(raw)
        return Question(tuple(stems), asked, self._lexicon.likeness(text), raw, vector)

    def candidates(self, question: Question, filters: Filters | None = None) -> Candidates:
        """The records that are compared in full: all that are let through, or the likeliest of very many."""
        whole = sum(len(segment.records) for segment in self.segments) <= COMPARED_WHOLE
        parts = []
        for segment in self.segments:
            words = segment.word_scores(question.stems)
            centre = None if question.vector is None else segment.nearness(question.vector)
            allowed = _allowed(segment, filters) if filters else segment.live
            masks = (segment.live, allowed) if filters else (segment.live,)
            rows = np.flatnonzero(segment.live) if whole else self._shortlist(segment, question, masks, words, centre)
            parts.append(_compared(segment, rows, allowed, question, words, centre))
        return Candidates.joined(parts)

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
                scores = segment.centres @ home.centres[row]
            else:
                scores = _ngrams(segment, self.question(text))
            rows = _best(scores, segment.live & ~segment.apart)
            found += [(segment.records[i], float(scores[i])) for i in rows if segment.records[i].id != id]
        return sorted(found, key=lambda pair: -pair[1])

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

    def _shortlist(
        self, segment: Segment, question: Question, masks: Iterable[Mask], words: Scores, centre: Scores | None
    ) -> npt.NDArray[np.intp]:
        """The likeliest rows by words, by words spelt like those asked, and by meaning, within each mask."""
        alike = segment.word_scores(self._lexicon.spelt_like(question.likeness, _SPELT_LIKE))
        ways = [scores for scores in (words, alike, centre) if scores is not None]
        return np.unique(np.concatenate([_best(scores, mask) for scores in ways for mask in masks]))

    def _learn_meaning(self, encoder: Encoder, cache: VectorCache) -> None:
        base = self.segments[0]
        texts = list(islice(base.texts(self._vocabulary), _LEARNED_FROM))
        metric = Metric.learned(cache.vectors(texts, encoder), base.owner[: len(texts)])
        self.meaning = Meaning(encoder, metric, metric.apply(cache.vectors(self._vocabulary.outside, encoder)))
        self.segments = tuple(
            segment.with_vectors(self._vectors(segment, self.meaning, cache, self._folder)) for segment in self.segments
        )

    def _vectors(self, segment: Segment, meaning: Meaning, cache: VectorCache, folder: Path | None = None) -> Half:
        """The vectors of a segment's passages under the metric, in a file of ``folder`` where there is one."""
        shape = (len(segment.voice), len(meaning.metric.mean))
        dense = _mapped(folder, shape) if folder else np.empty(shape, dtype=np.float16)
        texts, done = segment.texts(self._vocabulary), 0
        while some := list(islice(texts, _ENCODED_AT_ONCE)):
            dense[done : done + len(some)] = meaning.metric.apply(cache.vectors(some, meaning.encoder))
            done += len(some)
        return dense

    def _copy(self) -> "Index":
        index = copy(self)
        index.__dict__.pop("records", None)
        return index


def _mapped(folder: Path, shape: tuple[int, int]) -> Half:
    """Room in a file that is gone when nothing holds it any more."""
    with tempfile.TemporaryFile(dir=folder) as file:
        return np.memmap(file, dtype=np.float16, mode="w+", shape=shape)


def _best(scores: Scores, allowed: Mask) -> npt.NDArray[np.intp]:
    """The rows of the highest scores among those allowed."""
    masked = scores if allowed.all() else np.where(allowed, scores, np.float32(-np.inf))
    count = min(SHORTLISTED, int(np.count_nonzero(allowed)))
    return np.argpartition(masked, -count)[-count:] if count else np.zeros(0, dtype=np.intp)


def _compared(  # noqa: PLR0917 - two scores are there already
    segment: Segment,
    rows: npt.NDArray[np.intp],
    allowed: Mask,
    question: Question,
    words: Scores,
    centre: Scores | None,
) -> Candidates:
    """Compares these rows of a segment in full."""
    count = np.diff(segment.first)[rows]
    passages = _ranges(segment.first[rows], count)
    said = np.diff(segment.words.starts)[rows]
    likeness = question.likeness[segment.words.words[_ranges(segment.words.starts[rows], said)]]
    lengths = np.maximum(segment.lengths[rows], _TINY)
    near = None
    if segment.dense is not None and question.vector is not None:
        near = _half_product(segment.dense[passages], question.vector)
    return Candidates(
        tuple(segment.records[row] for row in rows),
        allowed[rows],
        segment.apart[rows],
        count,
        segment.voice[passages],
        np.asarray(_sums(likeness, np.r_[0, np.cumsum(said)]) / lengths, dtype=np.float32),
        words[rows] / np.float32(max(1, question.asked)),
        near,
        None if centre is None else centre[rows],
        None if segment.centres is None else segment.centres[rows],
    )


def _half_product(rows: Half, vector: Vectors) -> Scores:
    """``rows`` (m, d) times ``vector`` (d,), exact.

    Numpy widens half precision number by number. Shifted into place, its bits are those of a float32 that is 2^112
    times too small; the vector and the result make up for it in two steps, since one would underflow.
    """
    bits = rows.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= np.int32(-0x70002000)
    return np.asarray((bits.view(np.float32) @ (vector * np.float32(2.0**100))) * np.float32(2.0**12))


def _ranges(starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The numbers start, start + 1, ... of each range, one range after the other."""
    before = np.r_[0, np.cumsum(lengths)[:-1]]
    return np.asarray(np.arange(lengths.sum()) + np.repeat(starts - before, lengths), dtype=np.int64)


def _sums(values: Scores, starts: npt.NDArray[np.int64]) -> Scores:
    """The sum of each stretch ``values[starts[i]:starts[i + 1]]``; an empty one gives 0."""
    sums = np.r_[0.0, np.cumsum(values, dtype=np.float64)][starts]
    return np.asarray(np.diff(sums), dtype=np.float32)


def _ngrams(segment: Segment, question: Question) -> Scores:
    """The n-gram cosine of every record of the segment, (n,)."""
    rows = np.arange(len(segment.records))
    return _compared(segment, rows, segment.live, question, np.zeros(len(rows), dtype=np.float32), None).ngrams


@lru_cache(maxsize=32)
def _allowed(segment: Segment, filters: Filters) -> Mask:
    allowed = np.fromiter(map(filters.allow, segment.records), dtype=bool, count=len(segment.records))
    return np.asarray(segment.live & allowed)
