"""How a record and a challenge are alike: one small pure function per signal.

Each gives one number per record of the index, between 0 and 1 (cosines can be slightly below 0),
and depends on nothing but its arguments.
"""

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from matching.challenge import Challenge
from matching.encoder import Vectors
from matching.index import VOICES, Index, Kind
from matching.words import tokens
from registry.initiative import Initiative
from registry.places import Places, fold
from registry.vocabulary import Term

Scores = npt.NDArray[np.float32]

_NAME_AT = 0.75  # below this likeness a name is another name
_NAME_IN_TEXT_FROM = 6  # letters: a shorter name inside a sentence is likely to be a common word


def whole(similarity: Scores, index: Index) -> Scores:
    """Cosine of the challenge and the whole record."""
    return _best(similarity, index, 1, Kind.WHOLE)


def text(similarity: Scores, index: Index) -> Scores:
    """Cosine of the challenge and the best chunk of the record's text."""
    return _best(similarity, index, 1, Kind.TEXT)


def voices_near(similarity: Scores, index: Index) -> Scores:
    """Mean cosine of the three nearest everyday sentences: one alone can be near by chance."""
    return _best(similarity, index, 3, *VOICES)


def voices_wide(similarity: Scores, index: Index) -> Scores:
    """Mean cosine of the ten nearest everyday sentences."""
    return _best(similarity, index, 10, *VOICES)


def centre(query: Vectors, index: Index) -> Scores:
    """Cosine of the challenge and the record's centre, the mean direction of its passages."""
    assert index.centres is not None
    return index.centres @ query


def ngrams(challenge: Challenge, index: Index) -> Scores:
    """Cosine of character n-grams (3-5 within words, tf-idf): survives inflection, compounds and misspelling."""
    query = index.query_ngrams(challenge.searched)
    return np.asarray((index.ngrams @ query.T).todense(), dtype=np.float32).ravel()


def name(challenge: Challenge, index: Index) -> Scores:
    """How nearly the challenge is, or holds, the record's name or an alias."""
    words = [fold(word) for word in tokens(challenge.text)]
    said = "".join(words)
    return np.array([_name_likeness(words, said, record) for record in index.records], dtype=np.float32)


def overlap(
    chosen: Iterable[str], have: Callable[[Initiative], Iterable[str]], terms: dict[str, Term], index: Index
) -> Scores:
    """The share of ``chosen`` that the record has; a broader or related term counts half."""
    chosen = tuple(chosen)
    if not chosen:
        return np.zeros(len(index.records), dtype=np.float32)
    near = {id: {*terms[id].broader, *terms[id].related} for id in chosen}
    scores = []
    for record in index.records:
        had = set(have(record))
        scores.append(sum(1.0 if id in had else 0.5 if near[id] & had else 0.0 for id in chosen) / len(chosen))
    return np.array(scores, dtype=np.float32)


def setting(challenge: Challenge, index: Index) -> Scores:
    """1 where the record is meant for the kind of place that the challenge is about."""
    wanted = set(challenge.settings)
    return np.array([bool(wanted.intersection(record.settings)) for record in index.records], dtype=np.float32)


def place(challenge: Challenge, index: Index, places: Places) -> Scores:
    """1 where the record is used in the municipality, 0.5 in its län or in one of the same SKR group."""
    here = challenge.municipality
    if here is None:
        regions = set(challenge.values("regions"))
        return np.array([0.5 * bool(regions.intersection(r.regions)) for r in index.records], dtype=np.float32)
    scores = []
    for record in index.records:
        tried = record.tried_in()
        alike = any(places.municipalities[code].group == here.group for code in tried)
        scores.append(1.0 if here.code in tried else 0.5 if alike or here.lan in record.regions else 0.0)
    return np.array(scores, dtype=np.float32)


def similarity(query: Vectors, index: Index) -> Scores:
    """Cosine of the challenge's vector, under the index's metric, and every passage, (m,)."""
    assert index.dense is not None
    return index.dense @ query


def kin(first: Scores, index: Index) -> Scores:
    """How near the record lies to the others that seem to fit, each weighed by how likely it is to.

    Pseudo-relevance feedback among records (Rocchio 1971): what resembles a good answer may be one.
    ``first`` are log-odds from the other signals.
    """
    assert index.centres is not None
    likely = _likely(first)
    return np.asarray(index.centres @ (likely @ index.centres) - likely, dtype=np.float32)


def heading(first: Scores, index: Index) -> Scores:
    """How likely the other records under the same heading of the survey report are to fit."""
    likely = _likely(first)
    return np.asarray(np.bincount(index.heading, weights=likely)[index.heading] - likely, dtype=np.float32)


def _likely(first: Scores) -> Scores:
    weights = np.exp(first - first.max())
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def _best(similarity: Scores, index: Index, count: int, *kinds: Kind) -> Scores:
    """The mean of each record's ``count`` best passages of these kinds; 0 where it has none."""
    result = np.zeros(len(index.records), dtype=np.float32)
    rows = index.rows_of(*kinds)
    if not len(rows):
        return result
    owner = index.owner[rows]
    order = np.lexsort((-similarity[rows], owner))
    owner, ranked = owner[order], similarity[rows][order]
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    rank = np.arange(len(owner)) - np.repeat(starts, np.diff(np.r_[starts, len(owner)]))
    kept = rank < count
    sums = np.bincount(owner[kept], weights=ranked[kept], minlength=len(result))
    counts = np.bincount(owner[kept], minlength=len(result))
    return np.divide(sums, counts, out=np.zeros(len(result)), where=counts > 0).astype(np.float32)


def _name_likeness(words: list[str], said: str, record: Initiative) -> float:
    best = 0.0
    for called in (record.name, *record.aliases):
        parts = [fold(word) for word in tokens(called)]
        key = "".join(parts)
        candidates = [said]
        if len(key) >= _NAME_IN_TEXT_FROM:
            size = len(parts)
            candidates += ["".join(words[i : i + size]) for i in range(len(words) - size + 1)]
        best = max(best, *(fuzz.ratio(candidate, key) / 100 for candidate in candidates))
    return best if best >= _NAME_AT else 0.0
