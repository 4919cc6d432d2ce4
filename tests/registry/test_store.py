"""The database: nothing is lost, and nobody overwrites somebody else."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from registry.catalogue import read_parquet
from registry.database import DATABASE
from registry.errors import EditConflict, RecordExists, RecordNotFound, StorageUnwritable, StoreBusy, StoreDamaged
from registry.initiative import Initiative
from registry.store import PUBLISHED, InitiativeStore
from registry.values import Status
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


class Editors(RuleBasedStateMachine):
    """Any sequence of adds, saves and stale saves keeps every revision ever accepted."""

    def __init__(self) -> None:
        super().__init__()
        self.store = InitiativeStore()
        self.accepted: dict[str, list[Initiative]] = {}

    @rule(id=st.sampled_from("abc"), name=st.text("åäö xyz", min_size=1).filter(str.strip))
    def save_fresh(self, id: str, name: str) -> None:
        if id not in self.accepted:
            self.accepted[id] = [self.store.add(make_initiative(id=id, name=name), by="x", reason="ny")]
            return
        seen = self.accepted[id][-1]
        changed = seen.model_copy(update={"name": name.strip()})
        self.accepted[id].append(self.store.save(changed, seen_revision=seen.revision, by="x", reason="y"))

    @rule(id=st.sampled_from("abc"))
    def save_stale(self, id: str) -> None:
        if len(self.accepted.get(id, [])) > 1:
            with pytest.raises(EditConflict):
                self.store.save(self.accepted[id][0], seen_revision=1, by="x", reason="y")

    @invariant()
    def nothing_is_lost(self) -> None:
        for id, accepted in self.accepted.items():
            assert [r.record for r in self.store.revisions(id)] == accepted[::-1]
            assert self.store.get(id) == accepted[-1]

    def teardown(self) -> None:
        self.store.close()


TestEditors = Editors.TestCase
TestEditors.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
