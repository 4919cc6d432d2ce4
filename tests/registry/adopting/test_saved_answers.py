"""Answers as a file: what is written comes back, and what is not such a file is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.adopting.readiness import Answer, load_guide, questions
from registry.adopting.saved_answers import MOST_BYTES, read_answers, write_answers
from registry.errors import AnswersUnreadable
from registry.vocabulary import load_vocabulary
from registry.wording import in_swedish
from tests.conftest import TODAY, make_initiative

RECORD = make_initiative()
ASKED = questions(RECORD, load_vocabulary(), load_guide(load_vocabulary()))
WRITTEN = write_answers(RECORD, ASKED, {ASKED[0].id: Answer.YES}, TODAY)


@given(st.dictionaries(st.sampled_from([question.id for question in ASKED]), st.sampled_from(Answer)))
def test_answers_come_back(answers: dict[str, Answer]) -> None:
    """What was saved is what is read."""
    saved = read_answers(write_answers(RECORD, ASKED, answers, TODAY).encode())
    assert saved.by_question() == answers
    assert (saved.initiative_id, saved.revision, saved.saved_on) == (RECORD.id, RECORD.revision, TODAY)


def changed(**fields: object) -> bytes:
    return json.dumps(json.loads(WRITTEN) | fields).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "other"),
        (b"\x00\xff\xfe", "other"),
        (b"[]", "other"),
        (b"null", "other"),
        (b"{}", "other"),
        (b"[" * 50_000, "other"),
        (changed(kind="annat"), "other"),
        (changed(version=2), "version"),
        (changed(extra="<script>"), "damaged"),
        (changed(initiative_id="../../etc/passwd"), "damaged"),
        (changed(answers=[{"id": "x", "answer": "kanske"}]), "damaged"),
        (changed(answers=[{"id": "x", "answer": "ja"}] * 201), "damaged"),
        (changed(saved_on="i går"), "damaged"),
        (b" " * (MOST_BYTES + 1), "large"),
    ],
)
def test_other_files_are_refused(content: bytes, reason: str) -> None:
    """What is not our file, or has been tampered with, is refused with words that say what to do."""
    with pytest.raises(AnswersUnreadable) as caught:
        read_answers(content)
    assert caught.value.reason == reason
    assert "Inga svar har ändrats" in in_swedish(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_calmly(content: bytes) -> None:
    """No content breaks the reader."""
    with pytest.raises(AnswersUnreadable):
        read_answers(content)
