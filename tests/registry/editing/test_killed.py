"""The process is killed in the middle of an approval, before each of its statements in turn: all of it is kept, or nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

from registry.catalogue import read_parquet
from registry.editing.proposals import ProposalStore
from registry.places import load_places
from registry.store import PUBLISHED, InitiativeStore
from registry.values import Status
from registry.vocabulary import load_vocabulary
from tests.conftest import make_initiative
from tests.registry.editing.test_proposals import NEW

APPROVE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from registry.editing.proposals import ProposalStore
from registry.places import load_places
from registry.store import InitiativeStore
from registry.vocabulary import load_vocabulary
STATEMENTS = ("begin", "execute", "executemany", "commit")
folder, id, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
proposals = ProposalStore(InitiativeStore(folder), load_vocabulary(), load_places())

def count_down(frame, event, called):
    global left
    if event == "c_call" and (called is os.replace or getattr(called, "__name__", "") in STATEMENTS):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.setprofile(count_down)
proposals.approve(id, seen_version=1, by="Mo", reason="Bra")
sys.setprofile(None)
print("whole", flush=True)
"""
LEAST_STATEMENTS = 8


def in_review(folder: Path) -> str:
    """A home with one record and one proposal in review; gives the proposal's id."""
    with InitiativeStore(folder) as store:
        store.merge_catalogue([make_initiative(id="a")])
        proposals = ProposalStore(store, load_vocabulary(), load_places())
        draft = proposals.create(NEW, by="Bo")
        return proposals.submit(draft.id, seen_version=draft.version, by="Bo").id


def test_a_kill_before_any_statement_of_an_approval_keeps_all_of_it_or_nothing(tmp_path: Path) -> None:
    """Record, revision, the proposal's end and, after the next start, the published file agree."""
    before = tmp_path / "before"
    id = in_review(before)
    outcomes = []
    for statement in range(1, 100):
        home = shutil.copytree(before, tmp_path / str(statement))
        command = [sys.executable, "-c", APPROVE_AND_DIE, str(home), id, str(statement)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        outcomes.append(_outcome(home, id))
        if ended.stdout.strip() == "whole":
            break
        assert ended.returncode == -9, ended.stderr
    assert len(outcomes) > LEAST_STATEMENTS
    assert outcomes == sorted(outcomes)  # nothing of it before the commit, all of it after
    assert (outcomes[0], outcomes[-1]) == (False, True)


def _outcome(home: Path, id: str) -> bool:
    """Whether the approval is there after the next start, as a whole."""
    with InitiativeStore(home) as store:
        store.merge_catalogue([make_initiative(id="a")])
        done = ProposalStore(store, load_vocabulary(), load_places()).get(id).status is Status.PUBLISHED
        ids = {record.id for record in store.all()}
        assert ("grona-dagar" in ids) is done
        assert len(store.revisions("grona-dagar") if done else ()) == done
        assert {record.id for record in read_parquet(home / PUBLISHED)} == ids
    return done
