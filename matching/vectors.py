"""Vectors of texts, kept on disk for one model so that only new texts are encoded."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from matching.encoder import Encoder, Vectors
from registry.files import replace_file


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


def _key(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _read_vectors(path: Path) -> dict[str, npt.NDArray[np.float32]]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            vectors = stored["vectors"].astype(np.float32)
            return {key.decode(): vector for key, vector in zip(stored["keys"], vectors, strict=True)}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _write_vectors(path: Path, keys: npt.NDArray[np.bytes_], vectors: npt.NDArray[np.float16]) -> None:
    with path.open("wb") as file:
        np.savez(file, keys=keys, vectors=vectors)
