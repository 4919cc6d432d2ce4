"""How a second process gets a backup while the app holds the database: it leaves a request, the app answers.

Both are files in the registry's folder, so whoever may write there may ask, and nobody else. The answer stays in
that folder. Names begin as temporary files do: what is left behind is swept when the database is next opened.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from registry.backups.backup import write_backup
from registry.database import DATABASE, Database, Failure
from registry.errors import BackupNotAnswered, RegistryError
from registry.files import replace_file
from registry.wording import in_swedish

_log = logging.getLogger(__name__)
_WANTED = ".spridbart-backup-*.wanted"
_UNTIL_TAKEN_UP = 30.0
_UNTIL_DONE = 3600.0
_BETWEEN_LOOKS = 0.1
_BETWEEN_ANSWERS = 1.0


@contextmanager
def asked_for(folder: Path, *, patience: float = _UNTIL_TAKEN_UP) -> Iterator[Path]:
    """Asks whoever holds the database in ``folder`` for a backup; the file is gone after the block.

    ``patience`` is how many seconds the request may lie before it is taken up.

    Raises:
        BackupNotAnswered: nobody takes it up, or it cannot be done.
    """
    wanted = folder / _WANTED.replace("*", secrets.token_hex(8))
    answer, refusal = wanted.with_suffix(".zip"), wanted.with_suffix(".refused")
    wanted.touch()
    try:
        _wait(lambda: not wanted.exists(), patience, folder)
        _wait(lambda: answer.exists() or refusal.exists(), _UNTIL_DONE, folder)
        if refusal.exists():
            raise BackupNotAnswered(folder / DATABASE, refusal.read_text(encoding="utf-8"))
        yield answer
    finally:
        for file in (wanted, answer, refusal):
            file.unlink(missing_ok=True)


def answer_requests(folder: Path, database: Callable[[], Database]) -> None:
    """Answers the requests that lie in ``folder``."""
    for wanted in folder.glob(_WANTED):
        try:
            wanted.unlink()
            write_backup(database(), wanted.with_suffix(".zip"))
        except (RegistryError, Failure, OSError) as error:
            _log.warning("a backup was asked for and not made: %r", error)
            with suppress(RegistryError):
                _refuse(wanted, in_swedish(error))


def answer_until(stopping: threading.Event, folder: Path, database: Callable[[], Database]) -> None:
    """Looks for requests each second until ``stopping`` is set."""
    while not stopping.wait(_BETWEEN_ANSWERS):
        answer_requests(folder, database)


def _refuse(wanted: Path, words: str) -> None:
    replace_file(wanted.with_suffix(".refused"), lambda path: path.write_text(words, encoding="utf-8"))


def _wait(is_so: Callable[[], bool], seconds: float, folder: Path) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise BackupNotAnswered(folder / DATABASE, f"inget svar på {seconds:.0f} sekunder")
        time.sleep(_BETWEEN_LOOKS)
