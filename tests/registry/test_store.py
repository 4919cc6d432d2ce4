"""The database: nothing is lost, and nobody overwrites somebody else."""

import datetime as dt
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from registry.catalogue import read_parquet
from registry.database import DATABASE
from registry.errors import (
    EditConflict,
    NotInThisState,
    ReasonMissing,
    RecordExists,
    RecordNotFound,
    RevisionNotFound,
    StorageUnwritable,
    StoreBusy,
    StoreDamaged,
)
from registry.inbox.feedback import Feedback, FeedbackStore
from registry.store import PUBLISHED, InitiativeStore
from registry.values import Status
from registry.vocabulary import Vocabulary
from tests.conftest import make_initiative


@pytest.fixture
def store() -> Iterator[InitiativeStore]:
    with InitiativeStore() as opened:
        yield opened


def test_what_is_added_can_be_read(store: InitiativeStore) -> None:
    """A new record is there, as revision 1, with who and why."""
    saved = store.add(make_initiative(), by="redaktör", reason="Nytt tips")
    assert store.get(saved.id) == saved
    [revision] = store.revisions(saved.id)
    assert (revision.record, revision.saved_by, revision.reason) == (saved, "redaktör", "Nytt tips")


def test_saving_makes_a_new_revision(store: InitiativeStore) -> None:
    """The old revision stays as it was."""
    first = store.add(make_initiative(), by="a", reason="ny")
    second = store.save(first.model_copy(update={"name": "Odling"}), seen_revision=1, by="b", reason="namn")
    assert second.revision == 2
    assert [r.record for r in store.revisions(first.id)] == [second, first]


def test_a_stale_save_is_refused_and_changes_nothing(store: InitiativeStore) -> None:
    """Two editors on one record: the second is told, and nothing is overwritten."""
    first = store.add(make_initiative(), by="a", reason="ny")
    theirs = store.save(first.model_copy(update={"name": "Deras"}), seen_revision=1, by="b", reason="x")
    with pytest.raises(EditConflict) as conflict:
        store.save(first.model_copy(update={"name": "Mitt"}), seen_revision=1, by="c", reason="y")
    assert (conflict.value.seen_revision, conflict.value.current_revision) == (1, 2)
    assert store.get(first.id) == theirs
    assert len(store.revisions(first.id)) == 2


def test_unknown_and_taken_ids_are_refused(store: InitiativeStore) -> None:
    """An id is found or named as missing; it is given once."""
    with pytest.raises(RecordNotFound):
        store.get("saknas")
    with pytest.raises(RecordNotFound):
        store.save(make_initiative(), seen_revision=1, by="a", reason="x")
    store.add(make_initiative(), by="a", reason="ny")
    with pytest.raises(RecordExists):
        store.add(make_initiative(), by="a", reason="igen")


def test_an_invalid_record_is_never_saved(store: InitiativeStore) -> None:
    """A copy that breaks a rule is refused at the door, and the old one stays."""
    first = store.add(make_initiative(), by="a", reason="ny")
    with pytest.raises(ValueError, match="owner"):
        store.save(first.model_copy(update={"owner": "Påstådd"}), seen_revision=1, by="a", reason="x")
    assert store.get(first.id) == first


def test_newer_catalogue_updates_only_what_nobody_edited(store: InitiativeStore) -> None:
    """New records are added, untouched ones updated, edited ones kept and named."""
    untouched, edited = make_initiative(id="a"), make_initiative(id="b")
    assert store.merge_catalogue([untouched, edited]).added == ("a", "b")
    mine = store.save(store.get("b").model_copy(update={"name": "Vår"}), seen_revision=1, by="x", reason="y")
    newer = [make_initiative(id=id, summary="Nyare text.") for id in "abc"]
    merge = store.merge_catalogue(newer)
    assert (merge.added, merge.updated, merge.kept) == (("c",), ("a",), ("b",))
    assert store.get("a").summary == "Nyare text."
    assert store.get("a").revision == 2
    assert store.get("b") == mine
    assert store.merge_catalogue(newer).updated == ()


