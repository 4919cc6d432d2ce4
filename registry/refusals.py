"""What the record's rules say of a value, in the reader's language and with what to do about it."""

from collections.abc import Mapping
from typing import Any

from registry.language import gettext, later

# How the parts of a list's items are called where a reason must name them.
_PART_WORDS = {
    "field": later("vad uppgiften gäller"),
    "claim": later("vad källan säger"),
    "basis": later("grund"),
    "source_title": later("källans titel"),
    "source_address": later("källans adress"),
    "quote": later("citat"),
    "date": later("datum"),
    "municipality": later("kommun"),
    "year": later("år"),
    "outcome": later("resultat"),
    "title": later("rubrik"),
    "address": later("adress"),
}
_PATTERN_WORDS = {
    "id": later("skriv små bokstäver a–z, siffror och bindestreck, till exempel odling-for-alla"),
    "regions": later("välj ett län ur listan"),
    "municipalities": later("välj en kommun ur listan"),
    "adoptions": later("välj en kommun ur listan"),
    "links": later("skriv hela adressen, som börjar med http:// eller https://, utan mellanslag"),
}
_WORDS = {
    "missing": later("saknas: fyll i fältet"),
    "string_too_short": later("är tomt: fyll i eller ta bort raden"),
    "string_too_long": later("är för långt: korta till högst {max_length} tecken"),
    "too_long": later("har för många rader: behåll högst {max_length}"),
    "enum": later("okänt värde: välj ett ur listan"),
    "extra_forbidden": later("finns inte bland registrets fält: ta bort det"),
    "string_type": later("ska vara text: skriv om det"),
    "string_unicode": later("innehåller tecken som inte går att spara: skriv om texten"),
    "tuple_type": later("ska vara en lista: lägg varje värde på en egen rad"),
    "model_type": later("har fel form: ta bort raden och lägg till den på nytt"),
    "greater_than_equal": later("är för lågt: skriv {ge} eller mer"),
    "less_than_equal": later("är för högt: skriv {le} eller mindre"),
}
_DATE = later("är inget datum: skriv det som 2026-11-22")
_NUMBER = later("är inget heltal: skriv det med siffror")
_WRONG = later("har fel form: skriv om det")


def part_word(part: str) -> str:
    """What a part of a list's item is called ("källans titel")."""
    return gettext(_PART_WORDS.get(part, part))


def refused_value(error: Mapping[str, Any]) -> str:
    """The reason for one of pydantic's errors on ``Initiative``, without a full stop.

    Args:
        error: as ``ValidationError.errors()`` gives it.
    """
    place, kind = error["loc"], str(error["type"])
    reason = _reason(str(place[0]), kind, error)
    parts = [part_word(part) for part in place[1:] if isinstance(part, str)]
    return f"{parts[0]}: {reason}" if parts else reason


def _reason(field: str, kind: str, error: Mapping[str, Any]) -> str:
    if kind == "value_error":
        return gettext(str(error["msg"]).removeprefix("Value error, "))
    if kind == "string_pattern_mismatch":
        return gettext(_PATTERN_WORDS.get(field, _WRONG))
    if kind.startswith("date"):
        return gettext(_DATE)
    if kind.startswith("int"):
        return gettext(_NUMBER)
    return gettext(_WORDS.get(kind, _WRONG)).format(**error.get("ctx", {}))
