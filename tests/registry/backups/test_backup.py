"""A backup holds everything, is proved, can be taken while the registry is in use, and is refused when it is not whole."""

import datetime as dt
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.__main__ import main
from registry.backups.backup import prove, read_manifest, rebuild, write_backup
from registry.backups.commands import make_backup
from registry.backups.requests import asked_for
from registry.backups.restoring import restore
from registry.database import DATABASE, Database
from registry.editing.proposals import ProposalStore
from registry.errors import (
    BackupDamaged,
    BackupNotAnswered,
    BackupUnprovable,
    HomeNotEmpty,
    RecordNotFound,
    StoreBusy,
)
from registry.inbox.reported_needs import NeedStore, ReportedNeed
from registry.inbox.sent_in import Visit
from registry.places import Places
from registry.store import InitiativeStore
from registry.vocabulary import Vocabulary
from tests.conftest import make_initiative

ROOT = Path(__file__).parent.parent.parent.parent
ROWS = st.lists(
    st.tuples(
        st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.booleans(),
        st.none() | st.floats(allow_nan=False),
        st.none() | st.datetimes(dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)),
        st.none() | st.dates(dt.date(1, 1, 1)),
        st.none() | st.lists(st.none() | st.text("abå',]\"", max_size=3), max_size=3),
        st.none() | st.binary(max_size=5),
    ),
    max_size=8,
)
HOLDER = """
import sys, threading
from pathlib import Path
from registry.backups.requests import answer_until
from registry.inbox.sent_in import Visit
from registry.store import InitiativeStore
from registry.vocabulary import Vocabulary
from tests.conftest import make_initiative

folder = Path(sys.argv[1])
store = InitiativeStore(folder)
record = store.add(make_initiative(), by="A", reason="ny")
stopping = threading.Event()
if sys.argv[2] == "answering":
    threading.Thread(target=answer_until, args=[stopping, folder, lambda: store.database]).start()
print("ready", flush=True)
if sys.argv[2] == "answering":
    threading.Thread(target=lambda: (sys.stdin.read(), stopping.set()), daemon=True).start()
    while not stopping.is_set():
        record = store.save(record, seen_revision=record.revision, by="A", reason="ändrat")
else:
    sys.stdin.read()
"""


