"""The command line's contracts, which others build on."""

import json
from pathlib import Path

import pytest

from matching.__main__ import main
from registry.catalogue import PARQUET

DATA = PARQUET.parent


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object with what was asked, understood and found."""
    assert main(["UVAS i glesbygd", "--kommun", "Sorsele", "--limit", "3", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["query"] == "UVAS i glesbygd"
    assert answer["understood"]["municipality"] == "Sorsele"
    assert answer["no_good_match"] is False
    assert len(answer["results"]) == 3
    assert set(answer["results"][0]) >= {"id", "name", "score", "strength", "reasons"}


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json a person can read it."""
    assert main(["jobbsprånget"]) == 0
    assert capsys.readouterr().out.startswith("Jobbsprånget – passar: stark")


def test_batch_answers_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line in, a line out; a challenge that is refused is an answer too."""
    cases = tmp_path / "cases.jsonl"
    lines = [{"id": "2", "query": "kultur på recept"}, {"id": "1", "query": ""}, {"id": "3", "query": "x" * 5000}]
    cases.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert main(["--batch", str(cases)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["2", "1", "3"]
    assert set(answers[0]["results"][0]) == {"id", "name", "score", "strength"}
    assert answers[0]["results"][0]["id"] == "kultur-pa-recept"
    assert [answer["no_good_match"] for answer in answers] == [False, True, True]


def test_evaluate_prints_the_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Judged cases may name initiatives by id or by name, jointly too."""
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"id": "1", "kind": "d", "query": "jobbspranget", "relevant": {"Jobbsprånget (IVA)": 3}},
        {"id": "2", "kind": "d", "query": "unga in", "relevant": {"Youth Guarantee/Unga In": 3}},
        {"id": "3", "kind": "f", "query": "Vi behöver salta vägarna", "relevant": {}},
    ]
    cases.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert main(["evaluate", str(cases)]) == 0
    table = capsys.readouterr().out
    assert "nDCG@5" in table
    assert "overall     2" in table


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "ange antingen en utmaning eller --batch"),
        (["x", "--batch", "y"], 2, "ange antingen"),
        (["unga", "--limit", "0"], 2, "--limit"),
        (["unga", "--okänd"], 2, "fel användning"),
        ([""], 1, "inget ord att söka på"),
        (["unga", "--kommun", "Sorsle"], 1, "Menar ni Sorsele"),
        (["--batch", "finns-inte.jsonl"], 1, "går inte att läsa"),
        (["evaluate", "finns-inte.jsonl"], 1, "går inte att läsa"),
    ],
)
def test_failures_are_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, words: str
) -> None:
    """Status 2 for wrong use, 1 for failure; one Swedish line that says what to do."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    error = capsys.readouterr().err.strip()
    assert code == status
    assert words in error
    assert len(error.splitlines()) == 1


def test_unknown_model_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is not here is named, with what to do."""
    monkeypatch.setenv("SPRIDBART_MODEL", "/finns/inte")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert main(["unga"]) == 1
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert "/finns/inte" in error
    assert "SPRIDBART_MODEL" in error


def test_damaged_published_file_is_one_line(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    """A broken published catalogue is named."""
    home.mkdir()
    (home / "published.parquet").write_bytes(b"broken")
    assert main(["unga"]) == 1
    assert "published.parquet går inte att läsa" in capsys.readouterr().err
