"""What a brief is made of: the municipality's challenge and the initiatives chosen to answer it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from matching.challenge import Challenge
from matching.matcher import Match, MatchResult
from registry.adopting.funding import FundingPath, OpenWay, ways_for
from registry.adopting.policy import Policy, Window
from registry.adopting.readiness import Answer, Guide, Question, Readiness, assess, questions
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary

MOST = 3  # initiatives


@dataclass(frozen=True)
class Choice:
    """A chosen initiative: why it fits and what speaks against it, and what it asks of its receiver.

    ``reasons`` and ``cautions`` are the matcher's sentences, none where it was chosen without a challenge.
    ``readiness`` is None where no mottagarkoll has been answered; ``questions`` are what it would ask.
    """

    record: Initiative
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    readiness: Readiness | None
    questions: tuple[Question, ...]
    windows: tuple[Window, ...]
    ways: tuple[OpenWay, ...]


@dataclass(frozen=True)
class Brief:
    """Everything that a brief says. ``committee`` is the nämnd that decides, "" while it is not known."""

    challenge: Challenge
    choices: tuple[Choice, ...]
    committee: str
    day: dt.date
    rules: "Rules"
    vocabulary: Vocabulary
    places: Places


@dataclass(frozen=True)
class Rules:
    """What the editors keep beside the records: the policy windows, the funding path and the mottagarkoll's texts."""

    policy: Policy
    path: FundingPath
    guide: Guide


def choice(
    record: Initiative, result: MatchResult, answers: Mapping[str, Answer], rules: Rules, vocabulary: Vocabulary
) -> Choice:
    """What is to be said of a chosen initiative, with the reasons that the matcher gave it, if any."""
    match = _match(record.id, result)
    return Choice(
        record,
        tuple(reason.text for reason in match.reasons) if match else (),
        tuple(caution.text for caution in match.cautions) if match else (),
        assess(record, answers, vocabulary, rules.guide) if answers else None,
        tuple(questions(record, vocabulary, rules.guide)),
        tuple(rules.policy.windows_for(record)),
        tuple(ways_for(record, rules.path, rules.policy)),
    )


def _match(id: str, result: MatchResult) -> Match | None:
    return next((match for match in (*result.matches, *result.related) if match.initiative_id == id), None)
