"""How a record and a challenge are alike: one small pure function per signal.

Each gives one number per candidate, between 0 and 1 (cosines can be slightly below 0),
and depends on nothing but its arguments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from matching.candidates import Candidates
from matching.challenge import Challenge
from matching.encoder import Vectors
from matching.facts import Mask
from matching.head import Expected, Head
from matching.index import Index
from matching.lexicon import Scores
from registry.exploring.filters import Filters
from registry.vocabulary import Term

CALLED_AT = 0.85  # from here on it is that name, misspelt at most
_KERNEL = 20.0
_LEAST = 1e-12


@dataclass(frozen=True)
class Probe:
    """A challenge brought together with the records that may answer it, for all signals to share.

    ``outside_near`` are its cosines with the texts outside the subject, None while the model is not there;
    ``expected`` is what a judge is expected to say.
    """

    challenge: Challenge
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
        questions, found = index.candidates(challenges, filters)
        outside = None if index.meaning is None else index.meaning.outside
        texts = [challenge.searched for challenge in challenges]
        expected = head.expected(texts, [question.raw for question in questions if question.raw is not None])
        return [
            cls(
                challenge,
                candidates,
                None if outside is None or question.vector is None else outside @ question.vector,
                of_each,
            )
            for challenge, question, candidates, of_each in zip(challenges, questions, found, expected, strict=True)
        ]

    @property
    def by_meaning(self) -> bool:
        """Whether meaning is compared; while the model is not there, only words are."""
        return self.outside_near is not None


def judged(probe: Probe) -> Scores:
    """The grade that a judge is expected to give, as a share of the highest (see ``head.py``).

    Not a number for a record that no judge has seen: it is scored without this signal.
    """
    expected, candidates = probe.expected.grades, probe.candidates
    grades = np.full(len(candidates), np.nan, dtype=np.float32)
    for row in np.flatnonzero(np.isin(candidates.facts.keys, [hash(id) for id in expected])).tolist():
        grades[row] = expected.get(candidates.record(row).id, np.nan)
    return grades


def voices_near(near: Scores, candidates: Candidates) -> Scores:
    """Mean cosine of the three nearest everyday sentences: one alone can be near by chance."""
    return _best_voices(near, candidates, 3)


def called(spelt: Scores) -> Mask:
    """Whether the challenge is nothing but the record's name or an alias, perhaps misspelt; ``spelt`` (n,)."""
    return spelt >= CALLED_AT


def overlap(chosen: Sequence[str], held: Mask, terms: Mapping[str, Term]) -> Scores:
    """The share of ``chosen`` that the record has, (n,); a broader or related term counts half.

    ``held`` (n, terms) says which of the ``terms``, in their order, each record has.
    """
    column = {id: number for number, id in enumerate(terms)}
    total = np.zeros(len(held), dtype=np.float32)
    for id in chosen:
        near = [column[kin] for kin in (*terms[id].broader, *terms[id].related)]
        total += np.where(held[:, column[id]], np.float32(1), held[:, near].any(axis=1) * np.float32(0.5))
    return total / np.float32(max(1, len(chosen)))


def kin(first: Scores, centres: Vectors) -> Scores:
    """How near the record lies to the others that seem to fit, each weighed by how likely it is to.

    Pseudo-relevance feedback among records (Rocchio 1971): what resembles a good answer may be one.
    ``first`` are log-odds from the other signals.
    """
    likely = _likely(first)
    return np.asarray(centres @ (likely @ centres) - likely, dtype=np.float32)


def heading(first: Scores, headings: npt.NDArray[np.int64]) -> Scores:
    """How likely the other records under the same heading of the survey report are to fit; 0 for those under none."""
    likely = _likely(first)
    _, number = np.unique(headings, return_inverse=True)
    return np.asarray((np.bincount(number, weights=likely)[number] - likely) * (headings != 0), np.float32)


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
    rows = np.flatnonzero(candidates.voice)
    owner = candidates.owner[rows]
    voices = np.bincount(owner, minlength=len(candidates))
    place = np.arange(len(rows)) - np.repeat(np.cumsum(voices) - voices, voices)
    ranked = np.full((len(voices), max(count, voices.max(initial=0))), -np.inf, dtype=np.float32)
    ranked[owner, place] = similarity[rows]
    best = np.partition(ranked, -count, axis=1)[:, -count:]
    sums = np.where(np.isfinite(best), best, 0).sum(axis=1)
    return np.asarray(sums / np.clip(voices, 1, count), dtype=np.float32)
