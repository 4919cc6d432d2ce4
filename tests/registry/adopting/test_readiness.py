"""Mottagarkoll: the questions, and what the answers say is left to do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.adopting.editors_data import FOLDER
from registry.adopting.readiness import FILE, Answer, Guide, Kind, assess, load_guide, questions
from registry.errors import CatalogueDamaged
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary, load_vocabulary
from tests.conftest import editorial, make_initiative

Make = Callable[..., Initiative]
VOCABULARY = load_vocabulary()
GUIDE = load_guide(VOCABULARY)
THIN = make_initiative()
FULL = make_initiative(
    prerequisites=("En lokal på orten", "Ett avtal med regionen"),
    boundary_spanner="En samordnare i tjänsten.",
    partners=("Arbetsförmedlingen", "Regionen"),
    legal_forms=("IOP",),
    payer_and_beneficiary="Kommunen betalar, staten får nyttan.",
    barriers=("projektlogik", "gransgangarkompetens"),
    statements=tuple(
        editorial(field)
        for field in (
            "prerequisites",
            "boundary_spanner",
            "partners",
            "legal_forms",
            "payer_and_beneficiary",
            "barriers",
        )
    ),
)


@pytest.fixture(scope="module")
def guide(vocabulary: Vocabulary) -> Guide:
    return load_guide(vocabulary)


def test_the_record_becomes_questions(vocabulary: Vocabulary, guide: Guide) -> None:
    """Each prerequisite, the role, the partners, the form, the payer and the barriers are asked about in the record's words."""
    asked = questions(FULL, vocabulary, guide)
    assert [question.kind for question in asked] == [
        Kind.PREREQUISITE, Kind.PREREQUISITE, Kind.BOUNDARY_SPANNER, Kind.PARTNERS, Kind.LEGAL_FORM, Kind.PAYER,
        Kind.BARRIER, Kind.BARRIER, Kind.BARRIER,
    ]  # fmt: skip
    assert asked[0].text == "Är det här på plats hos er: En lokal på orten?"
    assert "Arbetsförmedlingen, Regionen" in asked[3].text
    assert all(question.text.endswith(("?", "nyttan")) for question in asked)


def test_a_barrier_that_another_question_stands_for_is_asked_once(vocabulary: Vocabulary, guide: Guide) -> None:
    """The lack of a boundary spanner is asked about as the role, not again as a barrier."""
    barriers = [q.id for q in questions(FULL, vocabulary, guide) if q.kind is Kind.BARRIER]
    assert barriers == ["barrier.projektlogik", "barrier.mottagarkapacitet", "barrier.langsiktighet_uppfoljning"]


def test_a_thin_record_still_asks_and_says_why(vocabulary: Vocabulary, guide: Guide) -> None:
    """Where the registry knows nothing the question is general, and the reason says that nothing is known."""
    asked = questions(THIN, vocabulary, guide)
    assert [q.id for q in asked if q.id.endswith(".general")] == [
        f"{kind}.general" for kind in ("prerequisite", "boundary_spanner", "partners", "legal_form", "payer")
    ]
    assert all("Registret" in q.why for q in asked if q.id.endswith(".general"))


def test_ids_do_not_hang_on_the_order(vocabulary: Vocabulary, guide: Guide) -> None:
    """Answers are kept when prerequisites change places."""
    turned = FULL.model_copy(update={"prerequisites": tuple(reversed(FULL.prerequisites))})
    ids = {question.id for question in questions(FULL, vocabulary, guide)}
    assert ids == {question.id for question in questions(turned, vocabulary, guide)}


def test_the_summary_says_the_numbers(vocabulary: Vocabulary, guide: Guide) -> None:
    """The answers are summed up in plain words."""
    first, second, third, fourth, *rest = (question.id for question in questions(FULL, vocabulary, guide))
    answers = dict.fromkeys(rest, Answer.YES) | {
        first: Answer.NO, second: Answer.PARTLY, third: Answer.UNKNOWN, fourth: Answer.NO,
    }  # fmt: skip
    readiness = assess(FULL, answers, vocabulary, guide)
    assert readiness.summary == "5 av 9 på plats, 1 delvis på plats, 2 saknas, 1 vet ni inte"
    assert [step.question.id for step in readiness.steps] == [first, second, third, fourth]


def test_a_step_fits_what_is_missing(vocabulary: Vocabulary, guide: Guide) -> None:
    """A room and an agreement get different first steps; a barrier also gets the source's counter-measure."""
    asked = questions(FULL, vocabulary, guide)
    room, agreement, *_, barrier = assess(FULL, {q.id: Answer.NO for q in asked}, vocabulary, guide).steps
    assert "fastighetsansvarig" in room.text
    assert "utkast" in agreement.text
    assert barrier.countermeasure
    assert "Reflektioner 3" in barrier.source


def test_not_knowing_gets_a_way_to_find_out(vocabulary: Vocabulary, guide: Guide) -> None:
    """ "Vet inte" leads to whom to ask, not to how to get it."""
    id = questions(FULL, vocabulary, guide)[0].id
    (missing,) = assess(FULL, {id: Answer.NO}, vocabulary, guide).steps
    (unknown,) = assess(FULL, {id: Answer.UNKNOWN}, vocabulary, guide).steps
    assert missing.text != unknown.text
    assert unknown.text.startswith("Fråga dem")


@given(st.dictionaries(st.sampled_from([q.id for q in questions(FULL, VOCABULARY, GUIDE)]), st.sampled_from(Answer)))
def test_every_question_is_in_exactly_one_list(answers: dict[str, Answer]) -> None:
    """Whatever is answered, nothing is lost or counted twice, and each gap has one step."""
    readiness = assess(FULL, answers, VOCABULARY, GUIDE)
    lists = (readiness.in_place, readiness.partly, readiness.missing, readiness.unknown, readiness.unanswered)
    ids = [question.id for questions in lists for question in questions]
    assert sorted(ids) == sorted(question.id for question in questions(FULL, VOCABULARY, GUIDE))
    assert len(readiness.steps) == sum(map(len, lists[1:4]))
    assert all(step.text for step in readiness.steps)


def test_every_shipped_record_can_be_checked(vocabulary: Vocabulary, guide: Guide, shipped: list[Initiative]) -> None:
    """Every record gets distinct questions, each with a reason, a subject and a first step."""
    for record in shipped:
        asked = questions(record, vocabulary, guide)
        assert len({question.id for question in asked}) == len(asked), record.id
        steps = assess(record, {q.id: Answer.NO for q in asked}, vocabulary, guide).steps
        assert all(q.why and q.subject and "{" not in q.text for q in asked), record.id
        assert all(step.text for step in steps), record.id


@pytest.mark.parametrize(
    ("old", "new"), [("barrier: evidenskrav", "barrier: evidens"), ("kind: payer", "kind: payers")]
)
def test_a_mistake_in_the_file_is_said(vocabulary: Vocabulary, tmp_path: Path, old: str, new: str) -> None:
    """A barrier or kind that is misspelt or left out stops the file from being used."""
    for name in (FILE, "sources.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    file = tmp_path / FILE
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueDamaged):
        load_guide(vocabulary, tmp_path)
