"""What is asked for and hardly there: prioritised groups and reported needs with few or no published initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from registry.errors import CatalogueDamaged, CatalogueMissing
from registry.exploring.facets import Facets
from registry.exploring.filters import Filters
from registry.files import parse_yaml
from registry.inbox.reported_needs import ReportedNeed, demand
from registry.values import Role
from registry.vocabulary import DATA, Vocabulary

FEW = 2  # so many initiatives, or fewer, leave little to choose from


class Origin(Enum):
    """Where it stands: in the survey report of 2025, or among the needs that visitors have reported."""

    PRIORITISED = "extra prioriterade målgrupper"
    QUESTION_2 = "fråga 2"
    QUESTION_4 = "fråga 4"
    REPORTED = "anmälda behov"


@dataclass(frozen=True)
class Wanted:
    """A group or need that is asked for, in the words of whoever asks and as the registry's own terms.

    A record answers it that has one of ``target_groups`` (if there are any) and one of ``themes`` (likewise). Which
    terms a need of the report means is the editors' reading; ``points`` are what it lists under a theme without naming
    a group. ``asked`` is the number of reported needs.
    """

    label: str
    origin: Origin
    target_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    heading: str = ""
    points: tuple[str, ...] = ()
    asked: int = 0

    def narrow(self, filters: Filters) -> Filters:
        """The filters with this in place of their own target groups and themes, and initiatives alone."""
        return replace(filters, target_groups=self.target_groups, themes=self.themes, roles=(Role.INITIATIVE,))


@dataclass(frozen=True)
class Supply:
    """Something wanted, and the number of published initiatives that answer it."""

    wanted: Wanted
    initiatives: int

    @property
    def is_short(self) -> bool:
        """Whether there are few or none."""
        return self.initiatives <= FEW


def wanted_in_survey(vocabulary: Vocabulary, path: Path = DATA / "vocabulary" / "survey_needs.yaml") -> list[Wanted]:
    """The report's prioritised groups, the needs of questions 2 and 4 that name a group, and its themes.

    Raises:
        CatalogueMissing: the file is not there.
        CatalogueDamaged: the file is not the YAML it should be.
    """
    groups = [
        Wanted(vocabulary.label("target_groups", id), Origin.PRIORITISED, target_groups=(id,))
        for id in vocabulary.prioritised_target_groups
    ]
    rows = _read(path)
    named = [_wanted(row, row["point"]) for row in rows if row.get("target_groups")]
    return [*groups, *named, *_by_theme([row for row in rows if not row.get("target_groups")], vocabulary)]


def wanted_by_visitors(needs: Sequence[ReportedNeed], vocabulary: Vocabulary) -> list[Wanted]:
    """The target groups and themes of the reported needs that nobody has met yet, most asked for first."""
    by_group = [each for each in demand(needs, "target_groups") if each.key and each.open]
    by_theme = [each for each in demand(needs, "themes") if each.key and each.open]
    groups = [
        Wanted(vocabulary.label("target_groups", each.key), Origin.REPORTED, target_groups=(each.key,), asked=each.open)
        for each in by_group
    ]
    themes = [
        Wanted(vocabulary.label("themes", each.key), Origin.REPORTED, themes=(each.key,), asked=each.open)
        for each in by_theme
    ]
    return [*groups, *themes]


def supply(wanted: Sequence[Wanted], facets: Facets, filters: Filters) -> list[Supply]:
    """How many initiatives answer each, under the rest of the filters; the fewest first."""
    counted = [Supply(each, len(facets.select(each.narrow(filters)))) for each in wanted]
    return sorted(counted, key=lambda each: each.initiatives)


def _by_theme(rows: list[dict[str, Any]], vocabulary: Vocabulary) -> list[Wanted]:
    points: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        points.setdefault(row["theme"], []).append(row)
    return [
        replace(_wanted(same[0], vocabulary.label("themes", id)), points=tuple(row["point"] for row in same))
        for id, same in points.items()
    ]


def _wanted(row: dict[str, Any], label: str) -> Wanted:
    return Wanted(
        label=label,
        origin=Origin.QUESTION_2 if row["question"] == 2 else Origin.QUESTION_4,
        target_groups=tuple(row.get("target_groups", ())),
        themes=(row["theme"],) if "theme" in row else (),
        heading=row["heading"],
    )


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return list(parse_yaml(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CatalogueMissing(path) from None
    except yaml.YAMLError as error:
        raise CatalogueDamaged(path, str(error).splitlines()[0]) from error