def test_published_records_are_there_for_readers_beside_the_app(tmp_path: Path) -> None:
    """Each change writes the published records, and only those, to a file of their own."""
    with InitiativeStore(tmp_path) as store:
        store.add(make_initiative(id="klar"), by="a", reason="x")
        store.add(make_initiative(id="utkast", status=Status.DRAFT), by="a", reason="x")
        assert [record.id for record in read_parquet(tmp_path / PUBLISHED)] == ["klar"]
        assert [record.id for record in store.all(Status.PUBLISHED)] == ["klar"]
        assert [record.id for record in store.all()] == ["klar", "utkast"]


def test_survives_a_restart(tmp_path: Path) -> None:
    """What was saved is there when the file is opened again, also its history."""
    with InitiativeStore(tmp_path) as store:
        store.add(make_initiative(), by="a", reason="x")
    with InitiativeStore(tmp_path) as store:
        assert store.revisions("odling-for-alla")


def test_threads_read_their_own_results() -> None:
    """Many threads at once each get the record they asked for."""
    with InitiativeStore() as store:
        for number in range(8):
            store.add(make_initiative(id=f"post-{number}"), by="a", reason="x")
        wrong: list[str] = []

        def read(id: str) -> None:
            wrong.extend(id for _ in range(25) if store.get(id).id != id)

        threads = [threading.Thread(target=read, args=(f"post-{n % 8}",)) for n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_second_process_is_told_who_holds_the_file(tmp_path: Path) -> None:
    """Another process gets the file and the holder, not a stack of calls."""
    code = (
        "import sys; from pathlib import Path; from registry.store import InitiativeStore\n"
        "store = InitiativeStore(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreBusy) as busy:
            InitiativeStore(tmp_path)
        assert str(other.pid) in busy.value.holder
    finally:
        other.communicate()


def test_damaged_file_is_named(tmp_path: Path) -> None:
    """A file that is no database is said to be damaged, and left as it is."""
    (tmp_path / DATABASE).write_bytes(b"not a database" * 500)
    with pytest.raises(StoreDamaged):
        InitiativeStore(tmp_path)
    assert (tmp_path / DATABASE).read_bytes().startswith(b"not a database")


def test_unwritable_folder_is_named(tmp_path: Path) -> None:
    """A folder that cannot be made is named."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnwritable):
        InitiativeStore(tmp_path / "file" / "home")


def test_the_history_names_the_person_and_the_record_does_not(store: InitiativeStore) -> None:
    """Who saved it stands in the revision alone; the public record says the editors."""
    saved = store.add(make_initiative(), by="Mo Ek", reason="ny")
    assert saved.updated_by == "redaktionen"
    assert store.revisions(saved.id)[0].saved_by == "Mo Ek"


def test_archived_is_not_deleted(store: InitiativeStore) -> None:
    """An archived record leaves the readers, keeps its history, and is archived once."""
    store.add(make_initiative(), by="a", reason="ny")
    archived = store.archive("odling-for-alla", seen_revision=1, by="b", reason="upphört")
    assert (archived.status, archived.revision) == (Status.ARCHIVED, 2)
    assert store.all(Status.PUBLISHED) == []
    assert [revision.reason for revision in store.revisions(archived.id)] == ["upphört", "ny"]
    with pytest.raises(NotInThisState):
        store.archive(archived.id, seen_revision=2, by="b", reason="igen")


def test_restoring_is_a_new_revision(store: InitiativeStore) -> None:
    """What was then is published anew; everything in between stays in the history."""
    first = store.add(make_initiative(), by="a", reason="ny")
    store.save(first.model_copy(update={"name": "Fel"}), seen_revision=1, by="b", reason="x")
    store.archive(first.id, seen_revision=2, by="b", reason="y")
    restored = store.restore(first.id, 1, seen_revision=3, by="c", reason="rätt namn")
    assert (restored.name, restored.status, restored.revision) == (first.name, Status.PUBLISHED, 4)
    assert [saved.record.revision for saved in store.revisions(first.id)] == [4, 3, 2, 1]


def test_restoring_what_is_not_there_is_named(store: InitiativeStore) -> None:
    """A record or revision that never was, and one seen too early, are told apart."""
    with pytest.raises(RecordNotFound):
        store.restore("saknas", 1, seen_revision=1, by="a", reason="x")
    first = store.add(make_initiative(), by="a", reason="ny")
    with pytest.raises(RevisionNotFound):
        store.restore(first.id, 7, seen_revision=1, by="a", reason="x")
    store.save(first, seen_revision=1, by="a", reason="x")
    with pytest.raises(EditConflict):
        store.restore(first.id, 1, seen_revision=1, by="a", reason="x")


def test_erased_is_gone_and_logged(store: InitiativeStore, vocabulary: Vocabulary) -> None:
    """Nothing is left of the record but the log's row; others are untouched."""
    answers = FeedbackStore(store, vocabulary)
    for id in ("bort", "kvar"):
        store.add(make_initiative(id=id), by="a", reason="ny")
        answers.add(Feedback(id, (), fits=True, strength="god", day=dt.date(2026, 11, 22)))
    store.erase("bort", by="Ada", reason="begäran enligt GDPR")
    with pytest.raises(RecordNotFound):
        store.get("bort")
    assert store.revisions("bort") == []
    assert [answer.initiative_id for answer in answers.all()] == ["kvar"]
    assert store.get("kvar")
    [logged] = store.erasures()
    assert (logged.kind, logged.id, logged.by, logged.reason) == ("initiativ", "bort", "Ada", "begäran enligt GDPR")
    with pytest.raises(RecordNotFound):
        store.erase("bort", by="Ada", reason="igen")


def test_erasing_needs_a_reason(store: InitiativeStore) -> None:
    """Without one nothing is erased."""
    store.add(make_initiative(), by="a", reason="ny")
    with pytest.raises(ReasonMissing):
        store.erase("odling-for-alla", by="Ada", reason=" ")
    assert store.get("odling-for-alla")


def test_the_shipped_catalogue_does_not_bring_back_the_erased(store: InitiativeStore) -> None:
    """Neither the same file nor a newer one."""
    store.merge_catalogue([make_initiative(id="a"), make_initiative(id="b")])
    store.erase("a", by="Ada", reason="begäran")
    merge = store.merge_catalogue([make_initiative(id="a", summary="Nyare."), make_initiative(id="b")])
    assert (merge.added, merge.updated, merge.kept) == ((), (), ())
    assert [record.id for record in store.all()] == ["b"]


def test_the_shipped_catalogue_does_not_bring_back_the_archived(store: InitiativeStore) -> None:
    """A record archived here stays archived."""
    store.merge_catalogue([make_initiative()])
    store.archive("odling-for-alla", seen_revision=1, by="a", reason="upphört")
    assert store.merge_catalogue([make_initiative(summary="Nyare.")]).kept == ("odling-for-alla",)
    assert store.all(Status.PUBLISHED) == []


def test_erased_text_is_in_no_file(tmp_path: Path) -> None:
    """Neither the database, its log nor the published file holds the words any more."""
    words = "Hemligheten om åkern, ängen och ön i Vindelälven"
    with InitiativeStore(tmp_path) as store:
        with store.database.cursor() as cursor:
            cursor.execute("PRAGMA force_compression = 'uncompressed'")  # else the test could not see the words
        for number in range(30):
            store.add(make_initiative(id=f"post-{number}"), by="a", reason="ny")
        store.add(make_initiative(id="bort", description=words), by="a", reason="ny")
        assert holding(tmp_path, words)
        store.erase("bort", by="Ada", reason="begäran")
        assert holding(tmp_path, words) == []
        store.add(make_initiative(id="efter"), by="a", reason="ny")
    assert holding(tmp_path, words) == []
    with InitiativeStore(tmp_path) as store:
        assert len(store.all()) == 31
        assert [record.id for record in read_parquet(tmp_path / PUBLISHED)] == [record.id for record in store.all()]


def holding(folder: Path, words: str) -> list[str]:
    return [path.name for path in folder.iterdir() if words.encode() in path.read_bytes()]


KILLED_BEFORE_PUBLISHING = """
import os, signal, sys
from pathlib import Path
from registry import record_rows
from registry.store import InitiativeStore
from tests.conftest import make_initiative
store = InitiativeStore(Path(sys.argv[1]))
store.merge_catalogue([make_initiative(id="a")])
with store.database.transaction() as cursor:
    record_rows.insert(cursor, make_initiative(id="b"), by="Mo", reason="ny")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_start_after_a_kill_publishes_what_was_saved(tmp_path: Path) -> None:
    """The process died between saving and publishing: the next start writes the file anew."""
    killed = subprocess.run([sys.executable, "-c", KILLED_BEFORE_PUBLISHING, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [record.id for record in read_parquet(tmp_path / PUBLISHED)] == ["a"]
    with InitiativeStore(tmp_path) as store:
        store.merge_catalogue([make_initiative(id="a")])
        assert store.revisions("b")[0].saved_by == "Mo"
        assert read_parquet(tmp_path / PUBLISHED) == store.all(Status.PUBLISHED)
        assert len(read_parquet(tmp_path / PUBLISHED)) == 2


KILLED_WHILE_SAVING = """
import itertools, sys
from pathlib import Path
from registry.store import InitiativeStore
from tests.conftest import make_initiative
store = InitiativeStore(Path(sys.argv[1]))
record = store.add(make_initiative(), by="Mo", reason="1")
for number in itertools.count(2):
    print(record.revision, flush=True)
    record = store.save(record.model_copy(update={"name": f"Namn {number}"}), seen_revision=record.revision,
                        by="Mo", reason=str(number))
"""


def test_a_kill_in_the_middle_of_saving_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    """Every revision whose saving returned is there, numbered without gaps, and the published file catches up."""
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED_WHILE_SAVING, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _ in range(5):
        child.stdout.readline()
    child.kill()
    rest = child.communicate()[0].split()
    saved = 5 + len([line for line in rest if line.isdigit()])
    with InitiativeStore(tmp_path) as store:
        store.merge_catalogue([])
        revisions = [revision.record.revision for revision in store.revisions("odling-for-alla")][::-1]
        assert revisions == list(range(1, len(revisions) + 1))
        assert len(revisions) >= saved
        assert read_parquet(tmp_path / PUBLISHED) == store.all(Status.PUBLISHED)


@pytest.mark.parametrize("content", [b"", b"PAR1 and nothing more"])
def test_a_damaged_published_file_is_written_anew(tmp_path: Path, content: bytes) -> None:
    """The next start mends what is missing or broken, also a file from before a field was added."""
    with InitiativeStore(tmp_path) as store:
        store.merge_catalogue([make_initiative()])
    (tmp_path / PUBLISHED).write_bytes(content)
    with InitiativeStore(tmp_path) as store:
        store.merge_catalogue([make_initiative()])
    assert [record.id for record in read_parquet(tmp_path / PUBLISHED)] == ["odling-for-alla"]


def test_a_published_file_from_before_a_field_was_added(tmp_path: Path) -> None:
    """It can be read as it is, and the next start writes it with all of today's columns."""
    with InitiativeStore(tmp_path) as store:
        store.merge_catalogue([make_initiative()])
    path = tmp_path / PUBLISHED
    pq.write_table(pq.read_table(path).drop_columns(["external_ids"]), path)
    assert read_parquet(path)[0].external_ids == ()
    with InitiativeStore(tmp_path) as store:
        store.merge_catalogue([make_initiative()])
    assert "external_ids" in pq.read_schema(path).names
