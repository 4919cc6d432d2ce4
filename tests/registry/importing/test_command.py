"""python -m registry import: the same import from the command line."""

from pathlib import Path

import pytest

from registry.__main__ import main
from registry.editing.proposals import ProposalStore
from registry.places import load_places
from registry.store import InitiativeStore
from registry.vocabulary import load_vocabulary
from tests.registry.importing.conftest import ESF_HEADER, ESF_ROW, as_file

WRONG = ("23-018-S01", *ESF_ROW[1:5], "mycket", *ESF_ROW[6:])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "projekt.csv"
    path.write_bytes(as_file(ESF_HEADER, ESF_ROW))
    return path


def authors(home: Path) -> list[str]:
    with InitiativeStore(home) as store:
        return [proposal.author for proposal in ProposalStore(store, load_vocabulary(), load_places()).all()]


def test_a_file_becomes_proposals_once(file: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A preview writes nothing, an import makes proposals, a second import none."""
    assert main(["import", str(file), "--preview"]) == 0
    assert authors(home) == []
    assert main(["import", str(file), "--by", "Eva"]) == 0
    assert "1 förslag skapade" in capsys.readouterr().out
    assert main(["import", str(file)]) == 0
    assert "0 förslag skapade" in capsys.readouterr().out
    assert authors(home) == ["Eva"]


def test_errors_stop_the_file_unless_partly(
    file: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1 and the place of the error; with --delvis the other rows, and the errors in a file."""
    file.write_bytes(as_file(ESF_HEADER, ESF_ROW, WRONG))
    assert main(["import", str(file)]) == 1
    assert "rad 3, Total projektbudget / Total budget SEK" in capsys.readouterr().err
    assert authors(home) == []
    assert main(["import", str(file), "--delvis", "--fel", str(tmp_path / "fel.csv")]) == 0
    assert "mycket" in (tmp_path / "fel.csv").read_text(encoding="utf-8-sig")
    assert authors(home) == ["kommandoraden"]


def test_what_cannot_be_done_is_said(file: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No such file: 1. No file named: 2."""
    assert main(["import", str(file.with_name("finns-inte.csv"))]) == 1
    assert "går inte att öppna" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["import"])
    assert ended.value.code == 2
    assert not (home / "spridbart.duckdb").exists()
