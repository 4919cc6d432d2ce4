"""What the registry's records lack, so that the editors know what to do next."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.exporting.sheets import rows_as_csv
from registry.initiative import CLAIMED_FIELDS, CLAIMED_VALUES, Initiative
from registry.store import InitiativeStore
from registry.upkeep.links import LinkFinding, addresses_of
from registry.values import Basis

STALE_AFTER = dt.timedelta(days=365)
THIN_FROM = 16  # of the 19 fields that a receiver would ask about, so many are unknown


class Lack(StrEnum):
    """What a record may lack."""

    SOURCE = "saknar källa"
    CHECK = "inte kontrollerad på ett år"
    PLACE = "saknar plats"
    CONTENT = "tunn"
    CERTAINTY = "osäkra uppgifter"
    LINKS = "döda eller tveksamma länkar"


@dataclass(frozen=True)
class Finding:
    """One thing that a record lacks. ``details`` are fields, doubts or addresses, by what is lacking."""

    record: Initiative
    lack: Lack
    details: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """How many of ``records`` lack something."""

    lack: Lack
    lacking: int
    records: int


def lacks_of(record: Initiative, today: dt.date, links: Mapping[str, LinkFinding]) -> list[Finding]:
    """What the record lacks; ``links`` are the last findings, by address."""
    details = {
        Lack.SOURCE: editorial_claims(record),
        Lack.CHECK: _unchecked(record, today),
        Lack.PLACE: () if record.regions or record.tried_in() else ("regions", "municipalities"),
        Lack.CONTENT: unknown if len(unknown := record.unknown_fields()) >= THIN_FROM else (),
        Lack.CERTAINTY: record.doubts,
        Lack.LINKS: tuple(address for address in addresses_of(record) if address in links and links[address].is_bad),
    }
    return [Finding(record, lack, found) for lack, found in details.items() if found]


def findings(records: Iterable[Initiative], today: dt.date, links: Mapping[str, LinkFinding]) -> list[Finding]:
    """What each of the records lacks, in their order."""
    return [finding for record in records for finding in lacks_of(record, today, links)]


def overview(found: Iterable[Finding], records: int) -> list[Share]:
    """How many of the records lack each thing."""
    held = [finding.lack for finding in found]
    return [Share(lack, held.count(lack), records) for lack in Lack]


def editorial_claims(record: Initiative) -> tuple[str, ...]:
    """The fields that claim something which rests on the editors' judgement alone."""
    unsourced: dict[str, None] = {}
    for field in (*CLAIMED_FIELDS, *CLAIMED_VALUES):
        bases = {s.basis for s in record.statements if s.field == field or s.field.startswith(f"{field}.")}
        if bases == {Basis.EDITORIAL}:
            unsourced[field] = None
    return tuple(unsourced)


def confirm_checked(store: InitiativeStore, record: Initiative, *, by: str, today: dt.date) -> Initiative:
    """Saves that somebody has gone through the record today and found that it holds.

    Raises:
        EditConflict: it was changed after ``record`` was read.
        RecordNotFound: there is no such record.
    """
    checked = record.model_copy(update={"last_verified": today})
    return store.save(checked, seen_revision=record.revision, by=by, reason="Kontrollerad utan ändringar")


def as_csv(found: Sequence[Finding]) -> str:
    """The findings as CSV, one a row; see ``registry.exporting.exports.as_csv`` on its form."""
    rows = [
        [finding.record.id, finding.record.name, str(finding.lack), " | ".join(finding.details)] for finding in found
    ]
    return rows_as_csv(("id", "namn", "brist", "detaljer"), rows)


def _unchecked(record: Initiative, today: dt.date) -> tuple[str, ...]:
    if record.last_verified is None:
        return ("aldrig",)
    return (record.last_verified.isoformat(),) if today - record.last_verified > STALE_AFTER else ()
