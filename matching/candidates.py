"""What is compared with a challenge: the challenge in an index's terms, and the records that may answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.encoder import Vectors
from matching.facts import Facts, Mask
from matching.lexicon import Scores, ranges
from matching.quantised import products
from matching.segment import Segment
from registry.initiative import Initiative

_TINY = np.float32(1e-9)


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
    ``facts`` are what is compared beside texts. Of ``n`` records with ``m`` passages: ``count`` (n,) passages each,
    ``voice`` (m,) which of those are in everyday words, ``ngrams`` (n,) cosines of n-grams, ``words`` (n,) BM25 per
    word asked, ``near`` (m,) and ``centre`` (n,) cosines of meaning and ``centres`` (n, d), the last three None while
    the model is not there.
    """

    records: tuple[Initiative, ...]
    allowed: Mask
    apart: Mask
    facts: Facts
    count: npt.NDArray[np.int64]
    voice: Mask
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
        facts = Facts.joined(columns.pop("facts"))
        joined: dict[str, Any] = {
            name: None if column[0] is None else np.concatenate(column) for name, column in columns.items()
        }
        return cls(records=records, facts=facts, **joined)


def compared(
    segment: Segment,
    rows: npt.NDArray[np.intp],
    allowed: Mask,
    questions: Sequence[Question],
    words: Sequence[Scores],
) -> list[Candidates]:
    """Compares these rows of a segment in full with each question; ``words`` are the BM25 scores (n,) of all rows."""
    count = segment.first[rows + 1] - segment.first[rows]
    passages = ranges(segment.first[rows], count)
    near = centre = centres = None
    vectors = [question.vector for question in questions if question.vector is not None]
    if segment.dense is not None and segment.centres is not None and vectors:
        asked, centres = np.stack(vectors), segment.centres[rows]
        near = products(segment.dense.take(passages, axis=0), asked.astype(np.float16))
        centre = asked @ centres.T
    likeness = np.stack([question.likeness for question in questions])
    records = tuple(segment.records[row] for row in rows.tolist())
    shared = records, allowed[rows], segment.apart[rows], segment.facts.some(rows), count, segment.voice[passages]
    return [
        Candidates(
            *shared,
            ngrams,
            words[i][rows] / np.float32(max(1, question.asked)),
            None if near is None else near[i],
            None if centre is None else centre[i],
            centres,
        )
        for i, (question, ngrams) in enumerate(zip(questions, ngram_cosines(segment, rows, likeness), strict=True))
    ]


def ngram_cosines(segment: Segment, rows: npt.NDArray[np.intp], likeness: Scores) -> Scores:
    """The n-gram cosine of these rows of the segment with texts of this likeness (texts, words): (texts, rows)."""
    sums = segment.counts[rows] @ likeness[:, : segment.counts.shape[1]].T
    return np.asarray(sums.T / np.maximum(segment.lengths[rows], _TINY), dtype=np.float32)
