"""A record on its way: what a form holds before it is whole, and what still stops it from being published.

A draft is plain JSON data and may hold anything; ``as_record`` is the strict gate. Blank values (null,
"", [] and white space) count as not filled in, both in the draft and in the parts of its lists.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError

from registry.errors import RecordInvalid
from registry.initiative import CLAIMED_VALUES, Initiative, unsupported_claims
from registry.language import gettext
from registry.person_names import find_person_name
from registry.personal_data import find_personal_data
from registry.places import Places, fold
from registry.references import listed, unknown_references
from registry.refusals import part_word, refused_value
from registry.vocabulary import Vocabulary

Fields: TypeAlias = dict[str, Any]

# What the store keeps account of; no editor fills it in.
BOOKKEEPING = ("revision", "updated_at", "updated_by", "status")
_LONGEST_SLUG = 80


@dataclass(frozen=True)
class Problem:
    """Something that stops publication.

    ``position`` says which item of a list field (the first is 0); None where it is the whole field.
    ``reason`` is Swedish and says what to do.
    """

    field: str
    position: int | None
    reason: str


def problems(fields: Fields, vocabulary: Vocabulary, places: Places) -> list[Problem]:
    """Everything that stops the draft from being published, in the order of the record's fields.

    Never raises, whatever JSON value ``fields`` is. An id that is not filled in is no problem:
    ``slug_for`` gives it one.
    """
    if not isinstance(fields, dict):
        return [Problem("posten", None, gettext("förslaget har ingen känd form: börja om med ett tomt formulär"))]
    draft = filled_in(fields)
    found = [
        *_shape(draft),
        *(
            Problem(u.field, u.position, gettext("{reason} (välj ur listan)").format(reason=u.reason))
            for u in unknown_references(draft, vocabulary, places)
        ),
        *_unsourced(draft, vocabulary, places),
        *_personal_data(draft),
        *_person_names(draft, places),
    ]
    order = {name: number for number, name in enumerate(Initiative.model_fields)}
    return sorted(dict.fromkeys(found), key=lambda p: (order.get(p.field, len(order)), p.position or 0))


def as_record(fields: Fields, vocabulary: Vocabulary, places: Places) -> Initiative:
    """The draft as a record, whole and valid; what is not filled in is unknown, a missing id is made from the name.

    Raises:
        RecordInvalid: something stops it from being published; the first of ``problems``.
    """
    found = problems(fields, vocabulary, places)
    if found:
        first = found[0]
        row = "" if first.position is None else f", rad {first.position + 1}"
        raise RecordInvalid(_called(fields), f"{first.field}{row}", first.reason)
    return Initiative.model_validate(_whole(filled_in(fields)))


def slug_for(name: str, taken: Collection[str]) -> str:
    """A free id made from the name: small letters a-z, digits and hyphens, numbered where ``taken`` has it."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_LONGEST_SLUG].strip("-") or "initiativ"
    slug, number = bare, 1
    while slug in taken:
        number += 1
        slug = f"{bare[: _LONGEST_SLUG - len(f'-{number}')].strip('-')}-{number}"
    return slug


def filled_in(fields: Fields) -> Fields:
    """The fields without those that are blank; in the parts of a list, without the blank entries of each part."""
    return {name: _without_blanks(value) for name, value in fields.items() if not is_blank(value)}


def _without_blanks(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {key: part for key, part in item.items() if not is_blank(part)} if isinstance(item, dict) else item
        for item in value
    ]


