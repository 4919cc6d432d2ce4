"""From a row of somebody's list to a record's fields, each claim with the list as its source."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from registry.editing.drafts import Fields
from registry.importing.cells_of_row import CellsOfRow
from registry.importing.layouts import BY_ID, ESF, names_persons
from registry.importing.personal import find_person
from registry.importing.regions import municipality_code, region_finder
from registry.importing.table import Row, Table
from registry.importing.understood import Recipe, Understood
from registry.importing.values import amount, date, plain, several, shortened, text_of, thousands
from registry.initiative import CLAIMED_FIELDS, CLAIMED_VALUES
from registry.language import gettext
from registry.places import Places, fold
from registry.values import Basis
from registry.vocabulary import Term, Vocabulary

# Gives the id that a word stands for; None where it stands for none.
Finder: TypeAlias = Callable[[str], str | None]

_LONGEST_NAME = 160
_LONGEST_SUMMARY = 300
_ADDRESS = re.compile(r"https?://\S+")
_ENTITY = re.compile(r"https?://\S+/(?=[^/\s]+$)")
# Kohesio's local ids end with ESF's own diarienummer: "2021SE05SFPR001_23-017-S01".
_ESF_NUMBER = re.compile(r"_(\d{2}-\d{3}-S\d+)$", re.IGNORECASE)
_CURRENCIES = (("SEK", "kr"), ("EUR", "euro"))


class RowReader:
    """Reads the rows of one file by one recipe; ``today`` dates the statements. Columns with persons are never read."""

    def __init__(self, table: Table, recipe: Recipe, vocabulary: Vocabulary, places: Places, today: dt.date) -> None:
        self._columns = {
            id: table.column(heading)
            for id, heading in recipe.mapping.items()
            if heading in table.header and not names_persons(heading)
        }
        self._header = table.header
        self._recipe = recipe
        self._file = table.file
        self._today = today
        self._finders: dict[str, Finder] = {
            "regions": region_finder(places),
            "municipalities": lambda text: municipality_code(text, places),
            "target_groups": _term_finder(vocabulary.target_groups),
            "themes": _term_finder(vocabulary.themes),
        }

    def read(self, row: Row) -> Understood:
        """What the row says; whatever is wrong with it stands in ``problems``."""
        cells = CellsOfRow(row, self._columns, self._header)
        if row.surplus:
            advice = gettext("Sätt citattecken om celler som innehåller separatorn, eller spara om filen som XLSX.")
            cells.problem("", row.surplus, gettext("Raden har fler celler än det finns rubriker."), advice)
        name = plain(text_of(cells.get("name") or ""))
        fields = _names(cells, name) | _long_texts(cells) | _organisations(cells) | _period(cells) | _cost(cells)
        fields |= _from_vocabularies(cells, self._finders)
        ids = _external_ids(cells, self._recipe.prefix)
        fields |= {"external_ids": ids} if ids else {}
        _check_persons(cells)
        fields["statements"] = list(self._statements(cells, fields))
        keys = tuple(ids) or (f"{self._recipe.signature}:{fold(name)}|{fold(fields.get('owner', ''))}",)
        return Understood(row.number, name, keys, fields, tuple(cells.problems), tuple(cells.notes))

    def _statements(self, cells: CellsOfRow, fields: Fields) -> Iterator[dict[str, Any]]:
        source = self._source(cells)
        for field, value in fields.items():
            if field in CLAIMED_FIELDS:
                claim = f"{BY_ID['cost' if field == 'cost_band' else field].label}: {', '.join(_texts(value))}"
                yield {"field": field, "claim": claim, **source}
            elif field in CLAIMED_VALUES:
                claim = f"{BY_ID[field].label}: {plain(cells.get(field))}"
                yield from ({"field": f"{field}.{code}", "claim": claim, **source} for code in value)

    def _source(self, cells: CellsOfRow) -> dict[str, str]:
        """The row's own page, or else the list's, or else the file."""
        own = plain(cells.get("address") or "")
        if own and not _ADDRESS.fullmatch(own):
            advice = gettext("Skriv hela adressen, med https:// först, eller töm cellen.")
            cells.problem("address", own, gettext("Det är ingen webbadress."), advice)
        address = own or self._recipe.address
        return {
            "basis": (Basis.PUBLIC if address else Basis.DOCUMENT).value,
            "source_title": self._recipe.title or self._file,
            "source_address": address or self._file,
            "quote": "",
            "date": self._today.isoformat(),
        }


def _names(cells: CellsOfRow, name: str) -> Fields:
    if not name:
        cells.problem("name", "", gettext("Namnet saknas."), gettext("Fyll i namnet, eller ta bort raden."))
        return {}
    short = shortened(name, _LONGEST_NAME)
    if short != name:
        cells.notes.append(gettext("Namnet är kortat; hela namnet står som annat namn."))
    others = [name, *([plain(cells.get("alias"))] if cells.get("alias") is not None else [])]
    aliases = [other for other in dict.fromkeys(others) if fold(other) != fold(short)]
    return {"name": short} | ({"aliases": aliases} if aliases else {})


def _long_texts(cells: CellsOfRow) -> Fields:
    summary, description = (text_of(cells.get(target) or "") for target in ("summary", "description"))
    if not summary and not description:
        return {}
    short = shortened(summary or description, _LONGEST_SUMMARY)
    if len(short) < len(plain(summary or description)):
        cells.notes.append(gettext("Sammanfattningen är kortad; hela texten står som beskrivning."))
    return {"summary": short, "description": description or summary}


def _organisations(cells: CellsOfRow) -> Fields:
    owner = cells.get("owner")
    lists = {target: several(cells.get(target)) for target in ("partners", "funding") if cells.get(target) is not None}
    return ({"owner": plain(owner)} if owner is not None else {}) | {
        name: found for name, found in lists.items() if found
    }


def _period(cells: CellsOfRow) -> Fields:
    start, end = (
        cells.parsed(target, date, gettext("Det går inte att läsa som datum."), "2023-01-31")
        for target in ("start", "end")
    )
    if start and end and end < start:
        cells.problem(
            "end", cells.get("end"), gettext("Slutdatum ligger före startdatum."), gettext("Rätta något av datumen.")
        )
    if start or end:
        return {"period": f"{start or ''}–{end or ''}"}
    period = cells.get("period")
    return {"period": plain(period)} if period is not None else {}


def _cost(cells: CellsOfRow) -> Fields:
    cost = cells.parsed("cost", amount, gettext("Det går inte att läsa som belopp."), "4 973 906")
    if cost is None:
        return {}
    said = f"{cells.heading('cost')} {plain(cells.get('currency') or '')}".upper()
    currency = next((word for sign, word in _CURRENCIES if sign in said), "")
    return {"cost_band": f"{thousands(cost)} {currency}".strip()}


def _from_vocabularies(cells: CellsOfRow, finders: Mapping[str, Finder]) -> Fields:
    fields: Fields = {}
    for field, find in finders.items():
        value = cells.get(field)
        found = {part: find(part) for part in _parts(value, find)} if value is not None else {}
        for part in (part for part, code in found.items() if code is None):
            advice = gettext("Rätta stavningen, skriv koden, eller töm cellen.")
            cells.problem(field, part, gettext("Värdet finns inte i registrets ordlistor."), advice)
        codes = list(dict.fromkeys(code for code in found.values() if code))
        fields |= {field: codes} if codes else {}
    return fields


def _parts(value: Any, find: Finder) -> list[str]:
    """The values of a cell; commas part them too, unless the whole is a value by itself."""
    parts = several(value)
    split = ([part] if find(part) else part.split(",") for part in parts)
    return [word for words in split for one in words if (word := one.strip())]


def _external_ids(cells: CellsOfRow, prefix: str) -> list[str]:
    own, local = (plain(cells.get(target) or "") for target in ("external_id", "local_id"))
    number = _ESF_NUMBER.search(local)
    ids = [f"{prefix}:{_ENTITY.sub('', own)}"] if own else []
    if local:
        ids.append(f"{ESF.prefix}:{number[1].upper()}" if number else f"{prefix}:{local}")
    return list(dict.fromkeys(ids))


def _check_persons(cells: CellsOfRow) -> None:
    """The whole of each cell is searched, also what has been cut; each cell is told of once."""
    for target in ("name", "alias", "summary", "description", "owner", "partners", "funding", "period"):
        value = cells.get(target)
        found = find_person(text_of(value)) if value is not None else None
        if found:
            advice = gettext("Ta bort personuppgiften ur filen; ange en funktion i stället.")
            reason = gettext("Cellen innehåller {kind}, som inte får stå i registret.").format(kind=gettext(found.kind))
            cells.problem(target, found.around, reason, advice)


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _term_finder(terms: Mapping[str, Term]) -> Finder:
    known = {
        fold(word): id for id, term in terms.items() for word in (id, term.label, *term.names, *term.abbreviations)
    }
    return lambda text: known.get(fold(text))
