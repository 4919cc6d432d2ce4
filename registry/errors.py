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
class RevisionNotFound(RegistryError):
    """The record has no revision with this number."""

    id: str
    revision: int


@dataclass
class ProposalNotFound(RegistryError):
    """No proposal has this id."""

    id: str


@dataclass
class DraftConflict(RegistryError):
    """Somebody saved the proposal after this editor had opened it; nothing was overwritten."""

    proposal_id: str
    seen_version: int
    current_version: int


@dataclass
class NotInThisState(RegistryError):
    """A record or proposal in ``state`` cannot be ``wanted`` (what was tried, as a Swedish participle)."""

    id: str
    state: str
    wanted: str


@dataclass
class ReasonMissing(RegistryError):
    """An act that must be explained came without a reason."""


@dataclass
class ErasureUnconfirmed(RegistryError):
    """A record was to be erased, but what was typed is not its id."""

    id: str


@dataclass
class NotAllowed(RegistryError):
    """Somebody tried ``act`` without the duty it needs, or without being signed in (both as Swedish words)."""

    act: str
    needs: str
    signed_in: bool = True


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
class BackupDamaged(RegistryError):
    """A file is not a whole backup of ours, or not what it says it is. ``detail`` is Swedish or DuckDB's own words."""

    path: Path
    detail: str


@dataclass
class BackupUnprovable(RegistryError):
    """A table holds something that a backup cannot keep: ``detail`` says where."""

    table: str
    detail: str


@dataclass
class BackupNotAnswered(RegistryError):
    """The process that holds the database does not answer the request for a backup, or says why it cannot."""

    path: Path
    detail: str


@dataclass
class HomeNotEmpty(RegistryError):
    """There is a database where a backup should be restored."""

    path: Path


@dataclass
class DutyUnknown(RegistryError):
    """It cannot be found out which duty somebody has. ``detail`` is for whoever runs the service."""

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
class AddressInvalid(RegistryError):
    """What should be the service's own address, or its contact's, is none; ``setting`` is where it can be given."""

    address: str
    setting: str


@dataclass
class FeedbackFull(RegistryError):
    """As many answers as are taken have been given: ``most`` in one "visit" or one "day"."""

    scope: Literal["visit", "day"]
    most: int


@dataclass
class FeedbackNotSaved(RegistryError):
    """The database did not take an answer, or did not take it back; its cause says why."""


@dataclass
class FileTooLarge(RegistryError):
    """A file is larger than is taken; both in bytes."""

    file: str
    size: int
    limit: int


@dataclass
class TooManyRows(RegistryError):
    """A file has more rows than are taken."""

    file: str
    limit: int


@dataclass
class TableUnreadable(RegistryError):
    """A file cannot be read as a table. ``reason`` is Swedish and says what about it."""

    file: str
    reason: str


@dataclass
class ColumnMissing(RegistryError):
    """A file cannot be understood: no column of it is said to hold ``what`` (Swedish)."""

    what: str


@dataclass
class ImportHasErrors(RegistryError):
    """``wrong`` of a file's ``rows`` rows cannot be imported, and the editor has not chosen to import the others."""

    wrong: int
    rows: int


@dataclass
class ImportOutdated(RegistryError):
    """The registry has changed since the preview was made; nothing was written."""


@dataclass
class AnswersUnreadable(RegistryError):
    """A file is not the answers of a mottagarkoll: too "large", something "other", another "version", or "damaged"."""

    reason: Literal["large", "other", "version", "damaged"]


class NothingWritten(RegistryError):
    """A text that should be sent in is empty."""


@dataclass
class TextTooLong(RegistryError):
    """A text is longer than is taken; both in characters."""

    length: int
    limit: int


@dataclass
class PersonalDataFound(RegistryError):
    """A text holds personal data of this ``kind`` (Swedish): ``found``, from character ``position``, counted from 1."""

    kind: str
    found: str
    position: int


@dataclass
class SendingFull(RegistryError):
    """As many needs or tips as are taken have come in: ``most`` in one "visit" or one "day"."""

    kind: Literal["behov", "tips"]
    scope: Literal["visit", "day"]
    most: int


@dataclass
class NeedNotFound(RegistryError):
    """No reported need has this id."""

    id: str


class NetworkUnreachable(RegistryError):
    """Other sites cannot be reached from here at all; nothing can be said of any link."""
