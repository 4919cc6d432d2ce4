"""The words for what is stored of a reported need."""

from collections.abc import Sequence

from registry.inbox.reported_needs import ReportedNeed, groups
from ui.context import places, vocabulary
from ui.language import _


def term_words(field: str, ids: Sequence[str]) -> str:
    """The labels of these terms, or that nothing is said."""
    return ", ".join(vocabulary().label(field, id) for id in ids) or _("inget angivet")


def group_words(group: str) -> str:
    """SKR's name of a group of municipalities."""
    return groups(places()).get(group) or _("inte angivet")


def place_words(need: ReportedNeed) -> str:
    """The municipality, or the kind of municipality, as far as the sender let it be kept."""
    if need.municipality:
        return f"{places().municipalities[need.municipality].name} ({group_words(need.group).lower()})"
    return group_words(need.group)
