"""What ``python -m registry backup`` and ``restore`` do."""

import argparse
import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import Any

from registry.backups.backup import PRIVATE, Manifest, prove, write_backup
from registry.backups.requests import asked_for
from registry.backups.restoring import restore
from registry.database import DATABASE, Database
from registry.errors import StoreBusy
from registry.files import replace_file
from registry.home import home

_FILES = "spridbart-????????T??????Z.zip"


def add_backup_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    """Adds the two commands to the command line."""
    backup = commands.add_parser("backup", help="säkerhetskopiera hela databasen, också medan tjänsten går")
    backup.add_argument(
        "folder", type=Path, nargs="?", metavar="MAPP", help="mapp för kopian; annars kopior i SPRIDBART_HOME"
    )
    backup.add_argument(
        "--behall", type=_at_least_one, metavar="N", help="ta bort äldre kopior i mappen än de N nyaste"
    )
    backup.set_defaults(run=_backup)
    command = commands.add_parser("restore", help="återställ en säkerhetskopia; tjänsten får inte vara i gång")
    command.add_argument("file", type=Path, metavar="FIL", help="säkerhetskopian")
    command.add_argument("--ersatt", action="store_true", help="ersätt databasen som finns; den flyttas åt sidan")
    command.set_defaults(run=_restore)


def make_backup(folder: Path, target: Path) -> Manifest:
    """Writes the database in ``folder`` to ``target`` and proves the copy by restoring it, before it gets its name.

    Raises:
        BackupDamaged: the copy did not stand the proof; there is no file.
        BackupNotAnswered: another process holds the database and gives no backup.
        BackupUnprovable, StorageUnwritable, StoreDamaged: as they say.
    """
    made: list[Manifest] = []

    def write(path: Path) -> None:
        try:
            database = Database(folder)
        except StoreBusy:
            with asked_for(folder) as answer:
                shutil.copyfile(answer, path)
        else:
            try:
                write_backup(database, path)
            finally:
                database.close()
        made.append(prove(path))

    replace_file(target, write, mode=PRIVATE)
    return made[0]


def _backup(options: argparse.Namespace) -> int:
    if not (home() / DATABASE).is_file():
        print(f"Det finns ingen databas i {home()}. Välj mapp med SPRIDBART_HOME.", file=sys.stderr)
        return 1
    folder = options.folder or home() / "kopior"
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    target = folder / f"spridbart-{now}.zip"
    manifest = make_backup(home(), target)
    print(f"{target} är skriven och prövad: {len(manifest.tables)} tabeller, {manifest.rows} rader.")
    if options.behall:
        for old in sorted(folder.glob(_FILES))[: -options.behall]:
            old.unlink()
            print(f"{old} är borttagen.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    done = restore(options.file, home(), replace=options.ersatt)
    taken = done.manifest.taken_at.strftime("%Y-%m-%d %H:%M UTC")
    print(
        f"Registret i {home()} är återställt till {taken}: {len(done.manifest.tables)} tabeller, {done.manifest.rows} rader."
    )
    if done.aside:
        print(f"Den tidigare databasen ligger i {done.aside}. Radera den när den inte behövs.")
    if done.erased_again:
        print(f"{done.erased_again} raderingar som gjordes efter kopian är gjorda igen.")
    if not done.log_read:
        print(
            "Den tidigare databasen gick inte att läsa: raderingar efter kopian måste göras om för hand.",
            file=sys.stderr,
        )
    return 0


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("ange ett heltal som är minst 1")
    return int(text)
