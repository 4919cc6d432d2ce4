"""An unchanging part of the catalogue, as arrays: its words, how common they are, its passages and their vectors."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix

from matching.encoder import Vectors
from matching.facts import Facts, Mask
from matching.lexicon import Lexicon, Scores, Texts
from matching.names import Names
from matching.passages import passages_of
from matching.quantised import Quantised
from registry.exploring.filters import is_match
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary

_K1, _B = 1.2, 0.75
_CHUNK = 2_000  # records whose vectors are in memory at once


@dataclass(frozen=True, eq=False)
class Segment:
    """Records and what they are compared by. Rows follow ``records``; those changed since are not ``live``.

    ``facts`` and ``names`` are what is compared beside their texts. ``first[i]`` is the first passage of record ``i``;
    ``voice`` (m,) says which passages are in everyday words. ``counts`` (n, words) say how often each record holds each
    word, all passages together, and ``lengths`` (n,) are those of their n-grams; ``postings`` (n, stems) are BM25
    weights.
    ``dense`` (m, d) are the passages' vectors and ``centres`` (n, d) each record's mean direction, both None while the
    model is not there.
    """

    records: Sequence[Initiative]
    live: Mask
    apart: Mask
    facts: Facts
    names: Names
    first: npt.NDArray[np.int64]
    voice: Mask
    counts: csr_matrix
    lengths: Scores
    postings: csc_matrix
    dense: Quantised | None = None
    centres: Quantised | None = None

    @classmethod
    def of(cls, records: Sequence[Initiative], vocabulary: Vocabulary, lexicon: Lexicon, *, learn: bool) -> "Segment":
        """Analyses the words of the records; with ``learn`` the lexicon learns from them what is common."""
        numbers, starts, first, voice = array("i"), array("q", [0]), array("q", [0]), array("b")
        apart = array("b")
        for record in records:
            apart.append(not is_match(record))
            for passage in passages_of(record, vocabulary):
                numbers.extend(lexicon.numbers(passage.text))
                voice.append(passage.is_voice)
            starts.append(len(numbers))
            first.append(len(voice))
        words = Texts(np.frombuffer(numbers, dtype=np.int32), np.frombuffer(starts, dtype=np.int64))
        if learn:
            lexicon.learn(words)
        lexicon.take_in()
        return cls(
            records,
            np.ones(len(records), dtype=bool),
            np.frombuffer(apart, dtype=np.bool_),
            Facts.of(records, vocabulary),
            Names.of(records),
            np.frombuffer(first, dtype=np.int64),
            np.frombuffer(voice, dtype=np.bool_),
            words.counts(len(lexicon)).astype(np.uint16),
            lexicon.lengths(words),
            _postings(lexicon.stems(words), lexicon),
        )

    def rows(self, ids: Iterable[str]) -> list[int]:
        """The rows of the records with these ids, live or not."""
        wanted = set(ids)
        found = np.flatnonzero(np.isin(self.facts.keys, [hash(id) for id in wanted]))
        return [row for row in map(int, found) if self.records[row].id in wanted]

    def current(self) -> Iterator[Initiative]:
        """The live records."""
        return (self.records[row] for row in map(int, np.flatnonzero(self.live)))

    def without(self, ids: Iterable[str]) -> "Segment":
        """The same records, those with these ids no longer live."""
        rows = self.rows(ids)
        if not rows:
            return self
        live = self.live.copy()
        live[rows] = False
        return replace(self, live=live)

    def with_vectors(self, dense: Quantised) -> "Segment":
        """The same records with the vectors of their passages, (m, d)."""
        shape = len(self.records), dense.rows.shape[1]
        return replace(self, dense=dense, centres=Quantised.of(self._centres(dense), shape))

    def _centres(self, dense: Quantised) -> Iterator[Vectors]:
        """Each record's mean direction, some records at a time."""
        for start in range(0, len(self.records), _CHUNK):
            ends = self.first[start : start + _CHUNK + 1]
            sums = np.add.reduceat(dense.some(np.arange(ends[0], ends[-1])).vectors(), ends[:-1] - ends[0])
            yield sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    @property
    def owner(self) -> npt.NDArray[np.intp]:
        """The row of each passage's record, (m,)."""
        return np.repeat(np.arange(len(self.records)), np.diff(self.first))

    def texts(self, vocabulary: Vocabulary) -> Iterator[str]:
        """The texts of the passages, in order."""
        return (text for row in range(len(self.records)) for text in self.texts_of(row, vocabulary))

    def texts_of(self, row: int, vocabulary: Vocabulary) -> Iterator[str]:
        """The texts of one record's passages."""
        return (passage.text for passage in passages_of(self.records[row], vocabulary))

    def word_scores(self, stems: Iterable[int]) -> Scores:
        """BM25 of each record, (n,), for the stems asked (Robertson et al. 1994)."""
        scores = np.zeros(len(self.records), dtype=np.float32)
        for stem in stems:
            if stem < self.postings.shape[1]:
                held = slice(*self.postings.indptr[stem : stem + 2])
                scores[self.postings.indices[held]] += self.postings.data[held]
        return scores


def _postings(stems: Texts, lexicon: Lexicon) -> csc_matrix:
    """BM25 weights, (n, stems), in Lucene's form: idf × tf / (tf + k1 (1 - b + b length / average length))."""
    rarity = lexicon.rarity
    counts = stems.counts(len(rarity))
    lengths = np.diff(stems.starts) / lexicon.average_length
    damping = np.repeat(_K1 * (1 - _B + _B * lengths), np.diff(counts.indptr)).astype(np.float32)
    counts.data = rarity[counts.indices] * counts.data / (counts.data + damping)
    return counts.tocsc()
