"""A catalogue of any size, recombined from the shipped one, and an encoder that knows its sentences.

Record ``i`` is made anew each time it is asked for, always the same, so that a million take no memory. Each has a
word of its own, put together from two others, so that the vocabulary grows as Swedish compounds make it grow.
"""

import hashlib
import re
import struct
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np

from matching.encoder import Encoder, Vectors
from matching.live import SHIPPED_VECTORS
from matching.passages import passages_of
from matching.vectors import VectorCache
from matching.words import carries_meaning, tokens
from registry.catalogue import PARQUET, read_parquet
from registry.initiative import UNKNOWN, Initiative
from registry.places import load_places
from registry.values import Role
from registry.vocabulary import Vocabulary, load_vocabulary

_SEED = b"spridbart"
_NOISE = 0.25  # length of what is added to a sentence's vector of length 1
_BANK = 4096  # rows of noise: two are added, so 16 million differ
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class Catalogue(Sequence[Initiative]):
    """The real records and then ``size`` synthetic ones; ``seconds`` is the time that making them has taken."""

    def __init__(self, size: int) -> None:
        self.real = read_parquet(PARQUET)
        self.vocabulary = load_vocabulary()
        self.seconds = 0.0
        self._keeps = False
        self._kept: dict[Any, Initiative] = {}
        self._size = size
        self._parts = _Parts(self.real, self.vocabulary)
        self._template = vars(self.real[0].model_copy(update=_unknown()))

    def __len__(self) -> int:
        return len(self.real) + self._size

    @overload
    def __getitem__(self, row: int) -> Initiative: ...
    @overload
    def __getitem__(self, row: slice) -> list[Initiative]: ...
    def __getitem__(self, row: int | slice) -> Initiative | list[Initiative]:
        try:
            return self._kept[row]
        except (KeyError, TypeError):  # not kept, or a slice, which cannot be
            pass
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        if row < 0 or row >= len(self):
            raise IndexError(row)
        record = self.real[row] if row < len(self.real) else self._made(row - len(self.real))
        if self._keeps:
            self._kept[row] = record
        return record

    def keep(self, keeps: bool) -> None:
        """Keeps the records that are asked for from now on, as a real catalogue does, or lets go of all."""
        self._keeps, self._kept = keeps, {}

    def _made(self, number: int) -> Initiative:
        begun = time.perf_counter()
        record = object.__new__(Initiative)  # validating a record takes a hundred times as long as making it
        object.__setattr__(record, "__dict__", {**self._template, **self._parts.record(number)})
        object.__setattr__(record, "__pydantic_fields_set__", set())
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        self.seconds += time.perf_counter() - begun
        return record


class _Parts:
    """What records are put together from."""

    def __init__(self, real: Sequence[Initiative], vocabulary: Vocabulary) -> None:
        self.groups, self.themes = tuple(vocabulary.target_groups), tuple(vocabulary.themes)
        self.words = [term.label.lower() for term in vocabulary.themes.values()]
        self.places = [(place.code, place.name) for place in load_places().municipalities.values()]
        self.heads = [record.name.split(" (")[0] for record in real]
        self.summaries = _sentences(record.summary for record in real)
        self.descriptions = _sentences(record.description for record in real)
        self.situations = [text for record in real for text in record.situations]
        self.phrases = [text for record in real for text in record.search_phrases]
        self.forms = [record.form for record in real]
        self.roles = [*[Role.INITIATIVE] * 9, Role.SUPPORT]
        names = {token.lower() for text in (*self.summaries, *self.heads) for token in tokens(text)}
        self.compounds = sorted(word for word in names if word.isalpha() and carries_meaning(word) and len(word) < 10)

    def record(self, number: int) -> dict[str, Any]:
        """The fields of record ``number`` that differ from record to record."""
        draw = _draws(number)
        code, place = self.places[next(draw) % len(self.places)]
        compound = _one(self.compounds, draw) + _one(self.compounds, draw)
        aside = f" ({place}, {_one(self.words, draw)})"
        return {
            "id": f"syn-{number + 1:06d}",
            "name": f"{_one(self.heads, draw)} {compound} i {place}",
            "role": _one(self.roles, draw),
            "form": _one(self.forms, draw),
            "summary": f"{_one(self.summaries, draw)} {_one(self.summaries, draw)}",
            "description": " ".join(_one(self.descriptions, draw) for _ in range(4)),
            "situations": tuple(_one(self.situations, draw) + aside for _ in range(4)),
            "search_phrases": tuple(_one(self.phrases, draw) + aside for _ in range(4)),
            "target_groups": tuple({_one(self.groups, draw), _one(self.groups, draw)}),
            "themes": tuple({_one(self.themes, draw), _one(self.themes, draw)}),
            "municipalities": (code,),
            "regions": (code[:2],),
        }


