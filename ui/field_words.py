"""What each field of a record is called on the pages, and its values in words."""

from collections.abc import Mapping
from html import escape
from typing import Any

from registry.field_names import FIELD_NAMES
from registry.initiative import UNKNOWN
from ui.context import places, vocabulary
from ui.language import _
from ui.markup import own_words

FIELD_WORDS = FIELD_NAMES
_TERMS = {
    "target_groups": "target_groups",
    "themes": "themes",
    "barriers": "barriers",
    "policy_links": "policy_objects",
}
# Fields with one of a few values, which are the interface's own words.
_CLOSED = {"role", "form", "sectors", "settings", "operation", "maturity", "evidence", "status"}


def field_word(path: str) -> str:
    """The label of a field, or of one value in it (``target_groups.uvas``)."""
    field, _dot, value = path.partition(".")
    label = _(FIELD_WORDS.get(field, field))
    return f"{label}: {value_word(field, value)}" if value else label


def value_word(field: str, value: str) -> str:
    """One value of a field in words; an id that nobody knows is shown as it stands."""
    if field in _CLOSED:
        return _(value)
    if field == "regions":
        return _(places().region_label(value))
    if field == "municipalities":
        found = places().municipalities.get(value)
        return found.name if found else value
    terms: Mapping[str, Any] = getattr(vocabulary(), _TERMS[field]) if field in _TERMS else {}
    return vocabulary().label(_TERMS[field], value) if value in terms else value


def value_html(field: str, value: str) -> str:
    """One value of a field as HTML: marked as Swedish where it stays so on a page in another language."""
    return words_html(field, value_word(field, value))


def words_html(field: str, words: str) -> str:
    """Words for a field's value as HTML, marked in the same way."""
    return escape(words) if field in _CLOSED or field == "regions" else own_words(escape(words))


def in_words(field: str, value: Any) -> list[str]:
    """A field's value as lines to read; none where nothing is known."""
    if value in (None, "", UNKNOWN):
        return []
    if not isinstance(value, list | tuple):
        return [_(str(value)) if field in _CLOSED else str(value)]
    parts = {"statements": _statement, "adoptions": _adoption, "links": _link}
    if field in parts:
        return [parts[field](part) for part in value]
    return [value_word(field, str(part)) for part in value]


def _statement(statement: Mapping[str, Any]) -> str:
    said = [f"{field_word(str(statement.get('field', '')))} – {statement.get('claim') or _('Uppgift saknas')}"]
    if statement.get("quote"):
        said.append(f"”{statement['quote']}”")
    source = ", ".join(filter(None, (statement.get("source_title"), statement.get("source_address"))))
    basis = _(str(statement.get("basis") or "")) or _("grund saknas")
    return " ".join([*said, f"({basis}{f': {source}' if source else ''})"])


def _adoption(adoption: Mapping[str, Any]) -> str:
    year = adoption.get("year") or _("år saknas")
    place = value_word("municipalities", str(adoption.get("municipality") or "")) or _("kommun saknas")
    outcome = str(adoption.get("outcome") or UNKNOWN)
    return f"{place}, {year}: {_('uppgift saknas') if outcome == UNKNOWN else outcome}"


def _link(link: Mapping[str, Any]) -> str:
    return f"{link.get('title') or _('titel saknas')} ({link.get('address') or _('adress saknas')})"
