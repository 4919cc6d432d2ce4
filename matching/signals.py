"""How a record and a challenge are alike: one small pure function per signal.

Each gives one number per candidate, between 0 and 1 (cosines can be slightly below 0),
and depends on nothing but its arguments.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from matching.candidates import Candidates
from matching.challenge import Challenge
from matching.encoder import Vectors
from matching.head import Expected, Head
from matching.index import Index
from matching.lexicon import Scores
from matching.words import tokens
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.places import fold
from registry.vocabulary import Term

_NAME_AT = 0.75  # below this likeness a name is another name
CALLED_AT = 0.85  # from here on it is that name, misspelt at most
_KERNEL = 20.0
_LEAST = 1e-12
_LONGEST_NAME = 12  # words
_NAME_IN_TEXT_FROM = 6  # letters: a shorter name inside a sentence is likely to be a common word


@dataclass(frozen=True)
class Name:
    """What a record is called, run together without accents, and of how many words."""

    key: str
    words: int

    @classmethod
    @lru_cache(maxsize=100_000)
    def of(cls, name: str) -> "Name":
        """The name as it is looked for."""
        parts = [fold(word) for word in tokens(name)]
        return cls("".join(parts), len(parts))


@dataclass(frozen=True)
class Probe:
    """A challenge brought together with the records that may answer it, for all signals to share.

    ``said`` are its words without accents; ``outside_near`` its cosines with the
    texts outside the subject, None while the model is not there; ``expected`` what a judge is expected to say.
    """

    challenge: Challenge
    said: tuple[str, ...]
    candidates: Candidates
    outside_near: Scores | None
    expected: Expected

    @classmethod
    def all_of(
        cls, challenges: Sequence[Challenge], index: Index, head: Head, filters: Filters | None = None
    ) -> list["Probe"]:
        """Brings challenges that belong together, a text and its parts, together with the same records of the index.

        Those are records that the filters let through, and the likeliest of the others.
        """
        questions = [index.question(challenge.searched) for challenge in challenges]
        found = index.candidates(questions, filters)
        outside = None if index.meaning is None else index.meaning.outside
        return [
            cls(
                challenge,
                tuple(fold(word) for word in tokens(challenge.text)),
                candidates,
                None if outside is None or question.vector is None else outside @ question.vector,
                head.expected(challenge.searched, question.raw),
            )
            for challenge, question, candidates in zip(challenges, questions, found, strict=True)
        ]

    @cached_property
    def names(self) -> list[tuple[int, Name]]:
        """The row of each candidate beside each of its names."""
        records = enumerate(self.candidates.records)
        return [(row, Name.of(name)) for row, record in records for name in (record.name, *record.aliases)]

    @cached_property
    def spelt(self) -> Scores:
        """How nearly the whole challenge is spelt like the candidate's name or an alias, (n,)."""
        likeness = np.zeros(len(self.candidates.records), dtype=np.float32)
        if self.names:
            rows, names = zip(*self.names, strict=True)
            np.maximum.at(likeness, list(rows), _alike([name.key for name in names], ["".join(self.said)]))
        return likeness

    @property
    def by_meaning(self) -> bool:
        """Whether meaning is compared; while the model is not there, only words are."""
        return self.outside_near is not None


def judged(probe: Probe) -> Scores:
    """The grade that a judge is expected to give, as a share of the highest (see ``head.py``).

    Not a number for a record that no judge has seen: it is scored without this signal.
    """
    return np.array(
        [probe.expected.grades.get(record.id, np.nan) for record in probe.candidates.records], dtype=np.float32
    )


def voices_near(near: Scores, candidates: Candidates) -> Scores:
    """Mean cosine of the three nearest everyday sentences: one alone can be near by chance."""
    return _best_voices(near, candidates, 3)


def name(probe: Probe) -> Scores:
    """How nearly the challenge is, or holds, the record's name or an alias; 0 below 0.75."""
    said, best = probe.said, probe.spelt.copy()
    by_size: dict[int, list[tuple[int, str]]] = {}
    for row, called in probe.names:
        if called.words <= len(said) and len(called.key) >= _NAME_IN_TEXT_FROM:
            by_size.setdefault(called.words, []).append((row, called.key))
    for size, names in by_size.items():
        inside = {"".join(said[i : i + size]) for i in range(len(said) - size + 1)}
        rows, keys = zip(*names, strict=True)
        np.maximum.at(best, list(rows), _alike(keys, [*inside]))
    return best


