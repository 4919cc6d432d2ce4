"""Meaning as a sign of two records being the same: cosines that ``registry.upkeep.duplicates`` weighs with the names."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from matching.encoder import Vectors
from matching.index import Index
from matching.matcher import Matcher

_PAIRED_FROM = 0.72  # cosine of two records' centres: nearer than any two of the shipped ones, which all differ
_ROWS = 512  # records compared with all others at once
MOST_ENCODED = 300  # texts: twenty seconds' work on two cores
MOST_SECONDS = 25  # where the cores have other work too
_ENCODED_AT_ONCE = 16  # texts
_TOLD_EVERY = 500  # texts


def meaning_of(matcher: Matcher, text: str) -> dict[str, float]:
    """The cosine of a text that is in no index and each record's centre, by id; none while the model is not there."""
    if matcher.index.meaning is None or not text.strip():
        return {}
    _, (vector,) = matcher.index.meaning.asked([text])
    return _cosines(matcher.index, vector)


def meanings_of(
    matcher: Matcher, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> Iterator[Mapping[str, float]]:
    """``meaning_of`` for each of many texts, in order; none for those that there is no time for.

    Those with words nearest to some record's come first, ``MOST_ENCODED`` at most and for ``MOST_SECONDS`` at most.

    Args:
        progress: told now and then how many of how many texts have been looked at.
    """
    tell = progress or (lambda _done, _of: None)
    vectors: dict[int, Vectors] = {}
    meaning = matcher.index.meaning
    if meaning:
        chosen = _nearest_in_words(matcher.index, texts, tell)[:MOST_ENCODED]
        until = time.monotonic() + MOST_SECONDS
        for start in range(0, len(chosen), _ENCODED_AT_ONCE):
            some = chosen[start : start + _ENCODED_AT_ONCE]
            raw = np.asarray(meaning.encoder.encode_query([texts[row] for row in some]), dtype=np.float32)
            vectors |= zip(some, meaning.metric.apply(raw), strict=True)
            tell(len(vectors), len(chosen))
            if time.monotonic() > until:
                break
    return (_cosines(matcher.index, vectors[row]) if row in vectors else {} for row in range(len(texts)))


def pairs_by_meaning(matcher: Matcher) -> Mapping[tuple[str, str], float]:
    """The cosines of the pairs of records whose centres are nearest; none while the model is not there."""
    held = [(s, np.flatnonzero(s.live)) for s in matcher.index.segments if s.centres is not None]
    if not held:
        return {}
    ids = [segment.records[row].id for segment, rows in held for row in rows.tolist()]
    centres = np.concatenate(
        [segment.centres.some(rows).vectors() for segment, rows in held if segment.centres is not None]
    )
    found: dict[tuple[str, str], float] = {}
    for start in range(0, len(ids), _ROWS):
        scores = centres[start : start + _ROWS] @ centres.T
        for i, j in np.argwhere(scores >= _PAIRED_FROM).tolist():
            one, other = ids[start + i], ids[j]
            if one < other:
                found[one, other] = float(scores[i, j])
    return found


def _cosines(index: Index, vector: Vectors) -> dict[str, float]:
    """The cosine of a vector (d,) and each record's centre, by id."""
    found: dict[str, float] = {}
    for segment in index.segments:
        if segment.centres is not None:
            (scores,) = segment.centres.products(vector[None])
            found |= {segment.records[row].id: float(scores[row]) for row in np.flatnonzero(segment.live).tolist()}
    return found


def _nearest_in_words(index: Index, texts: Sequence[str], tell: Callable[[int, int], None]) -> list[int]:
    """The places of the texts that say something, those with words most like some record's first.

    A long text does not win by its length.
    """
    nearness: dict[int, float] = {}
    for place, text in enumerate(texts):
        if text.strip():
            best, asked = index.nearest_in_words(text)
            nearness[place] = best / max(1, asked) ** 0.5
        if place % _TOLD_EVERY == 0:
            tell(place, len(texts))
    return sorted(nearness, key=lambda place: -nearness[place])
