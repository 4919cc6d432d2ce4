"""What the record's rules say of a value, in Swedish and with what to do about it."""

from collections.abc import Mapping
from typing import Any

# How the parts of a list's items are called where a reason must name them.
_PART_WORDS = {
    "field": "vad uppgiften gäller",
    "claim": "vad källan säger",
    "basis": "grund",
    "source_title": "källans titel",
    "source_address": "källans adress",
    "quote": "citat",
    "date": "datum",
    "municipality": "kommun",
    "year": "år",
    "outcome": "resultat",
    "title": "rubrik",
    "address": "adress",
}
_PATTERN_WORDS = {
    "id": "skriv små bokstäver a–z, siffror och bindestreck, till exempel odling-for-alla",
    "regions": "välj ett län ur listan",
    "municipalities": "välj en kommun ur listan",
    "adoptions": "välj en kommun ur listan",
    "links": "skriv hela adressen, som börjar med http:// eller https://, utan mellanslag",
}
_WORDS = {
    "missing": "saknas: fyll i fältet",
    "string_too_short": "är tomt: fyll i eller ta bort raden",
    "string_too_long": "är för långt: korta till högst {max_length} tecken",
    "too_long": "har för många rader: behåll högst {max_length}",
    "enum": "okänt värde: välj ett ur listan",
    "extra_forbidden": "finns inte bland registrets fält: ta bort det",
    "string_type": "ska vara text: skriv om det",
    "string_unicode": "innehåller tecken som inte går att spara: skriv om texten",
    "tuple_type": "ska vara en lista: lägg varje värde på en egen rad",
    "model_type": "har fel form: ta bort raden och lägg till den på nytt",
    "greater_than_equal": "är för lågt: skriv {ge} eller mer",
    "less_than_equal": "är för högt: skriv {le} eller mindre",
}
_DATE = "är inget datum: skriv det som 2026-11-22"
_NUMBER = "är inget heltal: skriv det med siffror"


def part_word(part: str) -> str:
    """What a part of a list's item is called ("källans titel")."""
    return _PART_WORDS.get(part, part)


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
        return str(error["msg"]).removeprefix("Value error, ")
    if kind == "string_pattern_mismatch":
        return _PATTERN_WORDS.get(field, "har fel form: skriv om det")
    if kind.startswith("date"):
        return _DATE
    if kind.startswith("int"):
        return _NUMBER
    return _WORDS.get(kind, "har fel form: skriv om det").format(**error.get("ctx", {}))