def _unknown() -> dict[str, Any]:
    """Nothing else is known of a synthetic record."""
    fields = Initiative.model_fields.items()
    kept = {name: field.default for name, field in fields if not field.is_required()}
    return {**kept, "category": "", "owner": UNKNOWN, "updated_by": "syntetisk"}


def _draws(number: int) -> Iterator[int]:
    return iter(struct.unpack("<32H", hashlib.blake2b(b"%d" % number, key=_SEED).digest()))


def _one(pool: Sequence[Any], draw: Iterator[int]) -> Any:
    return pool[next(draw) % len(pool)]


def _sentences(texts: Iterator[str]) -> list[str]:
    return sorted({sentence for text in texts for sentence in _SENTENCE.split(" ".join(text.split())) if sentence})


class SentenceEncoder:
    """Gives a synthetic passage the mean of its sentences' shipped vectors, moved a little; queries as they were given.

    ``seconds`` is the time that encoding has taken; it is no part of what is measured.
    """

    def __init__(self, catalogue: Catalogue, queries: dict[str, Vectors], model: Encoder) -> None:
        self.seconds = 0.0
        self.known = queries
        self.remembers = True
        self._model = model
        shipped = VectorCache(shipped=SHIPPED_VECTORS)
        texts = [passage.text for record in catalogue.real for passage in passages_of(record, catalogue.vocabulary)]
        texts = list(dict.fromkeys((*texts, *catalogue.vocabulary.outside)))
        self._rows = shipped.vectors(texts, model)
        self._whole = {text: row for row, text in enumerate(texts)}
        self._pieces: dict[str, int] = {}
        self._learn_pieces(texts)
        noise = np.random.default_rng(0).normal(size=(_BANK, self._rows.shape[1]))
        self._noise = (noise * _NOISE / np.sqrt(2 * self._rows.shape[1])).astype(np.float32)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """The model's, remembered if ``remembers``: the matcher may cut a text, and asks for its parts too."""
        known = [self.known.get(text) for text in texts]
        vectors = np.stack(
            [self._model.encode_query([t])[0] if k is None else k for t, k in zip(texts, known, strict=True)]
        )
        if self.remembers:
            self.known.update(zip(texts, vectors, strict=True))
        return vectors

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, (n, d), of length 1."""
        begun = time.perf_counter()
        digests = b"".join(hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
        left, right = (np.frombuffer(digests, dtype=np.uint32) % _BANK).reshape(-1, 2).T
        found = [self._known(text) for text in texts]
        counts = np.array([max(1, len(rows)) for rows in found])
        flat = np.array([row for rows in found for row in (rows or [0])])
        vectors = np.add.reduceat(self._rows[flat], np.r_[0, np.cumsum(counts)[:-1]])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        real = np.array([text in self._whole for text in texts])
        vectors[~real] += (self._noise[left] + self._noise[right])[~real]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        self.seconds += time.perf_counter() - begun
        return vectors

    def _known(self, text: str) -> list[int]:
        """The rows of the sentences the text was put together from."""
        if text in self._whole:
            return [self._whole[text]]
        head = text.rpartition(" (")[0]
        if head in self._whole:
            return [self._whole[head]]
        pieces = self._pieces
        return [pieces[piece] for piece in map(_bare, _SENTENCE.split(text)) if piece in pieces]

    def _learn_pieces(self, texts: Sequence[str]) -> None:
        held: dict[str, list[int]] = defaultdict(list)
        for row, text in enumerate(texts):
            for piece in _SENTENCE.split(text):
                held[_bare(piece)].append(row)
        self._pieces = {piece: len(texts) + number for number, piece in enumerate(held)}
        means = [self._rows[rows].mean(axis=0) for rows in held.values()]
        self._rows = np.concatenate([self._rows, np.stack(means).astype(np.float32)])


def _bare(piece: str) -> str:
    return piece.rstrip(".")


class NoCache(VectorCache):
    """Keeps nothing: the vectors of twelve million passages would not fit."""

    def __init__(self) -> None:
        """Unlike a real one it opens no file."""

    def vectors(self, texts: Sequence[str], encoder: Encoder) -> Vectors:
        """The encoder's own, each time."""
        return encoder.encode_document(texts)
