"""What can go wrong on the way from a challenge to its matches, as named facts."""

from dataclasses import dataclass


class MatchingError(Exception):
    """Base of every expected failure in matching."""


class ChallengeEmpty(MatchingError):
    """The text holds no word to search on: nothing, signs alone, or only words like "och"."""


class ChallengeTooShort(MatchingError):
    """The text is a single letter."""


@dataclass
class ChallengeTooLong(MatchingError):
    """The text is longer than the limit; both in characters."""

    length: int
    limit: int


@dataclass
class ModelUnavailable(MatchingError):
    """The encoder's model cannot be loaded; ``detail`` is the library's own first line."""

    model: str
    detail: str


@dataclass
class CasesInvalid(MatchingError):
    """A file of cases cannot be read; ``line`` counts from 1."""

    path: str
    line: int
    reason: str
