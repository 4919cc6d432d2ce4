"""Files that are replaced whole or not at all, and the reading of YAML."""

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from registry.errors import StorageUnwritable

_TEMPORARY = ".spridbart-"


def replace_file(path: Path, write: Callable[[Path], object], *, mode: int = 0o644) -> None:
    """Lets ``write`` fill a temporary file beside ``path``, then puts it in ``path``'s place.

    Readers see the old file or the new one, never a part of it, also after a power cut. ``mode`` says who may read it.

    Raises:
        StorageUnwritable: the folder cannot be written, or is full.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        temporary.chmod(mode)  # mkstemp's own mode would shut other readers out
        _flush(temporary)
        temporary.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise StorageUnwritable(path.parent, error.strerror or str(error)) from error
    finally:
        if temporary:
            temporary.unlink(missing_ok=True)


def sweep_temporary_files(folder: Path) -> None:
    """Removes what an interrupted ``replace_file`` left in ``folder``."""
    for stray in folder.glob(f"{_TEMPORARY}*"):
        stray.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def slug(name: str) -> str:
    """The name as part of a file's name: letters, digits and hyphens only."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def parse_yaml(text: str) -> Any:
    """The content of a YAML document, read safely by libyaml: ten times as fast as in Python.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    return yaml.load(text, Loader=yaml.CSafeLoader)