def tables(database: Database) -> dict[str, list[Any]]:
    """Everything in the database: by table its columns and its rows."""
    with database.cursor() as cursor:
        names = [name for (name,) in cursor.execute("SELECT table_name FROM information_schema.tables").fetchall()]
        return {
            name: [
                cursor.execute(f'DESCRIBE "{name}"').fetchall(),
                cursor.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall(),  # noqa: S608 - the tests' own tables
            ]
            for name in names
        }


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup of a registry with one record in two revisions."""
    with InitiativeStore(tmp_path / "källa") as store:
        record = store.add(make_initiative(), by="A", reason="ny")
        store.save(record, seen_revision=1, by="B", reason="ändrat")
        write_backup(store.database, tmp_path / "kopia.zip")
    return tmp_path / "kopia.zip"


@contextmanager
def held(folder: Path, how: str) -> Iterator[None]:
    """Another process holds the database in ``folder``; "answering" it also writes all the time."""
    command = [sys.executable, "-c", HOLDER, str(folder), how]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == "ready\n"
        try:
            yield
        finally:
            holder.stdin.close()
            assert holder.wait(timeout=30) == 0


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_backup_then_restore_gives_the_same_tables(rows: list[tuple[Any, ...]]) -> None:
    """Whatever the tables are called and hold: same columns, same rows, equal rows as often."""
    with TemporaryDirectory() as folder:
        source = Database()
        with source.transaction() as cursor:
            cursor.execute(
                "CREATE TABLE annan_tabell (t VARCHAR, n BIGINT, b BOOLEAN, f DOUBLE, w TIMESTAMP, d DATE, l VARCHAR[], x BLOB)"
            )
            cursor.execute("CREATE TABLE tom (whole_row VARCHAR NOT NULL)")
            for row in rows:
                cursor.execute("INSERT INTO annan_tabell VALUES (?, ?, ?, ?, ?, ?, ?, ?)", list(row))
        path = Path(folder, "kopia.zip")
        write_backup(source, path)
        assert prove(path).rows == len(rows)
        rebuild(path, Path(folder, "ny"))
        restored = Database(Path(folder, "ny"))
        assert tables(restored) == tables(source)
        restored.close()
        source.close()


def test_a_column_that_cannot_be_kept_is_refused_at_once(tmp_path: Path) -> None:
    """A backup that could not be restored is never written."""
    database = Database()
    with database.transaction() as cursor:
        cursor.execute("CREATE TABLE ny (inne STRUCT(a INTEGER))")
    with pytest.raises(BackupUnprovable) as failure:
        write_backup(database, tmp_path / "kopia.zip")
    assert failure.value.table == "ny"
    assert list(tmp_path.iterdir()) == []
    database.close()


def test_a_backup_is_taken_while_another_process_writes(tmp_path: Path) -> None:
    """It shows one moment: the current row is the latest revision, and none is missing."""
    home = tmp_path / "hem"
    with held(home, "answering"):
        with pytest.raises(StoreBusy):
            Database(home)
        make_backup(home, tmp_path / "1.zip")
        make_backup(home, tmp_path / "2.zip")
        assert not list(home.glob(".spridbart-backup-*"))
    seen = []
    for name in ("1", "2"):
        restore(tmp_path / f"{name}.zip", tmp_path / name)
        with InitiativeStore(tmp_path / name) as store:
            numbers = [revision.record.revision for revision in store.revisions("odling-for-alla")]
            assert numbers == list(range(store.get("odling-for-alla").revision, 0, -1))
            seen.append(numbers[0])
    assert seen[0] < seen[1]


def test_a_process_that_gives_no_answer_is_named(tmp_path: Path) -> None:
    """A request that nobody takes up ends in an error, and leaves nothing behind."""
    with (
        held(tmp_path, "silent"),
        pytest.raises(BackupNotAnswered),
        asked_for(tmp_path, patience=0.2),
    ):
        pass
    assert not list(tmp_path.glob(".spridbart-backup-*"))


def rezip(path: Path, change: Callable[[dict[str, bytes]], object], compression: int = zipfile.ZIP_STORED) -> None:
    """Writes the backup anew with its members changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def told(members: dict[str, bytes], change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()


def first_table(**changes: Any) -> Callable[[dict[str, bytes]], object]:
    return lambda members: told(members, lambda manifest: manifest["tables"][0].update(changes))


SQL = 'x" AS SELECT 1; DROP TABLE revision; --'
DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "foreign": lambda path: path.write_text("inte en zip"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-2000]),
    "a bit turned": lambda path: path.write_bytes(
        path.read_bytes().replace(b"PAR1", b"PAR2", 1),
    ),
    "no manifest": lambda path: rezip(path, lambda members: members.pop("manifest.json")),
    "another zip": lambda path: rezip(path, lambda members: (members.clear(), members.update({"a.txt": b""}))),
    "a way out": lambda path: rezip(path, lambda members: members.update({"../../ute.parquet": b"x"})),
    "compressed": lambda path: rezip(path, lambda members: None, zipfile.ZIP_DEFLATED),
    "a table missing": lambda path: rezip(path, lambda members: members.pop("revision.parquet")),
    "SQL for a table": lambda path: rezip(path, first_table(name=SQL)),
    "SQL for a type": lambda path: rezip(path, first_table(columns=[{"name": "a", "type": SQL, "nullable": True}])),
    "another row count": lambda path: rezip(path, first_table(rows=7)),
    "another content": lambda path: rezip(path, first_table(content="7")),
    "another format": lambda path: rezip(
        path, lambda members: told(members, lambda manifest: manifest.update(version=2))
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_is_not_a_whole_backup_is_refused(backup: Path, tmp_path: Path, damage: str) -> None:
    """Damaged, foreign and hostile files are one named error, and nothing is written anywhere."""
    DAMAGE[damage](backup)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupDamaged):
        prove(backup)
    if damage != "another content":  # what the source had is compared when the backup is made
        with pytest.raises(BackupDamaged):
            restore(backup, tmp_path / "mål")
        assert not (tmp_path / "mål" / DATABASE).exists()
    assert [path for path in sorted(tmp_path.rglob("*")) if path not in before] in ([], [tmp_path / "mål"])


def test_another_database_is_not_a_registry(tmp_path: Path) -> None:
    """A sound backup of something else is refused, and the database that is there stays."""
    other = Database()
    with other.transaction() as cursor:
        cursor.execute("CREATE TABLE initiative (annat INTEGER)")
    write_backup(other, tmp_path / "kopia.zip")
    other.close()
    with InitiativeStore(tmp_path / "hem") as store:
        store.add(make_initiative(), by="A", reason="ny")
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "kopia.zip", tmp_path / "hem", replace=True)
    with InitiativeStore(tmp_path / "hem") as store:
        assert store.get("odling-for-alla")


