"""Finds what must never stand in the registry: e-mail addresses, telephone numbers, personnummer.

Names of persons cannot be told from other names by a rule; they are left to the reviewer.
"""

import re
from dataclasses import dataclass

from registry.language import later

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]*\w")
_PERSONNUMMER = re.compile(
    r"(?<![\w/-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-+]\d{4}(?![\w/-])"
)
_PHONE = re.compile(
    r"(?<![\w/.=-])(?:\+46[ -]?(?:\(0\))?[ -]?\d{1,3}|0\d{1,3})[ -/]{0,3}\d{2,3}[ ]?\d{2,3}(?:[ ]?\d{2})?(?![\w/-])"
)
# What word processors put in place of a space or a hyphen; one sign for one, so that positions hold.
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2212": "-"}
)
_CAN_HOLD_ANY = re.compile(r"[@\d]")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class PersonalData:
    """What was found: its kind in Swedish, and where in the text it stands."""

    kind: str
    start: int
    end: int


def find_personal_data(text: str) -> PersonalData | None:
    """The first personal data in ``text``, or None. Digits inside web addresses do not count."""
    if not _CAN_HOLD_ANY.search(text):
        return None
    bare = _ADDRESS.sub(lambda match: " " * len(match.group()), text).translate(_PLAIN)
    for kind, pattern, searched in (
        (later("en e-postadress"), _EMAIL, text),
        (later("ett personnummer"), _PERSONNUMMER, bare),
        (later("ett telefonnummer"), _PHONE, bare),
    ):
        match = pattern.search(searched)
        if match:
            return PersonalData(kind, match.start(), match.end())
    return None
