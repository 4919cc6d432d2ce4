"""The answers of a mottagarkoll as a file that its owner keeps: written, and read back with care."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, ValidationError

from registry.adopting.readiness import Answer, Question
from registry.errors import AnswersUnreadable
from registry.initiative import Initiative, Part, Slug

MOST_BYTES = 100_000
_MOST_ANSWERS = 200


class SavedAnswer(Part):
    """One answer; the question's words stand beside it for whoever opens the file."""

    id: str = Field(max_length=80)
    question: str = Field(default="", max_length=4000)
    answer: Answer


class SavedAnswers(Part):
    """The file's content. ``revision`` is that of the record when the questions were asked."""

    kind: Literal["spridbart-mottagarkoll"]
    version: Literal[1]
    initiative_id: Slug
    initiative_name: str = Field(default="", max_length=400)
    revision: int = Field(ge=1)
    saved_on: dt.date
    answers: tuple[SavedAnswer, ...] = Field(max_length=_MOST_ANSWERS)

    def by_question(self) -> dict[str, Answer]:
        """The answers by question id."""
        return {saved.id: saved.answer for saved in self.answers}


def write_answers(record: Initiative, asked: list[Question], answers: Mapping[str, Answer], today: dt.date) -> str:
    """The answers to ``asked`` as JSON."""
    given = tuple(SavedAnswer(id=q.id, question=q.text, answer=answers[q.id]) for q in asked if q.id in answers)
    saved = SavedAnswers(
        kind="spridbart-mottagarkoll",
        version=1,
        initiative_id=record.id,
        initiative_name=record.name,
        revision=record.revision,
        saved_on=today,
        answers=given,
    )
    return saved.model_dump_json(indent=2)


def read_answers(content: bytes) -> SavedAnswers:
    """What ``write_answers`` wrote. Whatever else the file holds is refused.

    Raises:
        AnswersUnreadable: it is too large, not such a file, of another version, or damaged.
    """
    if len(content) > MOST_BYTES:
        raise AnswersUnreadable("large")
    try:
        return SavedAnswers.model_validate_json(content)
    except ValidationError as error:
        where = {fault["loc"][:1] for fault in error.errors()}
        if ("kind",) in where or () in where:
            raise AnswersUnreadable("other") from error
        raise AnswersUnreadable("version" if ("version",) in where else "damaged") from error