def test_a_database_is_replaced_only_when_said_and_then_kept(backup: Path, home: Path) -> None:
    """Without --ersatt nothing happens; with it the earlier database lies beside, whole."""
    with InitiativeStore(home) as store:
        store.add(make_initiative(id="nyare"), by="A", reason="ny")
    with pytest.raises(HomeNotEmpty):
        restore(backup, home)
    done = restore(backup, home, replace=True)
    with InitiativeStore(home) as store:
        assert [record.id for record in store.all()] == ["odling-for-alla"]
    assert done.aside
    done.aside.rename(home / DATABASE)
    with InitiativeStore(home) as store:
        assert [record.id for record in store.all()] == ["nyare"]


def test_what_was_erased_since_is_erased_again(backup: Path, tmp_path: Path) -> None:
    """An older backup does not bring back what somebody had the right to have erased; the log says so too."""
    source = tmp_path / "källa"
    with InitiativeStore(source) as store:
        store.erase("odling-for-alla", by="Anna", reason="begäran")
        log = store.erasures()
    assert restore(backup, source, replace=True).erased_again == 1
    with InitiativeStore(source) as store:
        with pytest.raises(RecordNotFound):
            store.get("odling-for-alla")
        assert store.revisions("odling-for-alla") == []
        assert store.erasures() == log
    assert b"Deltagarna odlar" not in (source / DATABASE).read_bytes()


def test_a_damaged_database_can_be_replaced(backup: Path, home: Path) -> None:
    """That is when a backup is needed most; the reader is told that the log of erasures could not be read."""
    home.mkdir()
    (home / DATABASE).write_bytes(b"junk" * 5000)
    done = restore(backup, home, replace=True)
    assert not done.log_read
    assert done.aside
    assert done.aside.read_bytes() == b"junk" * 5000
    with InitiativeStore(home) as store:
        assert store.get("odling-for-alla").revision == 2


def test_the_commands(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nightly: a private file, the newest kept, exit status; and the way back."""
    folder = tmp_path / "kopior"
    assert main(["backup", str(folder)]) == 1
    with InitiativeStore(home) as store:
        store.add(make_initiative(), by="A", reason="ny")
    folder.mkdir()
    for name in ("spridbart-20200101T000000Z.zip", "spridbart-20210101T000000Z.zip", "annat.zip"):
        (folder / name).touch()
    assert main(["backup", str(folder), "--behall", "2"]) == 0
    left = sorted(path.name for path in folder.iterdir())
    assert left[:2] == ["annat.zip", "spridbart-20210101T000000Z.zip"]
    newest = folder / left[2]
    assert newest.stat().st_mode & 0o077 == 0
    assert read_manifest(newest).rows == 2
    assert main(["restore", str(newest)]) == 1
    assert "--ersatt" in capsys.readouterr().err
    assert main(["restore", "--ersatt", str(newest)]) == 0
    assert "är återställt till" in capsys.readouterr().out
    assert main(["restore", "--ersatt", str(tmp_path / "finns-inte.zip")]) == 1
    with pytest.raises(SystemExit) as wrong:
        main(["backup", "--behall", "0"])
    assert wrong.value.code == 2


def test_an_erased_need_does_not_come_back_either(home: Path, vocabulary: Vocabulary, places: Places) -> None:
    """A need that somebody had put personal data in stays away."""
    with InitiativeStore(home) as store:
        needs = NeedStore(store, vocabulary, places)
        id = needs.report(ReportedNeed("Unga som ingen når", ("uvas",), (), ()), visit=Visit("behov", 1)).id
        write_backup(store.database, home / "kopia.zip")
        needs.erase(id, by="Bo")
    assert restore(home / "kopia.zip", home, replace=True).erased_again == 1
    with InitiativeStore(home) as store:
        assert NeedStore(store, vocabulary, places).all() == []


def test_an_erased_proposal_does_not_come_back_either(home: Path, vocabulary: Vocabulary, places: Places) -> None:
    """Proposals are erased by themselves, with their events."""
    with InitiativeStore(home) as store:
        proposals = ProposalStore(store, vocabulary, places)
        erased = proposals.create({"name": "Känsligt"}, by="Anna").id
        kept = proposals.create({"name": "Annat"}, by="Anna").id
        write_backup(store.database, home / "kopia.zip")
        proposals.erase(erased, by="Bo", reason="begäran")
    assert restore(home / "kopia.zip", home, replace=True).erased_again == 1
    with InitiativeStore(home) as store:
        proposals = ProposalStore(store, vocabulary, places)
        assert [proposal.id for proposal in proposals.all()] == [kept]
        assert proposals.events(erased) == []