def is_blank(value: Any) -> bool:
    """Whether the value counts as not filled in."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _whole(draft: Fields) -> Fields:
    """The draft with what the store will fill in, so that only what an editor can mend is wanting."""
    name = draft.get("name")
    made = {
        "id": slug_for(name if isinstance(name, str) else "", ()),
        "updated_at": dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0),
    }
    return made | draft


def _called(fields: Any) -> str:
    name = fields.get("name") if isinstance(fields, dict) else None
    return name.strip() if isinstance(name, str) and name.strip() else "Förslaget"


def _shape(draft: Fields) -> Iterator[Problem]:
    """What each field's own rule refuses. Rules over several fields are left to the others, which say where."""
    try:
        Initiative.model_validate(_whole(draft))
    except ValidationError as error:
        for wrong in error.errors(include_url=False, include_input=False):
            if wrong["loc"]:
                yield Problem(str(wrong["loc"][0]), _position(wrong["loc"]), refused_value(wrong))


def _position(place: tuple[int | str, ...]) -> int | None:
    return place[1] if len(place) > 1 and isinstance(place[1], int) else None


def _unsourced(draft: Fields, vocabulary: Vocabulary, places: Places) -> Iterator[Problem]:
    statements = [part.get("field") for part in listed(draft, "statements") if isinstance(part, dict)]
    carried = {field for field in statements if isinstance(field, str)}
    claims = {n: v for n, v in draft.items() if isinstance(v, list) or (isinstance(v, str) and n not in CLAIMED_VALUES)}
    for field, value in unsupported_claims(claims, carried):
        if value:
            position = next(number for number, item in enumerate(claims[field]) if str(item) == value)
            label = _label(field, value, vocabulary, places)
            words = gettext("”{value}” saknar källa: ange vad uppgiften bygger på, eller ta bort värdet")
            yield Problem(field, position, words.format(value=label))
        else:
            yield Problem(field, None, gettext("saknar källa: ange vad uppgiften bygger på, eller töm fältet"))


def _label(field: str, value: str, vocabulary: Vocabulary, places: Places) -> str:
    if field == "municipalities":
        return places.municipalities[value].name if value in places.municipalities else value
    if field == "regions":
        return places.region_label(value)
    entries = "policy_objects" if field == "policy_links" else field
    return vocabulary.label(entries, value) if value in getattr(vocabulary, entries, {}) else value


def _personal_data(draft: Fields) -> Iterator[Problem]:
    for field, value in draft.items():
        for position, part, text in _texts(value):
            found = find_personal_data(text)
            if found:
                where = f"{part_word(part)}: " if part else ""
                words = gettext(
                    "innehåller {kind} (tecken {first}–{last}), som inte får stå i registret: ta bort det"
                ).format(kind=gettext(found.kind), first=found.start + 1, last=found.end)
                yield Problem(field, position, f"{where}{words}")


def _texts(value: Any) -> Iterator[tuple[int | None, str, str]]:
    """Every text in a value, however deep: which item of the list, which part of the item, and the text."""
    waiting: list[tuple[int | None, str, Any]] = [(None, "", value)]
    while waiting:
        position, part, item = waiting.pop()
        if isinstance(item, str):
            yield position, part, item
        elif isinstance(item, dict):
            waiting += [(position, key, inner) for key, inner in item.items()]
            waiting += [(position, part, key) for key in item]
        elif isinstance(item, list):
            waiting += [(number if position is None else position, part, inner) for number, inner in enumerate(item)]


def _person_names(draft: Fields, places: Places) -> Iterator[Problem]:
    contact = draft.get("contact_function")
    if not isinstance(contact, str):
        return
    own = [draft.get("name"), draft.get("owner"), *listed(draft, "aliases"), *listed(draft, "partners")]
    # A place of one word excuses nothing: Berg, Lund and Nora are people's names too.
    names = [m.name for m in places.municipalities.values() if " " in m.name]
    found = find_person_name(contact, [*(name for name in own if isinstance(name, str)), *names])
    if found:
        yield Problem(
            "contact_function",
            None,
            gettext(
                "”{name}” ser ut som ett personnamn: skriv funktionen i stället, till exempel ”verksamhetschefen, Region "
                "Örebro län”. Är det en organisation, skriv det framför: ”föreningen …” eller ”företaget …”"
            ).format(name=found),
        )
