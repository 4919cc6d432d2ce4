"""Files as people send them, and a registry of its own that takes them in."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from registry.editing.proposals import ProposalStore
from registry.importing.applying import Choices, Outcome, apply_import
from registry.importing.known import Known
from registry.importing.memory import ImportMemory
from registry.importing.plan import Plan, plan_import
from registry.importing.preview import suggested_recipe, understood
from registry.importing.reading import read_table
from registry.initiative import Initiative
from registry.places import load_places
from registry.store import InitiativeStore
from registry.vocabulary import load_vocabulary

ESF_HEADER = (
    "Diarienummer / Operation ID", "Stödmottagare / Beneficiary", "Projektägare ort / Beneficiary city",
    "Namn på insatsen / Operation Name", "Programområde / Priority", "Total projektbudget / Total budget SEK",
    "Sammanfattning / Summary", "Startdatum / Start date", "Slutdatum / End date", "EU-fond / EU fund",
)  # fmt: skip
ESF_ROW = (
    "23-017-S01", "UPPSALA KOMMUN", "UPPSALA", "Gottsunda framåt", "E Social innovation", "4 973 906",
    "<p>Ger stöd till <b>unga</b> utan jobb &amp; studier.</p><p>Leds av kommunen.</p>", "2023-01-01 00:00", "31/12/2025", "ESF+",
)  # fmt: skip
KOHESIO_HEADER = (
    "Operation_Unique_Identifier", "Operation_Local_Identifier", "Operation_Name_English", "Operation_Name_Programme_Language",
    "Operation_Summary_Programme_Language", "Beneficiary_Name", "Operation_Start_Date", "Operation_End_Date",
    "Total_Eligible_Expenditure_amount", "Total_Eligible_Expenditure_Currency", "NUTS3_Code", "Programming_Period",
)  # fmt: skip
KOHESIO_ROW = (
    "https://linkedopendata.eu/entity/Q4512", "2021SE05SFPR001_23-017-S01", "Gottsunda forward", "Gottsunda framåt",
    "Ger stöd till unga.", "Uppsala kommun", "01/02/2023", "31/12/2025", "441372.35", "EUR", "SE121", "2021-2027",
)  # fmt: skip


def as_file(*rows: Sequence[str], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_workbook(*rows: Sequence[Any], merged: Sequence[str] = ()) -> bytes:
    """The rows as a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for reference in merged:
        sheet.merge_cells(reference)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


TODAY = dt.date(2026, 11, 22)
WORDS, PLACES = load_vocabulary(), load_places()
CHOICES = Choices(today=TODAY.isoformat())


@dataclass
class Desk:
    """A registry of its own and what imports need of it."""

    store: InitiativeStore
    proposals: ProposalStore
    memory: ImportMemory

    def known(self) -> Known:
        return Known(self.store, self.proposals, self.memory)

    def plan(self, *rows: Sequence[Any], header: Sequence[str] = ESF_HEADER, **callables: Any) -> Plan:
        return self.plan_file(as_file(header, *rows), "projekt.csv", **callables)

    def plan_file(self, data: bytes, file: str, **callables: Any) -> Plan:
        table = read_table(file, data)
        rows = understood(table, suggested_recipe(table, self.memory), WORDS, PLACES, TODAY)
        return plan_import(file, rows, self.known(), **callables)

    def apply(self, plan: Plan, choices: Choices = CHOICES) -> Outcome:
        return apply_import(plan, self.store.database, self.known, by="Eva", choices=choices)

    def publish(self, proposal_id: str, **fields: Any) -> Initiative:
        """What an editor does: fills in the rest and approves."""
        proposal = self.proposals.get(proposal_id)
        whole = {"form": "metod", **proposal.fields, **fields}
        saved = self.proposals.autosave(proposal_id, whole, seen_version=proposal.version, by="Bo")
        self.proposals.submit(proposal_id, seen_version=saved.version, by="Bo")
        version = self.proposals.get(proposal_id).version
        return self.proposals.approve(proposal_id, seen_version=version, by="Bo", reason="Granskat.")


def opened(folder: Path | None = None) -> Desk:
    store = InitiativeStore(folder)
    return Desk(store, ProposalStore(store, WORDS, PLACES), ImportMemory(store.database))


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = opened()
    yield desk
    desk.store.close()


def row(number: int, **changes: Any) -> tuple[Any, ...]:
    """A row of ESF's with a number of its own; changes by the first word of the heading."""
    cells = dict(zip(ESF_HEADER, ESF_ROW, strict=True)) | {
        ESF_HEADER[0]: f"23-{number:03}-S01",
        ESF_HEADER[3]: f"Insats {number}",
    }
    for word, value in changes.items():
        heading = next(heading for heading in ESF_HEADER if heading.lower().startswith(word))
        cells[heading] = value
    return tuple(cells.values())
