"""Vectors of texts, kept on disk for one model so that only new texts are encoded."""

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from matching.encoder import Encoder, Vectors
from registry.files import replace_file

Half = npt.NDArray[np.float16]
_ASKED_AT_ONCE = 500  # SQLite takes some thousand parameters
_log = logging.getLogger(__name__)


class VectorCache:
    """Vectors of passages by their text, in half precision.

    Only a passage whose text is new is encoded, so a changed record costs its changed sentences. They are kept in
    an SQLite file, which grows by what is new and is not read into memory; the app and the command line
    share it. Where it cannot be written, or is damaged, vectors are kept in memory for as long as the program runs.
    """

    def __init__(self, own: Path | None = None, shipped: Path | None = None) -> None:
        """Keeps vectors in ``own``, beside those that came with the catalogue in ``shipped``."""
        self._shipped = _read_shipped(shipped) if shipped else {}
        self._using = threading.Lock()
        self._own = _opened(own)

    def vectors(self, texts: Sequence[str], encoder: Encoder) -> Vectors:
        """The vectors of ``texts``, (n, d); encodes those it has not seen."""
        keys = [_key(text) for text in texts]
        with self._using:
            known = dict(self._known(dict.fromkeys(keys)))
            new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            if new:
                encoded = encoder.encode_document(list(new.values())).astype(np.float16)
                known.update(zip(new, encoded, strict=True))
                self._keep((key, known[key].tobytes()) for key in new)
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def _known(self, keys: Iterable[str]) -> Iterator[tuple[str, Half]]:
        elsewhere = []
        for key in keys:
            if key in self._shipped:
                yield key, self._shipped[key]
            else:
                elsewhere.append(key)
        for start in range(0, len(elsewhere), _ASKED_AT_ONCE):
            some = elsewhere[start : start + _ASKED_AT_ONCE]
            marks = ",".join("?" * len(some))
            found = self._own.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)  # noqa: S608 - marks are question marks
            yield from ((key, np.frombuffer(vector, dtype=np.float16)) for key, vector in found)

    def _keep(self, rows: Iterable[tuple[str, bytes]]) -> None:
        rows = list(rows)
        try:
            self._insert(rows)
        except sqlite3.Error as error:
            _log.warning("the vectors could not be stored: %s", error)
            self._own = _opened(None)
            self._insert(rows)

    def _insert(self, rows: list[tuple[str, bytes]]) -> None:
        with self._own:
            self._own.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)


def write_shipped(path: Path, texts: Sequence[str], vectors: Vectors) -> None:
    """Writes vectors to be shipped with the catalogue, each text once.

    Raises:
        StorageUnwritable: the folder cannot be written.
    """
    by_key = dict(sorted((_key(text), vector) for text, vector in zip(texts, vectors, strict=True)))
    keys, rows = np.array(list(by_key), dtype="S40"), np.stack(list(by_key.values())).astype(np.float16)
    replace_file(path, lambda temporary: _save(temporary, keys, rows))


def _save(path: Path, keys: npt.NDArray[np.bytes_], rows: Half) -> None:
    with path.open("wb") as file:
        np.savez(file, keys=keys, vectors=rows)


def _key(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()


def _read_shipped(path: Path) -> dict[str, Half]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            return dict(zip((key.decode() for key in stored["keys"]), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _opened(path: Path | None) -> sqlite3.Connection:
    """The store in ``path``; a damaged one is begun anew, and in memory where nothing can be written."""
    try:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        return _connected(path)
    except (sqlite3.OperationalError, OSError) as error:
        _log.warning("the vectors cannot be stored: %s", error)
    except sqlite3.DatabaseError:  # not a database at all
        if path:
            path.unlink()
            return _opened(path)
    return _connected(None)


def _connected(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", timeout=5, check_same_thread=False)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID")
    return connection
