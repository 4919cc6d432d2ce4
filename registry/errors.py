"""Everything that can go wrong in the registry, as named facts.

The core raises these; ``registry.wording`` turns them into Swedish at the edge.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


class RegistryError(Exception):
    """Base of every expected failure in the registry."""


class RegistryUnavailable(RegistryError):
    """Base of what keeps the registry from being opened; its details are for whoever runs the service."""


@dataclass
class RecordInvalid(RegistryError):
    """A record breaks a rule. ``where`` is a file or an id, ``field`` the offending field."""

    where: str
    field: str
    reason: str


@dataclass
class RecordNotFound(RegistryError):
    """No record has this id."""

    id: str


@dataclass
class RecordExists(RegistryError):
    """A new record has an id that is already taken."""

    id: str


@dataclass
class EditConflict(RegistryError):
    """Somebody saved the record after the editor had opened it; nothing was overwritten."""

    id: str
    seen_revision: int
    current_revision: int


@dataclass
class CatalogueMissing(RegistryUnavailable):
    """The catalogue file is not where it should be."""

    path: Path


@dataclass
class CatalogueDamaged(RegistryUnavailable):
    """A catalogue file cannot be read as one."""

    path: Path
    detail: str


@dataclass
class StorageUnwritable(RegistryUnavailable):
    """The folder that should hold the database or an export cannot be written."""

    path: Path
    detail: str


@dataclass
class StoreBusy(RegistryUnavailable):
    """Another process holds the database file. ``holder`` says which, as far as is known."""

    path: Path
    holder: str


@dataclass
class StoreDamaged(RegistryUnavailable):
    """The database file cannot be read as one."""

    path: Path
    detail: str


@dataclass
class UnknownMunicipality(RegistryError):
    """No municipality has this name or code. ``nearest`` are the closest names, best first."""

    name: str
    nearest: tuple[str, ...] = ()


@dataclass
class UnknownTerm(RegistryError):
    """A vocabulary has no entry with this id."""

    vocabulary: str
    id: str


@dataclass
class FeedbackFull(RegistryError):
    """As many answers as are taken have been given: ``most`` in one "visit" or one "day"."""

    scope: Literal["visit", "day"]
    most: int


@dataclass
class FeedbackNotSaved(RegistryError):
    """The database did not take an answer, or did not take it back; its cause says why."""
