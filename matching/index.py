"""The published catalogue, ready to be searched: its passages, their vectors, its words and n-grams."""

import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum

import bm25s
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.encoder import Encoder, Vectors
from matching.metric import Metric
from matching.vectors import VectorCache
from matching.words import content_words, stems, tokens
from registry.initiative import Initiative
from registry.places import fold
from registry.vocabulary import Vocabulary

_CHUNK_WORDS = 40
Scores = npt.NDArray[np.float32]


class Kind(StrEnum):
    """What part of a record a passage is. Situations and phrases are its voices, in everyday words."""

    TEXT = "beskrivning"
    SITUATION = "situation"
    PHRASE = "sökfras"


@dataclass(frozen=True)
class Passage:
    """A piece of a record that is compared with the challenge by itself."""

    kind: Kind
    text: str


def passages_of(record: Initiative) -> Iterator[Passage]:
    """The record's passages: its text in chunks, its situations and its search phrases."""
    yield Passage(Kind.TEXT, f"{record.name}. {record.summary}")
    for chunk in _chunks(record.description):
        yield Passage(Kind.TEXT, chunk)
    for situation in record.situations:
        yield Passage(Kind.SITUATION, situation)
    for phrase in record.search_phrases:
        yield Passage(Kind.PHRASE, phrase)


@dataclass(frozen=True)
class Name:
    """What a record is called, run together without accents, and of how many words."""

    key: str
    words: int

    @classmethod
    def of(cls, name: str) -> "Name":
        """The name as it is looked for."""
        parts = [fold(word) for word in tokens(name)]
        return cls("".join(parts), len(parts))


@dataclass(frozen=True)
class Meaning:
    """The vectors of the catalogue under one metric: passages (m, d), each record's centre (n, d), outside texts."""

    encoder: Encoder
    metric: Metric
    dense: Vectors
    centres: Vectors
    outside: Vectors

    def query(self, text: str) -> Vectors:
        """The text's vector under the metric, (d,)."""
        vectors = self.metric.apply(self.encoder.encode_query([text]))
        return np.asarray(vectors[0], dtype=np.float32)


class Index:
    """What the signals read. Rows follow ``records``.

    ``owner[j]`` is the row of passage ``j``; passages of one record stand together, and ``voice[j]`` says
    whether it is in everyday words. ``heading[i]`` numbers the heading under which record ``i`` was reported.
    ``meaning`` is None while the model is not there.
    """

    def __init__(
        self,
        records: Sequence[Initiative],
        vocabulary: Vocabulary,
        encoder: Encoder | None = None,
        cache: VectorCache | None = None,
    ) -> None:
        self.records = tuple(records)
        self.row = {record.id: i for i, record in enumerate(self.records)}
        groups = [list(passages_of(record)) for record in self.records]
        self.passages = [passage for group in groups for passage in group]
        self.owner = np.repeat(np.arange(len(self.records)), [len(group) for group in groups])
        self.voice = np.array([passage.kind is not Kind.TEXT for passage in self.passages], dtype=bool)
        self.names = [[Name.of(name) for name in (record.name, *record.aliases)] for record in self.records]
        self.heading = np.unique([record.category for record in self.records], return_inverse=True)[1]
        self._add_words([_whole_text(record, vocabulary) for record in self.records], vocabulary.outside)
        self._outside = vocabulary.outside
        self.meaning: Meaning | None = None
        if encoder:
            self.meaning = self._learn_meaning(encoder, cache or VectorCache())

    def with_meaning(self, encoder: Encoder, cache: VectorCache) -> "Index":
        """The same index with meaning: its words and n-grams are shared, not made again."""
        index = copy(self)
        index.meaning = self._learn_meaning(encoder, cache)
        return index

    def by_words(self) -> "Index":
        """The same index without meaning, as it is while the model is being loaded."""
        index = copy(self)
        index.meaning = None
        return index

    def query_ngrams(self, text: str) -> csr_matrix:
        """The n-grams of a text in the catalogue's terms, (1, terms), L2-normalised."""
        return self._vectorizer.transform([text])

    def word_scores(self, text: str) -> Scores:
        """BM25 of the text's words, as stems, in each whole record, (n,), divided by how many they are."""
        words = list(content_words(text))
        known = [word for word in words if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.records), dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known) / len(words), dtype=np.float32)

    def _add_words(self, texts: list[str], outside: Sequence[str]) -> None:
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode", dtype=np.float32
        )
        self.ngrams = self._vectorizer.fit_transform(texts)
        self.passage_ngrams = self._vectorizer.transform([passage.text for passage in self.passages])
        self.outside_ngrams = self._vectorizer.transform(outside)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self._bm25.index([stems(text) for text in texts], show_progress=False)

    def _learn_meaning(self, encoder: Encoder, cache: VectorCache) -> Meaning:
        vectors = cache.vectors([passage.text for passage in self.passages], encoder)
        metric = Metric.learned(vectors, self.owner)
        dense = metric.apply(vectors)
        sums = np.zeros((len(self.records), vectors.shape[1]), dtype=np.float32)
        np.add.at(sums, self.owner, dense)
        centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return Meaning(encoder, metric, dense, centres, metric.apply(cache.vectors(self._outside, encoder)))


def _whole_text(record: Initiative, vocabulary: Vocabulary) -> str:
    labels = [vocabulary.label("target_groups", id) for id in record.target_groups]
    labels += [vocabulary.label("themes", id) for id in record.themes]
    passages = (passage.text for passage in passages_of(record))
    return " ".join((record.name, *record.aliases, record.summary, record.description, *labels, *passages))


def _chunks(text: str) -> Iterator[str]:
    """Whole sentences put together up to 40 words; a longer sentence is a chunk of its own."""
    chunk: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
        words = sentence.split()
        if chunk and len(chunk) + len(words) > _CHUNK_WORDS:
            yield " ".join(chunk)
            chunk = []
        chunk += words
    if chunk:
        yield " ".join(chunk)
