"""The words that Utforska shows for facets and their values."""

from html import escape

from ui.context import places, vocabulary
from ui.language import _, later, ngettext
from ui.markup import number, own_words

_FACETS = {
    "target_groups": later("Målgrupp"),
    "themes": later("Tema"),
    "regions": later("Län eller land"),
    "municipality_types": later("Kommuntyp"),
    "municipalities": later("Kommun"),
    "settings": later("Slags plats"),
    "sectors": later("Sektor"),
    "forms": later("Form"),
    "maturity": later("Mognad"),
    "evidence": later("Evidens"),
    "operations": later("Drift"),
    "categories": later("Rubrik i underlaget"),
    "roles": later("Roll"),
}
# Facets with the catalogue's own words, which stay Swedish; names of places are names in every language.
OWN = {"target_groups", "themes", "municipality_types", "categories"}


def facet_label(facet: str) -> str:
    """What a facet is called."""
    return _(_FACETS[facet])


def value_label(facet: str, value: str) -> str:
    """What a value of a facet is called."""
    match facet:
        case "target_groups" | "themes":
            entries = getattr(vocabulary(), facet)
            return entries[value].label if value in entries else value
        case "regions":
            return _(places().region_label(value))
        case "municipalities":
            known = places().municipalities
            return known[value].name if value in known else value
        case "municipality_types":
            return next((m.group_name for m in places().municipalities.values() if m.group == value), value)
        case _:
            words = _(value) if facet != "categories" else value
            return words[:1].upper() + words[1:]


def value_html(facet: str, value: str) -> str:
    """What a value of a facet is called, as HTML: marked as Swedish where it stays so on a page in another language."""
    words = escape(value_label(facet, value))
    return own_words(words) if facet in OWN else words


def how_many(count: int, *, everything: bool) -> str:
    """So and so many initiatives, or records where other kinds are shown too."""
    if everything:
        return ngettext("{n} post", "{n} poster", count).format(n=number(count))
    return ngettext("{n} initiativ", "{n} initiativ", count).format(n=number(count))


def listed(words: list[str]) -> str:
    """ "a, b och c"."""
    return (
        _("{first} och {last}").format(first=", ".join(words[:-1]), last=words[-1])
        if len(words) > 1
        else "".join(words)
    )
