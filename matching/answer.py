"""Matches as plain data, the same for the command line and the HTTP API."""

from typing import Any

from matching.matcher import Match, MatchResult


def as_data(result: MatchResult, query: str) -> dict[str, Any]:
    """The whole answer: what was asked, understood and found, each match with its reasons."""
    return {
        "query": query,
        "understood": understood(result),
        "no_good_match": result.no_good_match,
        "by_meaning": result.by_meaning,
        "needs": list(result.needs),
        "results": [
            row(match)
            | {"reasons": [reason.text for reason in match.reasons], "cautions": [c.text for c in match.cautions]}
            | ({"needs": [number + 1 for number in match.needs]} if result.needs else {})
            for match in result.matches
        ],
        "related": [row(match) | {"role": match.initiative.role.value} for match in result.related],
    }


def row(match: Match) -> dict[str, Any]:
    """One match without its reasons."""
    record = match.initiative
    return {"id": record.id, "name": record.name, "score": match.score, "strength": match.strength.value}


def understood(result: MatchResult) -> dict[str, Any]:
    """What was read out of the challenge, by field."""
    challenge = result.challenge
    return {
        "target_groups": list(challenge.values("target_groups")),
        "themes": list(challenge.values("themes")),
        "settings": list(challenge.settings),
        "regions": list(challenge.values("regions")),
        "municipality": challenge.municipality.name if challenge.municipality else None,
    }
