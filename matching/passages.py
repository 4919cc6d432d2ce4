"""The passages of a record: the pieces that are compared with a challenge, each by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from registry.initiative import Initiative
from registry.vocabulary import Vocabulary

_CHUNK_WORDS = 40


class Kind(StrEnum):
    """What part of a record a passage is. Situations and phrases are its voices, in everyday words."""

    TEXT = "beskrivning"
    LABELS = "etiketter"
    SITUATION = "situation"
    PHRASE = "sökfras"


@dataclass(frozen=True)
class Passage:
    """A piece of a record that is compared with the challenge by itself."""

    kind: Kind
    text: str

    @property
    def is_voice(self) -> bool:
        """Whether it is in everyday words."""
        return self.kind in (Kind.SITUATION, Kind.PHRASE)


def passages_of(record: Initiative, vocabulary: Vocabulary) -> Iterator[Passage]:
    """The record's passages: its text in chunks, its names and labels, its situations and its search phrases."""
    yield Passage(Kind.TEXT, f"{record.name}. {record.summary}")
    for chunk in _chunks(record.description):
        yield Passage(Kind.TEXT, chunk)
    yield Passage(Kind.LABELS, ". ".join((*record.aliases, *_labels(record, vocabulary))))
    for situation in record.situations:
        yield Passage(Kind.SITUATION, situation)
    for phrase in record.search_phrases:
        yield Passage(Kind.PHRASE, phrase)


def situations_among(record: Initiative, count: int) -> range:
    """The numbers of the record's situations among its ``count`` passages."""
    end = count - len(record.search_phrases)
    return range(end - len(record.situations), end)


def _labels(record: Initiative, vocabulary: Vocabulary) -> Iterator[str]:
    for id in record.target_groups:
        yield vocabulary.label("target_groups", id)
    for id in record.themes:
        yield vocabulary.label("themes", id)


def _chunks(text: str) -> Iterator[str]:
    """Whole sentences put together up to 40 words; a longer sentence is a chunk of its own."""
    chunk: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(text.split())):
        words = sentence.split()
        if chunk and len(chunk) + len(words) > _CHUNK_WORDS:
            yield " ".join(chunk)
            chunk = []
        chunk += words
    if chunk:
        yield " ".join(chunk)