def called(probe: Probe) -> npt.NDArray[np.bool_]:
    """Whether the challenge is nothing but the record's name or an alias, perhaps misspelt."""
    return probe.spelt >= CALLED_AT


def _alike(keys: Sequence[str], texts: Sequence[str]) -> Scores:
    """The likeness of each name to the nearest of the texts, (keys,); 0 below 0.75."""
    alike = process.cdist(keys, texts, scorer=fuzz.ratio, score_cutoff=100 * _NAME_AT, dtype=np.float32)
    return np.asarray(alike.max(axis=1) / 100)


def overlap(
    chosen: Iterable[str],
    have: Callable[[Initiative], Iterable[str]],
    terms: dict[str, Term],
    records: Sequence[Initiative],
) -> Scores:
    """The share of ``chosen`` that the record has; a broader or related term counts half."""
    chosen = tuple(chosen)
    if not chosen:
        return np.zeros(len(records), dtype=np.float32)
    near = {id: {*terms[id].broader, *terms[id].related} for id in chosen}
    scores = []
    for record in records:
        had = set(have(record))
        scores.append(sum(1.0 if id in had else 0.5 if near[id] & had else 0.0 for id in chosen) / len(chosen))
    return np.array(scores, dtype=np.float32)


def kin(first: Scores, centres: Vectors) -> Scores:
    """How near the record lies to the others that seem to fit, each weighed by how likely it is to.

    Pseudo-relevance feedback among records (Rocchio 1971): what resembles a good answer may be one.
    ``first`` are log-odds from the other signals.
    """
    likely = _likely(first)
    return np.asarray(centres @ (likely @ centres) - likely, dtype=np.float32)


def heading(first: Scores, records: Sequence[Initiative]) -> Scores:
    """How likely the other records under the same heading of the survey report are to fit; 0 for those under none."""
    likely = _likely(first)
    headings, number = np.unique([record.category for record in records], return_inverse=True)
    return np.asarray((np.bincount(number, weights=likely)[number] - likely) * (headings != "")[number], np.float32)


def _likely(first: Scores) -> Scores:
    if not len(first):
        return first
    weights = np.exp(first - first.max())
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def domain(probe: Probe, first: Mapping[str, Scores]) -> dict[str, float]:
    """What tells a challenge that the registry is about from one that it is not, by name.

    ``meaning`` is how much nearer it lies to the catalogue than to texts outside the subject, as log-odds: a
    kernel vote over all passages (Nadaraya 1964, Watson 1964), exp(20 cosine). ``first`` are the other signals.
    """
    candidates = probe.candidates
    features = {
        "subject": probe.expected.subject,
        "judged": max(probe.expected.grades.values(), default=0.0),
        "name": float(first["name"].max(initial=0)),
    }
    if candidates.near is not None and probe.outside_near is not None:
        votes = [np.exp(_KERNEL * (cosines - 1)).sum() for cosines in (candidates.near, probe.outside_near)]
        features["meaning"] = log((votes[0] + _LEAST) / (votes[1] + _LEAST))
    return features


def _best_voices(similarity: Scores, candidates: Candidates, count: int) -> Scores:
    """The mean of each record's ``count`` best voices; 0 where it has none."""
    result = np.zeros(len(candidates.records))
    rows = np.flatnonzero(candidates.voice)
    if not len(rows):
        return result.astype(np.float32)
    owner = candidates.owner[rows]
    order = np.lexsort((-similarity[rows], owner))
    owner, ranked = owner[order], similarity[rows][order]
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    rank = np.arange(len(owner)) - np.repeat(starts, np.diff(np.r_[starts, len(owner)]))
    kept = rank < count
    sums = np.bincount(owner[kept], weights=ranked[kept], minlength=len(result))
    counts = np.bincount(owner[kept], minlength=len(result))
    return np.divide(sums, counts, out=result, where=counts > 0).astype(np.float32)
