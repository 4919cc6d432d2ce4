"""Finds out whether a paragraph holds two needs, so that each can be answered.

A paragraph out of a committee's papers often asks for two things after each other. It is cut between two
sentences where what a judge is expected to answer (``head.py``) changes most, as in text segmentation by topic
(Hearst 1997); the limits were chosen on the fitting cases, see docs/decisions/2026-11-22-head.md.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

_WORDS = 40  # a shorter text is taken as one need
_SENTENCE = 3  # words: less is no sentence of its own
_APART = 0.6  # cosine: answers more alike than this are to one need
_SURE = 0.4  # expected grade, as a share of the highest: below it a part says too little to be a need


def needs_of(text: str, expected: Callable[[Sequence[str]], npt.NDArray[np.float32]]) -> tuple[str, ...]:
    """The text in two parts if it holds two needs, else whole.

    Args:
        text: the challenge, cleaned.
        expected: the grades expected of each initiative for each sentence, (sentences, initiatives), from 0 up.
    """
    sentences = _sentences(text)
    if len(sentences) < 2 or len(text.split()) < _WORDS:
        return (text,)
    grades = expected(sentences)
    cuts = [(_alike(grades[:cut].sum(axis=0), grades[cut:].sum(axis=0)), cut) for cut in range(1, len(sentences))]
    alike, cut = min(cuts)
    if alike > _APART or min(grades[:cut].max(), grades[cut:].max()) < _SURE:
        return (text,)
    return " ".join(sentences[:cut]), " ".join(sentences[cut:])


def _sentences(text: str) -> list[str]:
    """The sentences; one of a word or two belongs to the one before."""
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if found and len(sentence.split()) < _SENTENCE:
            found[-1] += f" {sentence}"
        else:
            found.append(sentence)
    return found


def _alike(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
    return float(one @ other / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1e-9))
