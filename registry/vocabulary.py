"""The controlled vocabularies: target groups, themes, barriers, policy objects, settings.

Labels are shown. Synonyms, abbreviations, everyday words and English terms are for look-up
alone: the everyday words can be coarse and are never shown.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from registry.errors import CatalogueDamaged, CatalogueMissing, UnknownTerm
from registry.files import parse_yaml

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Term:
    """A target group, a theme or a setting: what it is called, and the words that point to it.

    ``names`` are words fit to show; ``everyday`` are for look-up alone. ``broader`` holds the ids
    of wider terms of the same vocabulary.
    """

    id: str
    label: str
    definition: str = ""
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    area: str = ""
    prioritised: bool = False
    age: str = ""


@dataclass(frozen=True)
class PolicyObject:
    """A law, programme or fund that opens or narrows the way; ``impact`` is direkt or indirekt."""

    id: str
    label: str
    impact: str
    opportunity: str
    limitation: str
    source: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All vocabularies, each a mapping from id to entry in the order of its file.

    ``outside`` are texts on matters that the registry is not about, for contrast; they are never shown.
    """

    target_groups: dict[str, Term]
    themes: dict[str, Term]
    areas: dict[str, str]
    settings: dict[str, Term]
    barriers: dict[str, str]
    policy_objects: dict[str, PolicyObject]
    abbreviations: dict[str, str]
    outside: tuple[str, ...]

    def label(self, field: str, id: str) -> str:
        """The words to show for ``id`` in ``field``.

        Raises:
            UnknownTerm: no entry with that id.
        """
        try:
            entry = getattr(self, field)[id]
        except KeyError:
            raise UnknownTerm(field, id) from None
        return entry if isinstance(entry, str) else str(entry.label)

    @cached_property
    def prioritised_target_groups(self) -> tuple[str, ...]:
        """Ids of the groups that the 2025 survey report calls "extra prioriterade"."""
        return tuple(term.id for term in self.target_groups.values() if term.prioritised)


def load_vocabulary(folder: Path = DATA / "vocabulary") -> Vocabulary:
    """Reads the vocabularies.

    Raises:
        CatalogueMissing: a file is not there.
        CatalogueDamaged: a file is not the YAML it should be.
    """
    themes = _read(folder / "themes.yaml")
    return Vocabulary(
        target_groups={row["id"]: _term(row) for row in _read(folder / "target_groups.yaml")},
        themes={row["id"]: _term(row) for row in themes["themes"]},
        areas={row["id"]: row["label"] for row in themes["areas"]},
        settings={
            row["label"]: Term(row["label"], row["label"], names=tuple(row["terms"]))
            for row in _read(folder / "settings.yaml")
        },
        barriers={row["id"]: row["label"] for row in _read(folder / "barriers.yaml")},
        policy_objects={
            row["id"]: PolicyObject(**{**row, "notes": tuple(row["notes"])})
            for row in _read(folder / "policy_objects.yaml")
        },
        abbreviations={row["abbreviation"]: row["meaning"] for row in _read(folder / "abbreviations.yaml")},
        outside=tuple(row["text"] for row in _read(folder / "outside.yaml")),
    )


def _term(row: dict[str, Any]) -> Term:
    return Term(
        id=row["id"],
        label=row["label"],
        definition=row.get("definition", ""),
        names=tuple(row.get("synonyms", ())),
        abbreviations=tuple(row.get("abbreviations", ())),
        everyday=tuple(row.get("everyday", ())),
        english=tuple(row.get("english", ())),
        broader=tuple(row.get("broader", ())),
        related=tuple(row.get("related", ())),
        area=row.get("area", ""),
        prioritised=row.get("prioritised", False),
        age=row.get("age", ""),
    )


def _read(path: Path) -> Any:
    try:
        return parse_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogueMissing(path) from None
    except yaml.YAMLError as error:
        raise CatalogueDamaged(path, str(error).splitlines()[0]) from error
