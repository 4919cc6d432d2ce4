"""Whether the ids in a record are known: vocabulary terms, regions, municipalities, and what statements are about."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registry.initiative import Initiative
from registry.language import gettext
from registry.places import COUNTRIES, NATIONAL, Places
from registry.vocabulary import Vocabulary


@dataclass(frozen=True)
class Unknown:
    """An id that is not known: the field, which item of it, and why it is refused, in Swedish."""

    field: str
    position: int
    reason: str


def unknown_references(values: Mapping[str, Any], vocabulary: Vocabulary, places: Places) -> Iterator[Unknown]:
    """Every id in the fields that is not known.

    Args:
        values: field names and JSON values, as ``Initiative.model_dump(mode="json")`` gives. Fields and
            parts may be missing or of any type: what is not text is another rule's matter.
    """
    for field, ids in _known(vocabulary, places).items():
        for position, id in enumerate(listed(values, field)):
            if isinstance(id, str) and id not in ids:
                yield Unknown(field, position, gettext("okänt värde: {id}").format(id=id))
    for position, code in _parts(values, "adoptions", "municipality"):
        if code not in places.municipalities:
            yield Unknown("adoptions", position, gettext("okänd kommun: {code}").format(code=code))
    for position, about in _parts(values, "statements", "field"):
        field, _, value = about.partition(".")
        if field not in Initiative.model_fields or (value and value not in listed(values, field)):
            yield Unknown(
                "statements", position, gettext("uppgiften gäller {about}, som inte finns i posten").format(about=about)
            )


def listed(values: Mapping[str, Any], field: str) -> list[Any]:
    """The items of a list field; none where it is missing or no list."""
    value = values.get(field)
    return value if isinstance(value, list) else []


def _parts(values: Mapping[str, Any], field: str, key: str) -> Iterator[tuple[int, str]]:
    for position, part in enumerate(listed(values, field)):
        if isinstance(part, dict) and isinstance(part.get(key), str):
            yield position, part[key]


def _known(vocabulary: Vocabulary, places: Places) -> dict[str, Collection[str]]:
    return {
        "target_groups": vocabulary.target_groups,
        "themes": vocabulary.themes,
        "barriers": vocabulary.barriers,
        "policy_links": vocabulary.policy_objects,
        "regions": {NATIONAL, *places.lan, *COUNTRIES},
        "municipalities": places.municipalities,
    }
