"""Meaning as a sign of two records being the same: cosines that ``registry.upkeep.duplicates`` weighs with the names."""

from collections.abc import Mapping

import numpy as np

from matching.matcher import Matcher

_PAIRED_FROM = 0.72  # cosine of two records' centres: nearer than any two of the shipped ones, which all differ
_ROWS = 512  # records compared with all others at once


def meaning_of(matcher: Matcher, text: str) -> dict[str, float]:
    """The cosine of a text that is in no index and each record's centre, by id; none while the model is not there."""
    if matcher.index.meaning is None or not text.strip():
        return {}
    vector = matcher.index.question(text).vector
    found: dict[str, float] = {}
    for segment in matcher.index.segments:
        if vector is None or segment.centres is None:
            continue
        scores = segment.centres @ vector
        found |= {segment.records[row].id: float(scores[row]) for row in np.flatnonzero(segment.live).tolist()}
    return found


def pairs_by_meaning(matcher: Matcher) -> Mapping[tuple[str, str], float]:
    """The cosines of the pairs of records whose centres are nearest; none while the model is not there."""
    held = [(s, np.flatnonzero(s.live)) for s in matcher.index.segments if s.centres is not None]
    if not held:
        return {}
    ids = [segment.records[row].id for segment, rows in held for row in rows.tolist()]
    centres = np.concatenate([segment.centres[rows] for segment, rows in held if segment.centres is not None])
    found: dict[tuple[str, str], float] = {}
    for start in range(0, len(ids), _ROWS):
        scores = centres[start : start + _ROWS] @ centres.T
        for i, j in np.argwhere(scores >= _PAIRED_FROM).tolist():
            one, other = ids[start + i], ids[j]
            if one < other:
                found[one, other] = float(scores[i, j])
    return found
