"""Putting a backup in the registry's place, with nothing lost and nothing erased brought back."""

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from registry import erasing
from registry.backups.backup import PRIVATE, Manifest, read_manifest, rebuild
from registry.database import DATABASE, Cursor, Failure
from registry.editing import proposal_rows
from registry.errors import BackupDamaged, HomeNotEmpty, StoreDamaged
from registry.files import replace_file
from registry.inbox.reported_needs import delete_need
from registry.store import InitiativeStore


@dataclass(frozen=True)
class Restored:
    """What was restored, where the earlier database lies now, and what was erased once more.

    ``log_read`` is False where the earlier database was damaged: whatever was erased after the backup is back.
    """

    manifest: Manifest
    aside: Path | None
    erased_again: int
    log_read: bool


def restore(path: Path, folder: Path, *, replace: bool = False) -> Restored:
    """Makes the backup the registry in ``folder``; nobody may have it open.

    With ``replace`` an earlier database is copied aside first, and what its log says was erased since the backup
    is erased from the restored one too.

    Raises:
        BackupDamaged: the file is not a whole backup of a registry; nothing is changed.
        HomeNotEmpty: there is a database, and ``replace`` is not said.
        StoreBusy: a process has the database open.
        StorageUnwritable: the folder cannot be written, or is full.
    """
    read_manifest(path)
    current = folder / DATABASE
    if current.exists() and not replace:
        raise HomeNotEmpty(current)
    folder.mkdir(parents=True, exist_ok=True)
    log = _erasure_log(folder) if current.exists() else []
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=folder) as building:
        manifest = rebuild(path, Path(building))
        erased = _made_ready(path, Path(building), log or [])
        aside = _copied_aside(folder) if current.exists() else None
        _log_of(current).unlink(
            missing_ok=True
        )  # it belongs to the earlier file, and would be played back into this one
        replace_file(current, Path(building, DATABASE).replace)
    with InitiativeStore(folder) as store:
        store.publish()
    return Restored(manifest, aside, erased, log_read=log is not None)


def _erasure_log(folder: Path) -> list[erasing.Erasure] | None:
    """What has been erased here; None where the database cannot be read."""
    try:
        with InitiativeStore(folder) as store:
            return store.erasures()
    except (StoreDamaged, Failure):
        return None


def _made_ready(path: Path, folder: Path, log: list[erasing.Erasure]) -> int:
    """Sees that the new database holds a registry, and erases what was erased after the backup; how many those are."""
    try:
        with InitiativeStore(folder) as store:
            store.all()
            known = set(store.erasures())
            later = [erasure for erasure in log if erasure not in known]
            with store.database.transaction() as cursor:
                for erasure in later:
                    _erase_again(cursor, erasure)
            if later:
                store.database.rewrite()
            return len(later)
    except (Failure, ValidationError) as error:
        raise BackupDamaged(path, "innehållet är inte ett register") from error


def _erase_again(cursor: Cursor, erasure: erasing.Erasure) -> None:
    cursor.execute(
        "INSERT INTO erasure VALUES (?, ?, ?, ?, ?)",
        [erasure.kind, erasure.id, erasure.at, erasure.by, erasure.reason],
    )
    if erasure.kind == erasing.RECORD:
        erasing.erase_record_rows(cursor, erasure.id)
    elif erasure.kind == erasing.PROPOSAL:
        proposal_rows.delete(cursor, erasure.id)
    elif erasure.kind == erasing.NEED:
        delete_need(cursor, erasure.id)


def _copied_aside(folder: Path) -> Path:
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    current, aside = folder / DATABASE, folder / f"ersatt-{now}-{DATABASE}"
    for old, new in ((_log_of(current), _log_of(aside)), (current, aside)):
        if old.exists():
            replace_file(new, partial(shutil.copyfile, old), mode=PRIVATE)
    return aside


def _log_of(database: Path) -> Path:
    """DuckDB's log of what has not reached the file yet."""
    return database.with_name(f"{database.name}.wal")
