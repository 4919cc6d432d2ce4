"""Made-up lists in the layouts of ESF's projektbank and of Kohesio, with errors planted in known rows.

Names, summaries and places come from the shipped catalogue and the places' own table, written as the two lists write
them: pairs of headings, HTML, sums with spaces, two kinds of dates, NUTS 3 codes. The same seed gives the same rows.
"""

import csv
import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from registry.catalogue import PARQUET, read_parquet
from registry.importing.regions import NUTS3
from registry.places import load_places

SEED = 4
SHARE_WRONG = 0.03
ESF = (
    "Diarienummer / Operation ID", "Stödmottagare / Beneficiary", "Projektägare organisationsnummer / Beneficiary ID",
    "Projektägare ort / Beneficiary city", "Stödmottagarens land / Beneficiary country", "Namn på insatsen / Operation Name",
    "Programområde / Priority", "Specifikt mål / Specific objective concerned", "Interventionsområde / Intervention field",
    "Total projektbudget / Total budget SEK", "Unionens medfinansieringsgrad / Union co-financing rate",
    "EU-stöd i SEK / EU contribution SEK", "Sammanfattning / Summary", "Sammanfattning engelsk / Summary in english",
    "Startdatum / Start date", "Slutdatum / End date", "EU-fond / EU fund", "Program CCI / Program CCI",
)  # fmt: skip
KOHESIO = (
    "Operation_Unique_Identifier", "Operation_Local_Identifier", "Operation_Name_English", "Operation_Name_Programme_Language",
    "Operation_Summary_English", "Operation_Summary_Programme_Language", "Beneficiary_Name", "Country", "Fund_Code",
    "Programme_Name", "Operation_Start_Date", "Operation_End_Date", "Total_Eligible_Expenditure_amount",
    "Total_Eligible_Expenditure_Currency", "Cofinancing_Rate", "NUTS3_Code", "Programming_Period", "Category_Label",
)  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Columns:
    """The headings under which the two lists have the same things."""

    id: str
    name: str
    summary: str
    start: str
    end: str
    cost: str


ESF_COLUMNS = Columns(ESF[0], ESF[5], ESF[12], ESF[14], ESF[15], ESF[9])
KOHESIO_COLUMNS = Columns(KOHESIO[0], KOHESIO[3], KOHESIO[5], KOHESIO[10], KOHESIO[11], KOHESIO[12])


def planted(layout: str, count: int) -> tuple[list[Row], dict[int, str]]:
    """Made-up rows and, for those with an error, its kind."""
    choose = random.Random(SEED)  # noqa: S311 - a fixed seed is the point
    make = esf_rows if layout == "esf" else kohesio_rows
    rows = make(count, choose)
    columns = ESF_COLUMNS if layout == "esf" else KOHESIO_COLUMNS
    wrong: dict[int, str] = {}
    for number in sorted(choose.sample(range(1, count), int(count * SHARE_WRONG))):
        kind = choose.choice(sorted(ERRORS))
        ERRORS[kind](rows[number], columns, rows[number - 1])
        wrong[number] = kind
    return rows, wrong


def _put(column: str, value: Any) -> Callable[[Row, Columns, Row], None]:
    def put(row: Row, columns: Columns, _: Row) -> None:
        row[getattr(columns, column)] = value

    return put


def _add(words: str) -> Callable[[Row, Columns, Row], None]:
    def add(row: Row, columns: Columns, _: Row) -> None:
        row[columns.summary] += words

    return add


def _same_id(row: Row, columns: Columns, before: Row) -> None:
    row[columns.id] = before[columns.id]


