"""The funding path from förstudie over genomförande to spridning, as far as the sources carry it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import model_validator

from registry.adopting.editors_data import FOLDER, Reference, read_yaml
from registry.adopting.policy import Policy, Reason
from registry.adopting.rules import Rule
from registry.errors import CatalogueDamaged
from registry.initiative import Initiative, Part, Text

FILE = "funding_path.yaml"


class Standing(StrEnum):
    """How real a way is according to the source."""

    EXISTS = "finns"
    UNDECIDED = "obestämt"
    WISHED = "önskat"


class Stage(Part):
    """A step on the path."""

    id: Text
    label: Text
    about: Text


class Sourced(Part):
    """A sentence with its source."""

    text: Text
    source: Reference


class Support(Sourced):
    """What a way offers in one stage."""

    status: Standing


class Applies(Part):
    """Whom a way is for: everyone, those with the window of a policy object, or those that meet a rule."""

    everyone: bool = False
    policy_object: str = ""
    rule: Rule | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(map(bool, (self.everyone, self.policy_object, self.rule))) != 1:
            raise ValueError("ange en av everyone, policy_object och rule")
        return self


class Way(Part):
    """A source of money, or a form that carries a stage. A stage missing from ``stages`` is unknown."""

    id: Text
    label: Text
    applies: Applies
    stages: dict[str, Support]
    limit: Sourced


class FundingPath(Part):
    """The stages in order, why they are these, and the ways."""

    stages: tuple[Stage, ...]
    why_stages: Sourced
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class OpenWay:
    """A way that an initiative may take; ``reason`` is None for those that are for everyone."""

    way: Way
    reason: Reason | None


def load_funding_path(policy: Policy, folder: Path = FOLDER) -> FundingPath:
    """Reads the path.

    Raises:
        CatalogueMissing: the file is not there.
        CatalogueDamaged: it has the wrong shape, or names a stage, term or policy object that there is not.
    """
    path = read_yaml(folder / FILE, FundingPath, policy.sources)
    stages = {stage.id for stage in path.stages}
    for way in path.ways:
        rule = way.applies.rule
        wrong = [*(set(way.stages) - stages), *(rule.unknown_values(policy.vocabulary) if rule else ())]
        if way.applies.policy_object and way.applies.policy_object not in policy.entries:
            wrong.append(way.applies.policy_object)
        if wrong:
            raise CatalogueDamaged(folder / FILE, f"{way.id}: okänt: {', '.join(wrong)}")
    return path


def ways_for(record: Initiative, path: FundingPath, policy: Policy) -> list[OpenWay]:
    """The ways that ``record`` may take, in the path's order."""
    windows = {window.policy_object.id: window for window in policy.windows_for(record)}
    found = []
    for way in path.ways:
        applies = way.applies
        if applies.everyone:
            found.append(OpenWay(way, None))
        elif applies.policy_object in windows:
            found.append(OpenWay(way, windows[applies.policy_object].reasons[0]))
        elif applies.rule and (met := applies.rule.met_by(record)):
            rule = applies.rule
            found.append(OpenWay(way, Reason(rule.why, rule.basis, rule.source, rule, met)))
    return found
