"""Files as people send them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

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
