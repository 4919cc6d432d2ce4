"""A brief over the shipped catalogue, on words alone: no model is needed for what a brief says."""

import datetime as dt
from collections.abc import Callable

import pytest

from briefs.brief import Brief, Rules, choice
from matching.index import Index
from matching.matcher import Matcher
from registry.adopting.funding import load_funding_path
from registry.adopting.policy import load_policy
from registry.adopting.readiness import Answer, load_guide, questions
from registry.catalogue import PARQUET, read_parquet
from registry.places import load_places
from registry.vocabulary import load_vocabulary

CHOSEN = ("samverkan-si-orebro", "unga-in", "jobbspranget")


@pytest.fixture(scope="session")
def make_brief() -> Callable[..., Brief]:
    """Makes a brief of a text, ids and, for the first initiative, answers in turn."""
    vocabulary, places = load_vocabulary(), load_places()
    policy = load_policy(vocabulary)
    rules = Rules(policy, load_funding_path(policy), load_guide(vocabulary))
    matcher = Matcher(Index(read_parquet(PARQUET), vocabulary), vocabulary, places)

    def make(text: str = "UVAS i glesbygd", ids: tuple[str, ...] = CHOSEN, answers: tuple[Answer, ...] = ()) -> Brief:
        result = matcher.match(text, municipality=places.find("Sorsele"))
        choices = []
        for id in ids:
            record = matcher.index.get(id)
            assert record is not None
            asked = questions(record, vocabulary, rules.guide) if answers and not choices else []
            given = {question.id: answers[number % len(answers)] for number, question in enumerate(asked)}
            choices.append(choice(record, result, given, rules, vocabulary))
        return Brief(
            result.challenge, tuple(choices), "Kommunstyrelsen", dt.date(2026, 11, 22), rules, vocabulary, places
        )

    return make
