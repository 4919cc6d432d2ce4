"""Files are replaced whole or not at all."""

from pathlib import Path

import pytest

from registry.errors import StorageUnwritable
from registry.files import replace_file, slug, sweep_temporary_files


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """If writing breaks half-way, the old file is there and nothing else."""
    target = tmp_path / "fil.txt"
    target.write_text("gammal")

    def fail(path: Path) -> None:
        path.write_text("halv")
        raise RuntimeError("avbrott")

    with pytest.raises(RuntimeError):
        replace_file(target, fail)
    assert target.read_text() == "gammal"
    assert list(tmp_path.iterdir()) == [target]


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    """A second process, run by somebody else, can read the file."""
    replace_file(tmp_path / "fil.txt", lambda path: path.write_text("ny"))
    assert (tmp_path / "fil.txt").stat().st_mode & 0o044 == 0o044


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The folder is named, not the temporary file."""
    (tmp_path / "i vägen").write_text("")
    with pytest.raises(StorageUnwritable) as failure:
        replace_file(tmp_path / "i vägen" / "fil.txt", lambda path: path.write_text("ny"))
    assert failure.value.path == tmp_path / "i vägen"


def test_strays_are_swept(tmp_path: Path) -> None:
    """What a power cut left behind is removed; other files stay."""
    (tmp_path / ".spridbart-abc").write_text("halv")
    (tmp_path / "annan.txt").write_text("hel")
    sweep_temporary_files(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["annan.txt"]


def test_slug_is_safe_in_a_path() -> None:
    """A model's name, or a path, becomes part of a file's name."""
    assert slug("intfloat/multilingual-e5-small") == "intfloat-multilingual-e5-small"
    assert slug("../../etc/passwd") == "etc-passwd"
