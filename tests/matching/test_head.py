"""The head: it learns grades, says nothing of what it has not seen, and survives being written down."""

from pathlib import Path

import numpy as np
import pytest

from matching.fitted import fitted_folder, is_fitted, load_fitted
from matching.head import Head, read_head, save_heads
from matching.matcher import Matcher
from matching.vectors import VectorCache
from registry.initiative import Initiative

TEXTS = [
    "unga som sitter hemma och spelar hela dagarna",
    "ungdomar som har hoppat av gymnasiet",
    "ensamma pensionärer som vill hjälpa till i skolan",
    "äldre med tid över som läser med barnen",
    "snöröjning av villagatan",
    "bygglov för altan",
]
GRADES = [{"unga": 3}, {"unga": 3, "skola": 1}, {"skola": 3}, {"skola": 3}, {}, {}]


@pytest.fixture
def head() -> Head:
    return Head.learned(TEXTS, GRADES)


def test_grades_follow_the_judges(head: Head) -> None:
    """A text in the judged texts' words gets their grades, as shares of the highest."""
    expected, outside = head.expected(["unga som har hoppat av skolan och sitter hemma", "bygglov för en mur"])
    assert expected.grades["unga"] > expected.grades["skola"]
    assert expected.subject > outside.subject
    assert all(grade >= 0 for grade in expected.grades.values())


def test_vectors_count_when_there_are_any() -> None:
    """With a model, texts without a letter in common are still told apart by their vectors."""
    vectors = np.eye(6, dtype=np.float32)
    head = Head.learned(TEXTS, GRADES, vectors)
    like_school, like_youth = head.expected(["xyzw", "xyzw"], [vectors[2], vectors[0]])
    assert like_school.grades["skola"] > like_youth.grades["skola"]


def test_heads_can_be_written_and_read(head: Head, tmp_path: Path) -> None:
    """What is read back expects the same, to half precision."""
    by_meaning = Head.learned(TEXTS, GRADES, np.eye(6, dtype=np.float32))
    save_heads({"words": head, "meaning": by_meaning}, tmp_path / "head.npz")
    (read,), (learned,) = (some.expected(TEXTS[:1]) for some in (read_head(tmp_path / "head.npz", "words"), head))
    assert read.grades == pytest.approx(learned.grades, abs=0.01)
    assert read_head(tmp_path / "head.npz", "meaning").mean == pytest.approx(by_meaning.mean, abs=0.001)


def test_a_model_without_its_own_head_does_without(home: Path) -> None:
    """Nothing fitted for a model: the head on n-grams alone, so that vectors of another kind are not misread."""
    assert not is_fitted("någon/annan")
    assert load_fitted("meaning", "någon/annan").head.mean is None
    assert fitted_folder("någon/annan").parent == home


def test_the_shipped_head_knows_every_initiative(matcher: Matcher, shipped: list[Initiative]) -> None:
    """Whatever can be matched has been judged."""
    assert set(matcher.fitted.head.ids) == {record.id for record in shipped if record.role == "initiativ"}


def test_a_record_no_judge_has_seen_competes(matcher: Matcher, shipped: list[Initiative]) -> None:
    """An editor's new record is found by its own sentences, before any judge has seen it."""
    new = next(record for record in shipped if record.id == "pensionar-pa-skolan").model_copy(
        update={"id": "bigarden", "name": "Bigården", "aliases": (), "summary": "Biodling för långtidssjukskrivna.",
                "description": "", "situations": ("Jag har varit sjukskriven länge och mår bäst ute bland bikuporna.",),
                "search_phrases": ("biodling som rehabilitering", "sköta bin i stället för att sitta hemma")}
    )  # fmt: skip
    index = matcher.index.updated([new], [], VectorCache())
    found = Matcher(index, matcher.vocabulary, matcher.places).match("biodling för sjukskrivna")
    assert found.matches[0].initiative_id == "bigarden"
    assert not found.no_good_match
