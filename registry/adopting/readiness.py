"""Mottagarkoll: what an initiative asks of its receiver as questions, and what the answers say is left to do.

Pure: nothing is stored. Texts come from data/vocabulary/readiness.yaml, which the editors keep; questions and first steps are
their judgement, counter-measures have a source.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from registry.adopting.editors_data import FOLDER, Reference, load_sources, read_yaml
from registry.errors import CatalogueDamaged
from registry.initiative import UNKNOWN, Initiative, Part, Text
from registry.language import gettext, ngettext
from registry.vocabulary import Vocabulary

FILE = "readiness.yaml"


class Kind(StrEnum):
    """What a question is about."""

    PREREQUISITE = "prerequisite"
    BOUNDARY_SPANNER = "boundary_spanner"
    PARTNERS = "partners"
    LEGAL_FORM = "legal_form"
    PAYER = "payer"
    BARRIER = "barrier"


class Answer(StrEnum):
    """What a receiver can answer."""

    YES = "ja"
    PARTLY = "delvis"
    NO = "nej"
    UNKNOWN = "vet inte"


class KindWords(Part):
    """The texts of one kind of question; ``barrier`` is the one that the question also stands for."""

    kind: Kind
    label: Text
    known: str = ""
    why: str = ""
    unknown: str = ""
    unknown_subject: str = ""
    unknown_why: str = ""
    why_source: Reference | None = None
    barrier: str = ""
    step: str = ""
    find_out: Text


class WordedStep(Part):
    """A first step for prerequisites in which one of ``words`` begins a word."""

    words: tuple[Text, ...]
    step: Text


class BarrierWords(Part):
    """What is asked about a barrier, a first step, and what its source names against it."""

    barrier: Text
    subject: Text
    question: Text
    step: Text
    countermeasure: Text
    source: Reference


class Guide(Part):
    """All texts of the check."""

    kinds: tuple[KindWords, ...]
    prerequisite_steps: tuple[WordedStep, ...]
    asked_of_all: tuple[Text, ...]
    barriers: tuple[BarrierWords, ...]

    def words(self, kind: Kind) -> KindWords:
        """The texts of ``kind``."""
        return next(words for words in self.kinds if words.kind is kind)

    def barrier(self, id: str) -> BarrierWords:
        """The texts of a barrier."""
        return next(words for words in self.barriers if words.barrier == id)


@dataclass(frozen=True)
class Question:
    """One question. ``subject`` names what is asked for, fit for a list; ``why`` says why it is asked.

    The id depends on the record's own words only, so that answers survive a changed order.
    """

    id: str
    kind: Kind
    text: str
    why: str
    subject: str


@dataclass(frozen=True)
class Step:
    """A first step towards what is missing. ``text`` is the editors' judgement, ``countermeasure`` the source's words."""

    question: Question
    answer: Answer
    text: str
    countermeasure: str = ""
    source: str = ""


@dataclass(frozen=True)
class Readiness:
    """What the answers say, in the questions' order; every question is in exactly one of the first five."""

    in_place: tuple[Question, ...]
    partly: tuple[Question, ...]
    missing: tuple[Question, ...]
    unknown: tuple[Question, ...]
    unanswered: tuple[Question, ...]
    steps: tuple[Step, ...]

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return sum(map(len, (self.in_place, self.partly, self.missing, self.unknown, self.unanswered)))

    @property
    def summary(self) -> str:
        """The numbers as a sentence: "7 av 10 på plats, 2 saknas, 1 vet ni inte"."""
        counts = (
            (len(self.partly), gettext("{n} delvis på plats")),
            (len(self.missing), gettext("{n} saknas")),
            (len(self.unknown), gettext("{n} vet ni inte")),
            (
                len(self.unanswered),
                ngettext("{n} är inte besvarad", "{n} är inte besvarade", len(self.unanswered)),
            ),
        )
        first = gettext("{n} av {all} på plats").format(n=len(self.in_place), all=self.asked)
        return ", ".join([first, *(words.format(n=n) for n, words in counts if n)])


def load_guide(vocabulary: Vocabulary, folder: Path = FOLDER) -> Guide:
    """Reads the texts.

    Raises:
        CatalogueMissing: the file is not there.
        CatalogueDamaged: it has the wrong shape, or lacks a kind of question or one of the vocabulary's barriers.
    """
    guide = read_yaml(folder / FILE, Guide, load_sources(folder))
    wrong: set[str] = {*Kind} ^ {words.kind for words in guide.kinds}
    wrong |= set(vocabulary.barriers) ^ {words.barrier for words in guide.barriers}
    wrong |= set(guide.asked_of_all) - set(vocabulary.barriers)
    if wrong:
        raise CatalogueDamaged(folder / FILE, f"okänt eller utelämnat: {', '.join(sorted(wrong))}")
    return guide


