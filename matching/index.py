"""The published catalogue, ready to be searched: its passages, their vectors and its n-grams."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.encoder import Encoder, Vectors
from matching.metric import Metric
from registry.files import replace_file
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary

_CHUNK_WORDS = 40


class Kind(StrEnum):
    """What part of a record a passage is."""

    WHOLE = "hela posten"
    TEXT = "beskrivning"
    SITUATION = "situation"
    PHRASE = "sökfras"


# The sentences in everyday words: those shown and those only searched.
VOICES = (Kind.SITUATION, Kind.PHRASE)


@dataclass(frozen=True)
class Passage:
    """A piece of a record that is compared with the challenge by itself."""

    kind: Kind
    text: str


def passages_of(record: Initiative, vocabulary: Vocabulary) -> Iterator[Passage]:
    """The record's passages: the whole first, then its text in chunks, its situations and its search phrases."""
    labels = [vocabulary.label("target_groups", id) for id in record.target_groups]
    labels += [vocabulary.label("themes", id) for id in record.themes]
    names = " ".join((record.name, *record.aliases))
    yield Passage(Kind.WHOLE, f"{names}. {record.summary} {record.description} {'. '.join(labels)}")
    yield Passage(Kind.TEXT, f"{record.name}. {record.summary}")
    for chunk in _chunks(record.description):
        yield Passage(Kind.TEXT, chunk)
    for situation in record.situations:
        yield Passage(Kind.SITUATION, situation)
    for phrase in record.search_phrases:
        yield Passage(Kind.PHRASE, phrase)


class VectorCache:
    """Vectors of passages by their text, kept on disk for one model.

    Only a passage whose text is new is encoded, so a changed record costs its changed sentences.
    The file is replaced atomically; the app and the command line share it.
    """

    def __init__(self, *files: Path) -> None:
        """Reads the vectors in ``files``; ``save`` writes to the last one. A damaged file counts as empty."""
        self._path = files[-1] if files else None
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}
        self._unsaved = False
        for file in files:
            self._vectors.update(_read_vectors(file))

    def vectors(self, texts: Sequence[str], encoder: Encoder) -> Vectors:
        """The vectors of ``texts``, (n, d); encodes those it has not seen."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
        if new:
            encoded = encoder.encode_document(list(new.values()))
            self._vectors.update(zip(new, encoded, strict=True))
            self._unsaved = True
        return np.stack([self._vectors[key] for key in keys])

    def save(self, texts: Sequence[str] | None = None) -> None:
        """Writes to disk, if anything was encoded since last time; with ``texts`` their vectors and no others.

        Raises:
            StorageUnwritable: the folder cannot be written.
        """
        if self._path is None or not (self._unsaved or texts):
            return
        kept = sorted({_key(text) for text in texts} if texts is not None else self._vectors)
        keys = np.array(kept, dtype="S40")
        vectors = np.stack([self._vectors[key] for key in kept]).astype(np.float16)
        replace_file(self._path, lambda temporary: _write_vectors(temporary, keys, vectors))
        self._unsaved = False


class Index:
    """What the signals read. Rows follow ``records``; what needs the model is None while it is not there.

    ``owner[j]`` is the row of passage ``j``; passages of one record stand together. ``dense`` (m, d) are
    the passages' vectors under ``metric``, and ``centres`` (n, d) the mean direction of each record's.
    ``heading[i]`` numbers the heading under which record ``i`` was reported, alike for alike headings.
    """

    def __init__(
        self,
        records: Sequence[Initiative],
        vocabulary: Vocabulary,
        encoder: Encoder | None = None,
        cache: VectorCache | None = None,
    ) -> None:
        self.records = tuple(records)
        self.row = {record.id: i for i, record in enumerate(self.records)}
        self.encoder = encoder
        passages = [list(passages_of(record, vocabulary)) for record in self.records]
        self.passages = [passage for group in passages for passage in group]
        self.owner = np.repeat(np.arange(len(self.records)), [len(group) for group in passages])
        self.kind = np.array([passage.kind for passage in self.passages], dtype=object)
        self.heading = np.unique([record.category for record in self.records], return_inverse=True)[1]
        self._vectorizer, self.ngrams = _ngrams([" ".join(p.text for p in group) for group in passages])
        self.metric: Metric | None = None
        self.dense: Vectors | None = None
        self.centres: Vectors | None = None
        if encoder:
            self._add_meaning((cache or VectorCache()).vectors([p.text for p in self.passages], encoder))

    def query_ngrams(self, text: str) -> csr_matrix:
        """The n-grams of a text in the catalogue's terms, (1, terms), L2-normalised."""
        return self._vectorizer.transform([text])

    def rows_of(self, *kinds: Kind) -> npt.NDArray[np.intp]:
        """Positions of the passages of these kinds."""
        return np.flatnonzero(np.isin(self.kind, kinds))

    def _add_meaning(self, vectors: Vectors) -> None:
        parts = self.rows_of(Kind.TEXT, *VOICES)
        self.metric = Metric.learned(vectors[parts], self.owner[parts])
        self.dense = self.metric.apply(vectors)
        sums = np.zeros((len(self.records), vectors.shape[1]), dtype=np.float32)
        np.add.at(sums, self.owner[parts], self.dense[parts])
        self.centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def _ngrams(texts: list[str]) -> tuple[TfidfVectorizer, csr_matrix]:
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode", dtype=np.float32
    )
    return vectorizer, vectorizer.fit_transform(texts)


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


def _key(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _read_vectors(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            vectors = stored["vectors"].astype(np.float32)
            return {key.decode(): vector for key, vector in zip(stored["keys"], vectors, strict=True)}
    except (OSError, ValueError, KeyError, EOFError):
        return {}


def _write_vectors(path: Path, keys: npt.NDArray[np.bytes_], vectors: npt.NDArray[np.float16]) -> None:
    with path.open("wb") as file:
        np.savez(file, keys=keys, vectors=vectors)
