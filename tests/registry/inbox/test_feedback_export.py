"""Visitors' answers as judged cases, which matching can be measured on."""

import json
from pathlib import Path

import pytest

from matching.evaluation import read_cases
from registry.__main__ import main
from registry.inbox.feedback import Feedback, FeedbackStore, as_cases
from registry.vocabulary import Vocabulary
from tests.registry.inbox.test_feedback import UVAS, WORDS, answer, filled


def votes(id: str, fits: int, fits_not: int, facets: tuple[str, ...] = UVAS) -> list[Feedback]:
    return [answer(id, facets) for _ in range(fits)] + [answer(id, facets, fits=False) for _ in range(fits_not)]


@pytest.mark.parametrize(
    ("fits", "fits_not", "grade"), [(2, 1, 3), (1, 0, 3), (3, 2, 2), (199, 100, 2), (1, 1, None), (0, 1, None)]
)
def test_grades_follow_the_share_that_says_it_fits(fits: int, fits_not: int, grade: int | None) -> None:
    """Two thirds give 3, more than half 2, less is left out; the answers behind are told."""
    [case] = as_cases([*votes("a", fits, fits_not), *votes("d", 1, 0)], WORDS, "abcd")
    assert case["relevant"].get("a") == grade
    assert case["answers"]["a"] == [fits, fits_not]


def test_cases_are_in_the_same_order_whatever_the_answers_order(vocabulary: Vocabulary) -> None:
    """One case for each set of facets, with the labels as its query; the same answers give the same cases."""
    answers = [*votes("b", 1, 0), *votes("a", 2, 0), *votes("c", 3, 1, ("main_group.C", *UVAS))]
    cases = as_cases(answers, vocabulary, "abcd")
    assert cases == as_cases(answers[::-1], vocabulary, "abcd")
    assert [case["query"] for case in cases] == [
        "Mindre städer/tätorter och landsbygdskommuner, glesbygd, Unga som varken arbetar eller studerar",
        "glesbygd, Unga som varken arbetar eller studerar",
    ]
    assert [case["kind"] for case in cases] == ["u", "u"]
    assert len({case["id"] for case in cases}) == 2


def test_what_cannot_be_measured_is_left_out() -> None:
    """No case without something that fits, without facets, or on what is there no more."""
    answers = [*votes("a", 0, 2), *votes("a", 2, 0, ()), *votes("x", 1, 0), *votes("a", 1, 0, ("themes.borttaget",))]
    assert as_cases(answers, WORDS, "abcd") == []


def test_the_export_is_read_by_evaluate(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes a file that matching reads as judged cases."""
    with filled(home) as initiatives:
        store = FeedbackStore(initiatives, WORDS)
        for one in [*votes("a", 2, 0), *votes("b", 0, 1), *votes("c", 1, 0, ())]:
            store.add(one)
        records = initiatives.all()
    out = tmp_path / "fall.jsonl"
    assert main(["feedback", "--out", str(out)]) == 0
    assert "Bedömda fall: 1" in capsys.readouterr().err
    [case] = read_cases(out, records)
    assert (case.kind, case.relevant) == ("u", {"a": 3})
    assert case.query == "glesbygd, Unga som varken arbetar eller studerar"
    assert main(["feedback"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [json.loads(out.read_text())]


def test_the_export_of_nothing_makes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no database is, the command says so and leaves no empty one behind."""
    assert main(["feedback"]) == 1
    assert "inga svar" in capsys.readouterr().err
    assert not home.exists()
