"""Finds in cells what must never come into the registry: e-mail addresses, telephone numbers, personnummer, persons."""

import re
from dataclasses import dataclass

from registry.language import later
from registry.person_names import find_person_name
from registry.personal_data import find_personal_data

_AROUND = 30  # characters on each side
# A name right after a word for somebody to turn to. Other names cannot be told by a rule; they are the reviewer's task.
_NAMED = re.compile(
    r"\b(?i:kontaktpersone?r?n?|kontakta|kontakt|projektledaren?|projektägaren?|handläggaren?|verksamhetschefen?|samordnaren?|"
    r"contact(?: person)?|project (?:leader|manager))\b[\s:,(–-]{1,4}(?:är |is )?"
    r"([A-ZÅÄÖÉ][\wåäöé'’-]+(?: [A-ZÅÄÖÉ][\wåäöé'’-]+){1,2})",
)


@dataclass(frozen=True)
class FoundPerson:
    """Personal data in a text: its kind in Swedish, and the words around it, so that somebody can find it."""

    kind: str
    around: str


def find_person(text: str) -> FoundPerson | None:
    """The first personal data in the text; None where the rules find none."""
    found = find_personal_data(text)
    if found:
        return FoundPerson(found.kind, _around(text, found.start, found.end))
    named = next((match for match in _NAMED.finditer(text) if find_person_name(match[1])), None)
    return FoundPerson(later("ett personnamn"), _around(text, named.start(), named.end())) if named else None


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
