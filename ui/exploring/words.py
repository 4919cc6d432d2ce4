"""The words that Utforska shows for facets and their values."""

from ui.context import places, vocabulary
from ui.language import _, later, ngettext

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


def how_many(count: int, *, everything: bool) -> str:
    """So and so many initiatives, or records where other kinds are shown too."""
    if everything:
        return ngettext("{n} post", "{n} poster", count).format(n=number(count))
    return ngettext("{n} initiativ", "{n} initiativ", count).format(n=number(count))


def number(value: int) -> str:
    """A number with a thin space between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def listed(words: list[str]) -> str:
    """ "a, b och c"."""
    return (
        _("{first} och {last}").format(first=", ".join(words[:-1]), last=words[-1])
        if len(words) > 1
        else "".join(words)
    )
