"""How a record and a challenge are alike: one small pure function per signal.

Each gives one number per record of the index, between 0 and 1 (cosines can be slightly below 0),
and depends on nothing but its arguments.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix

from matching.challenge import Challenge
from matching.encoder import Vectors
from matching.index import Index, Meaning, Name, Scores
from matching.words import tokens
from registry.initiative import Initiative
from registry.places import fold
from registry.vocabulary import Term

_NAME_AT = 0.75  # below this likeness a name is another name
CALLED_AT = 0.85  # from here on it is that name, misspelt at most
_KERNEL = 20.0
_NAME_IN_TEXT_FROM = 6  # letters: a shorter name inside a sentence is likely to be a common word


@dataclass(frozen=True)
class Probe:
    """A challenge brought into an index's terms once, for all signals to share.

    ``said`` are its words without accents; ``ngrams`` (1, terms); ``alike`` (m,) their cosine with each passage; ``query`` (d,) the challenge's vector
    and ``near`` (m,) its cosine with each passage, both None while the model is not there.
    """

    challenge: Challenge
    index: Index
    said: tuple[str, ...]
    ngrams: csr_matrix
    alike: Scores
    query: Vectors | None
    near: Scores | None

    @classmethod
    def of(cls, challenge: Challenge, index: Index) -> "Probe":
        """Brings the challenge into the index's terms."""
        ngrams = index.query_ngrams(challenge.searched)
        query = index.meaning.query(challenge.searched) if index.meaning else None
        near = index.meaning.dense @ query if index.meaning and query is not None else None
        said = tuple(fold(word) for word in tokens(challenge.text))
        return cls(challenge, index, said, ngrams, _cosines(index.passage_ngrams, ngrams), query, near)


def voices_near(near: Scores, index: Index) -> Scores:
    """Mean cosine of the three nearest everyday sentences: one alone can be near by chance."""
    return _best_voices(near, index, 3)


def voices_wide(near: Scores, index: Index) -> Scores:
    """Mean cosine of the ten nearest everyday sentences."""
    return _best_voices(near, index, 10)


def voices_ngrams(probe: Probe) -> Scores:
    """Mean n-gram cosine of the three everyday sentences most alike in their letters."""
    return _best_voices(probe.alike, probe.index, 3)


def centre(query: Vectors, meaning: Meaning) -> Scores:
    """Cosine of the challenge and the record's centre, the mean direction of its passages."""
    return meaning.centres @ query


def words(probe: Probe) -> Scores:
    """BM25 of the challenge's words in the whole record (Robertson et al. 1994), per word asked."""
    return probe.index.word_scores(probe.challenge.searched)


def ngrams(probe: Probe) -> Scores:
    """Cosine of character n-grams (3-5 within words, tf-idf) and the whole record.

    Survives inflection, compounds and misspelling.
    """
    return _cosines(probe.index.ngrams, probe.ngrams)


def name(probe: Probe) -> Scores:
    """How nearly the challenge is, or holds, the record's name or an alias; 0 below 0.75."""
    said = probe.said
    windows = {size: ["".join(said[i : i + size]) for i in range(len(said) - size + 1)] for size in range(1, 13)}
    whole = ["".join(said)]

    def likeness(called: Name) -> float:
        inside = windows.get(called.words, []) if len(called.key) >= _NAME_IN_TEXT_FROM else []
        found = process.extractOne(called.key, whole + inside, scorer=fuzz.ratio, score_cutoff=100 * _NAME_AT)
        return found[1] / 100 if found else 0.0

    return np.array([max(map(likeness, names)) for names in probe.index.names], dtype=np.float32)


def called(probe: Probe) -> npt.NDArray[np.bool_]:
    """Whether the challenge is nothing but the record's name or an alias, perhaps misspelt."""
    said = "".join(probe.said)
    return np.array(
        [any(fuzz.ratio(said, called.key) >= 100 * CALLED_AT for called in names) for names in probe.index.names],
        dtype=bool,
    )


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


def age(challenge: Challenge, terms: dict[str, Term], index: Index) -> Scores:
    """0 where the challenge is about the young and the record about the old, or the other way round; else 1."""
    asked = {terms[id].age for id in challenge.values("target_groups")} - {""}
    meant = [{terms[id].age for id in record.target_groups} - {""} for record in index.records]
    return np.array([not (asked and ages) or bool(asked & ages) for ages in meant], dtype=np.float32)


def kin(first: Scores, meaning: Meaning) -> Scores:
    """How near the record lies to the others that seem to fit, each weighed by how likely it is to.

    Pseudo-relevance feedback among records (Rocchio 1971): what resembles a good answer may be one.
    ``first`` are log-odds from the other signals.
    """
    likely = _likely(first)
    return np.asarray(meaning.centres @ (likely @ meaning.centres) - likely, dtype=np.float32)


def heading(first: Scores, index: Index) -> Scores:
    """How likely the other records under the same heading of the survey report are to fit."""
    likely = _likely(first)
    return np.asarray(np.bincount(index.heading, weights=likely)[index.heading] - likely, dtype=np.float32)


def _likely(first: Scores) -> Scores:
    weights = np.exp(first - first.max())
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def domain(probe: Probe, first: Mapping[str, Scores]) -> dict[str, float]:
    """What tells a challenge that the registry is about from one that it is not, by name.

    ``meaning`` is how much nearer it lies to the catalogue than to texts outside the subject, as log-odds: a
    kernel vote over all passages (Nadaraya 1964, Watson 1964), exp(20 cosine). ``first`` are the other signals.
    """
    challenge, index = probe.challenge, probe.index
    facets = len(challenge.values("target_groups")) + len(challenge.values("themes"))
    features = {
        "ngrams_inside": _top_mean(probe.alike),
        "ngrams_outside": _top_mean(_cosines(index.outside_ngrams, probe.ngrams)),
        "words": float(first["words"].max()),
        "name": float(first["name"].max()),
        "facets": float(min(3, facets)),
        "length": log(len(challenge.text)),
    }
    if index.meaning and probe.query is not None and probe.near is not None:
        votes = [np.exp(_KERNEL * (cosines - 1)).sum() for cosines in (probe.near, index.meaning.outside @ probe.query)]
        features["meaning"] = log(votes[0] / votes[1])
    return features


def _top_mean(values: Scores) -> float:
    return float(np.sort(values)[-3:].mean())


def _cosines(matrix: csr_matrix, ngrams: csr_matrix) -> Scores:
    return np.asarray((matrix @ ngrams.T).todense(), dtype=np.float32).ravel()


def _best_voices(similarity: Scores, index: Index, count: int) -> Scores:
    """The mean of each record's ``count`` best voices; 0 where it has none."""
    result = np.zeros(len(index.records))
    rows = np.flatnonzero(index.voice)
    if not len(rows):
        return result.astype(np.float32)
    owner = index.owner[rows]
    order = np.lexsort((-similarity[rows], owner))
    owner, ranked = owner[order], similarity[rows][order]
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    rank = np.arange(len(owner)) - np.repeat(starts, np.diff(np.r_[starts, len(owner)]))
    kept = rank < count
    sums = np.bincount(owner[kept], weights=ranked[kept], minlength=len(result))
    counts = np.bincount(owner[kept], minlength=len(result))
    return np.divide(sums, counts, out=result, where=counts > 0).astype(np.float32)