ERRORS: dict[str, Callable[[Row, Columns, Row], None]] = {
    "no name": _put("name", ""),
    "no date": _put("start", "våren 2023"),
    "impossible date": _put("start", "31/02/2023"),
    "ends before it starts": _put("end", "1999-01-01"),
    "no sum": _put("cost", "cirka fyra miljoner"),
    "e-mail address": _add(" Skriv till anna.svensson@exempel.se."),
    "telephone number": _add(" Ring 070-123 45 67."),
    "personnummer": _add(" Ansvarig 19700101-1239."),
    "named contact": _add(" Kontaktperson: Anna Svensson."),
    "id of another row": _same_id,
}


def esf_rows(count: int, choose: random.Random) -> list[Row]:
    """Rows as ESF's projektbank writes them."""
    texts, places = material(), list(load_places().municipalities.values())
    rows = []
    for number in range(count):
        place, start = choose.choice(places), a_day(choose)
        summary = "".join(f"<p>{sentence}</p>" for sentence in choose.sample(texts, choose.randint(2, 6)))
        cells = (
            f"{23 + number // 5000}-{number % 5000:03}-S01", f"{place.name.upper()} KOMMUN", "2120000000", place.name.upper(), "Sverige",
            a_name(choose, place.name), f"{choose.choice('ABCDE')} Programområde", "4.1", "134", f"{choose.randint(300, 60_000) * 1003:,}".replace(",", " "),
            "40%", "", summary, "", f"{start} 00:00", start + dt.timedelta(days=choose.randint(200, 1100)), "ESF+", "2021SE05SFPR",
        )  # fmt: skip
        rows.append(dict(zip(ESF, cells, strict=True)))
    return rows


def kohesio_rows(count: int, choose: random.Random) -> list[Row]:
    """Rows as Kohesio's file of projects writes them."""
    texts, places, nuts = material(), list(load_places().municipalities.values()), sorted(NUTS3)
    rows = []
    for number in range(count):
        place, start = choose.choice(places), a_day(choose)
        name, summary = a_name(choose, place.name), " ".join(choose.sample(texts, choose.randint(2, 6)))
        end = start + dt.timedelta(days=choose.randint(200, 1100))
        cells = (
            f"https://linkedopendata.eu/entity/Q{400_000 + number}", f"2021SE05SFPR001_{23 + number // 5000}-{number % 5000:03}-S01", "", name,
            "", summary, f"{place.name} kommun", "Sweden", "ESF+", "Europeiska socialfonden+", f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}",
            f"{choose.randint(30_000, 6_000_000) / 7:.2f}", "EUR", "40.0", choose.choice(nuts), "2021-2027", "",
        )  # fmt: skip
        rows.append(dict(zip(KOHESIO, cells, strict=True)))
    return rows


def material() -> list[str]:
    """Sentences to make summaries of."""
    return [sentence for record in read_parquet(PARQUET) for sentence in (*record.situations, record.summary)]


def a_name(choose: random.Random, place: str) -> str:
    """A project's name."""
    first = (
        "Vägen",
        "Steget",
        "Kraft",
        "Mötesplats",
        "Samverkan",
        "Framtid",
        "Språng",
        "Bron",
        "Ny start",
        "Tillsammans",
    )
    last = (
        "till arbete",
        "för unga",
        "mot ensamhet",
        "in i studier",
        "för nyanlända",
        "i glesbygd",
        "för alla",
        "med digitalt stöd",
    )
    return f"{choose.choice(first)} {choose.choice(last)} {place} {choose.randint(1, 99)}"


def a_day(choose: random.Random) -> dt.date:
    """A day on which a project begins."""
    return dt.date(2021, 1, 1) + dt.timedelta(days=choose.randint(0, 1500))


def as_csv(header: tuple[str, ...], rows: list[Row]) -> bytes:
    """The rows as CSV with commas, as Kohesio writes it."""
    text = io.StringIO()
    csv.writer(text).writerows([header, *(list(row.values()) for row in rows)])
    return text.getvalue().encode()


def as_xlsx(header: tuple[str, ...], rows: list[Row]) -> bytes:
    """The rows as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Projekt")
    for row in (header, *(list(row.values()) for row in rows)):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