def questions(record: Initiative, vocabulary: Vocabulary, guide: Guide) -> list[Question]:
    """What to ask a receiver of ``record``: what it says that it needs, and what everybody needs."""
    asked = [_about(Kind.PREREQUISITE, value, guide) for value in record.prerequisites or ("",)]
    asked += [
        _about(Kind.BOUNDARY_SPANNER, record.boundary_spanner, guide),
        _about(Kind.PARTNERS, ", ".join(record.partners), guide),
        _about(Kind.LEGAL_FORM, ", ".join(record.legal_forms), guide),
        _about(Kind.PAYER, record.payer_and_beneficiary, guide),
    ]
    return [*asked, *_about_barriers(record, vocabulary, guide)]


def assess(record: Initiative, answers: Mapping[str, Answer], vocabulary: Vocabulary, guide: Guide) -> Readiness:
    """What ``answers`` (by question id) say; answers to other questions are left aside."""
    asked = questions(record, vocabulary, guide)

    def answered(answer: Answer | None) -> tuple[Question, ...]:
        return tuple(question for question in asked if answers.get(question.id) == answer)

    gaps = [q for q in asked if answers.get(q.id) in (Answer.PARTLY, Answer.NO, Answer.UNKNOWN)]
    return Readiness(
        in_place=answered(Answer.YES),
        partly=answered(Answer.PARTLY),
        missing=answered(Answer.NO),
        unknown=answered(Answer.UNKNOWN),
        unanswered=answered(None),
        steps=tuple(_step(question, answers[question.id], guide) for question in gaps),
    )


def _about(kind: Kind, value: str, guide: Guide) -> Question:
    words = guide.words(kind)
    if not value or value == UNKNOWN:
        why = (
            gettext("{why} Källa: {source}.").format(why=words.unknown_why, source=words.why_source)
            if words.why_source
            else words.unknown_why
        )
        return Question(f"{kind}.general", kind, words.unknown, why, words.unknown_subject)
    text = words.known.format(value=value.rstrip("."))
    subject = value.rstrip(".") if kind is Kind.PREREQUISITE else f"{words.label}: {value.rstrip('.')}"
    return Question(f"{kind}.{_digest(value)}", kind, text, words.why, subject)


def _about_barriers(record: Initiative, vocabulary: Vocabulary, guide: Guide) -> Iterator[Question]:
    covered = {words.barrier for words in guide.kinds}
    for id in dict.fromkeys((*record.barriers, *guide.asked_of_all)):
        if id in covered:
            continue
        words = guide.barrier(id)
        label = vocabulary.barriers[id].rstrip(".")
        whose = (
            gettext("Ett hinder som registret nämner för initiativet: {barrier}.")
            if id in record.barriers
            else gettext("Ett hinder som underlagen nämner i allmänhet: {barrier}.")
        )
        yield Question(f"{Kind.BARRIER}.{id}", Kind.BARRIER, words.question, whose.format(barrier=label), words.subject)


def _step(question: Question, answer: Answer, guide: Guide) -> Step:
    words = guide.words(question.kind)
    id = question.id.partition(".")[2] if question.kind is Kind.BARRIER else words.barrier
    barrier = guide.barrier(id) if id else None
    if answer is Answer.UNKNOWN:
        text = words.find_out
    elif question.kind is Kind.BARRIER and barrier:
        text = barrier.step
    else:
        text = _worded_step(question.subject, guide) if question.kind is Kind.PREREQUISITE else words.step
    if barrier is None:
        return Step(question, answer, text)
    return Step(question, answer, text, barrier.countermeasure, barrier.source)


def _worded_step(prerequisite: str, guide: Guide) -> str:
    """The step for the words that come first in the prerequisite: what it is about is said first."""
    text = prerequisite.casefold()
    found = [
        (at.start(), -len(word), worded.step)
        for worded in guide.prerequisite_steps
        for word in worded.words
        if (at := re.search(rf"\b{re.escape(word)}", text))
    ]
    return min(found)[2] if found else guide.words(Kind.PREREQUISITE).step


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:10]
