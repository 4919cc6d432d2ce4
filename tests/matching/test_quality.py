"""The judged cases: what the measures mean, and that the shipped matcher keeps what the docs say of it."""

import json
from pathlib import Path
from statistics import fmean

import pytest

from matching.errors import CasesInvalid
from matching.evaluation import Case, Outcome, ablation_table, ablations, evaluate, read_cases, table
from matching.live import SHIPPED_VECTORS
from matching.matcher import Matcher
from matching.passages import passages_of
from matching.vectors import VectorCache
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary
from tests.matching.conftest import CountingEncoder

JUDGED = Path(__file__).parent.parent / "cases" / "judged.jsonl"


@pytest.fixture(scope="module")
def cases(shipped: list[Initiative]) -> list[Case]:
    return read_cases(JUDGED, shipped)


@pytest.fixture(scope="module")
def outcomes(matcher: Matcher, cases: list[Case]) -> list[Outcome]:
    """The shipped matcher's answers to the cases that took no part in fitting it."""
    return evaluate(matcher, [case for case in cases if case.split == "validation"])


def test_measures_are_right_on_a_known_ranking() -> None:
    """A ranking worked out by hand: nDCG@5, reciprocal rank, recall and hit."""
    case = Case("x", "a", "?", {"bäst": 3, "bra": 2, "delvis": 1})
    perfect = Outcome(case, ("bäst", "bra", "delvis"), False)
    assert (perfect.ndcg, perfect.reciprocal_rank, perfect.recall, perfect.hit) == (1.0, 1.0, 1.0, 1.0)
    late = Outcome(case, ("fel", "delvis", "bra"), False)
    assert late.ndcg == pytest.approx((1 / 1.58496 + 3 / 2) / (7 + 3 / 1.58496 + 1 / 2), abs=1e-4)
    assert (late.reciprocal_rank, late.recall, late.hit) == (pytest.approx(1 / 3), 0.5, 0.0)
    assert Outcome(case, (), True).ndcg == 0


def test_ranks_as_well_as_the_docs_say(outcomes: list[Outcome]) -> None:
    """On cases it was not fitted on: nDCG@5 at least 0.87 and hit@1 at least 0.92, no kind below 0.80."""
    inside = [outcome for outcome in outcomes if outcome.case.kind != "f"]
    assert fmean(outcome.ndcg for outcome in inside) >= 0.87
    assert fmean(outcome.hit for outcome in inside) >= 0.92
    for kind in "abcde":
        assert fmean(outcome.ndcg for outcome in inside if outcome.case.kind == kind) >= 0.80


def test_says_when_nothing_fits(outcomes: list[Outcome]) -> None:
    """Outside the subject it says so in at least nine of ten; at most one real challenge in twenty is refused."""
    outside = [outcome.no_good_match for outcome in outcomes if outcome.case.kind == "f"]
    inside = [outcome.no_good_match for outcome in outcomes if outcome.case.kind != "f"]
    assert sum(outside) / len(outside) >= 0.9
    assert sum(inside) / len(inside) <= 0.05


def test_tables_name_every_kind_and_signal(matcher: Matcher, outcomes: list[Outcome], cases: list[Case]) -> None:
    """The printed tables hold what a reader compares."""
    assert all(f"\n{kind} " in table(outcomes) for kind in "abcde")
    printed = ablation_table(ablations(matcher, cases[:3]))
    assert "only words" in printed
    assert "without centre" in printed


def test_fresh_cases_are_kept_from_fitting(cases: list[Case]) -> None:
    """Every kind has cases that took no part; at least 80 challenges and 40 texts outside the subject in all."""
    kept = [case for case in cases if case.split == "validation"]
    assert {case.kind for case in kept} == set("abcdef")
    outside = sum(case.kind == "f" for case in kept)
    assert outside >= 40
    assert len(kept) - outside >= 80


def test_shipped_vectors_hold_every_sentence(shipped: list[Initiative], vocabulary: Vocabulary) -> None:
    """A fresh start has nothing to encode."""
    texts = [passage.text for record in shipped for passage in passages_of(record, vocabulary)]
    encoder = CountingEncoder()
    VectorCache(shipped=SHIPPED_VECTORS).vectors([*texts, *vocabulary.outside], encoder)
    assert encoder.documents == [], "run: make compile"


@pytest.mark.parametrize(
    "line", ["{", '{"id": "1"}', json.dumps({"id": "1", "kind": "a", "query": "x", "relevant": {"Finns ej alls": 3}})]
)
def test_broken_cases_are_named_by_line(tmp_path: Path, shipped: list[Initiative], line: str) -> None:
    """A line that is not a judged case is named by file and number."""
    path = tmp_path / "fall.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(CasesInvalid) as failure:
        read_cases(path, shipped)
    assert failure.value.line == 2
