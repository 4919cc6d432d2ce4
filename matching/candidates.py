"""What is compared with a challenge: the challenge in an index's terms, and the records that may answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.encoder import Vectors
from matching.facts import Facts, Mask
from matching.lexicon import Scores, ranges
from matching.segment import Segment
from registry.initiative import Initiative

_TINY = np.float32(1e-9)


@dataclass(frozen=True)
class Question:
    """A challenge in an index's terms.

    ``said`` are its words without accents, ``stems`` those that the catalogue knows, of ``asked`` in all; ``likeness``
    (words,) is what each word of the catalogue adds to an n-gram cosine; ``raw`` (d,) is its vector by the model and
    ``vector`` (d,) the same under the metric, both None while the model is not there.
    """

    said: tuple[str, ...]
    stems: tuple[int, ...]
    asked: int
    likeness: Scores
    raw: Vectors | None
    vector: Vectors | None


@dataclass(frozen=True)
class Chosen:
    """Rows of a segment."""

    segment: Segment
    rows: npt.NDArray[np.intp]


@dataclass(frozen=True)
class Candidates:
    """The records that may answer a challenge, and how each compares with it.

    Those not ``allowed`` by the reader's filters are compared too, since they tell what the challenge is about.
    ``chosen`` are their places in the index and ``facts`` what is compared beside texts. Of ``n`` records with ``m``
    passages: ``count`` (n,) passages each, ``voice`` (m,) which of those are in everyday words, ``spelt`` (n,) how
    nearly the whole challenge is a name of the record and ``named`` (n,) how nearly it is or holds one, both 0 below
    0.75, ``ngrams`` (n,) cosines of n-grams, ``words`` (n,) BM25 per word asked, ``near`` (m,) and ``centre`` (n,)
    cosines of meaning and ``centres`` (n, d), the last three None while the model is not there.
    """

    chosen: tuple[Chosen, ...]
    allowed: Mask
    apart: Mask
    facts: Facts
    count: npt.NDArray[np.int64]
    voice: Mask
    spelt: Scores
    named: Scores
    ngrams: Scores
    words: Scores
    near: Scores | None
    centre: Scores | None
    centres: Vectors | None

    @cached_property
    def first(self) -> npt.NDArray[np.int64]:
        """Each record's first passage, (n,)."""
        return np.cumsum(self.count) - self.count

    @property
    def owner(self) -> npt.NDArray[np.intp]:
        """The row of each passage's record, (m,)."""
        return np.repeat(np.arange(len(self)), self.count)

    def __len__(self) -> int:
        return len(self.count)

    def record(self, row: int) -> Initiative:
        """One of them."""
        for chosen in self.chosen:
            if row < len(chosen.rows):
                return chosen.segment.records[int(chosen.rows[row])]
            row -= len(chosen.rows)
        raise IndexError

    @classmethod
    def joined(cls, parts: Sequence["Candidates"]) -> "Candidates":
        """Those of several segments as one."""
        one: Candidates = _joined(parts)
        return one


def compared(
    chosen: Chosen,
    allowed: Mask,
    questions: Sequence[Question],
    words: Sequence[Scores],
    centre: Scores | None,
) -> list[Candidates]:
    """Compares these rows of a segment in full with each question.

    Of all rows, ``words`` are each question's BM25 scores (n,) and ``centre`` (questions, n) the cosines of their
    centres. The first question is a whole text, and the others are parts of it.
    """
    segment, rows = chosen.segment, chosen.rows
    count = segment.first[rows + 1] - segment.first[rows]
    passages = ranges(segment.first[rows], count)
    near, centres = _meaning(chosen, passages, questions)
    facts = segment.facts.some(rows)
    ngrams = ngram_cosines(segment, rows, np.stack([question.likeness for question in questions]))
    names = _names(segment, rows, [question.said for question in questions])
    return [
        Candidates(
            (chosen,),
            allowed[rows],
            segment.apart[rows],
            facts,
            count,
            segment.voice[passages],
            *of_names,
            ngrams[i],
            words[i][rows] / np.float32(max(1, question.asked)),
            None if near is None else near[i],
            None if centre is None else centre[i][rows],
            centres,
        )
        for i, (question, of_names) in enumerate(zip(questions, names, strict=True))
    ]


def _meaning(
    chosen: Chosen, passages: npt.NDArray[np.int64], questions: Sequence[Question]
) -> tuple[Scores | None, Vectors | None]:
    """The cosines of each question and the passages, (questions, m), and the rows' centres; None without the model."""
    segment = chosen.segment
    vectors = [question.vector for question in questions if question.vector is not None]
    if segment.dense is None or segment.centres is None or not vectors:
        return None, None
    return segment.dense.some(passages).products(np.stack(vectors)), segment.centres.some(chosen.rows).vectors()


def _names(
    segment: Segment, rows: npt.NDArray[np.intp], said: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Scores, Scores]]:
    """Of each text: how nearly it is a name of each row, and how nearly it is or holds one.

    In a part of a text only those names are looked for that stand in the whole, the first.
    """
    among = np.arange(len(rows))
    for number, words in enumerate(said):
        spelt = segment.names.spelt_like(words, rows)
        named = spelt.copy()
        named[among] = np.maximum(named[among], segment.names.held_in(words, rows[among]))
        if number == 0:
            among = np.flatnonzero(named)
        yield spelt, named


def ngram_cosines(segment: Segment, rows: npt.NDArray[np.intp], likeness: Scores) -> Scores:
    """The n-gram cosine of these rows of the segment with texts of this likeness (texts, words): (texts, rows)."""
    sums = segment.counts[rows] @ likeness[:, : segment.counts.shape[1]].T
    return np.asarray(sums.T / np.maximum(segment.lengths[rows], _TINY), dtype=np.float32)


def _joined(parts: Sequence[Any]) -> Any:
    """Things of one kind as one: arrays and tuples one after the other, and so what such a thing consists of."""
    first = parts[0]
    if first is None or len(parts) == 1:
        return first
    if isinstance(first, np.ndarray):
        return np.concatenate(parts)
    if isinstance(first, tuple):
        return tuple(chain.from_iterable(parts))
    return type(first)(*(_joined([getattr(part, field.name) for part in parts]) for field in fields(first)))
