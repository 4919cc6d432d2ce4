"""What visitors send in on purpose, without an account: the rules for its text, and how much is taken."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from registry.errors import NothingWritten, PersonalDataFound, SendingFull, TextTooLong
from registry.personal_data import find_personal_data

Kind = Literal["behov", "tips"]


def checked_text(text: str, longest: int) -> str:
    """The text as it may be stored: without white space around it.

    Raises:
        NothingWritten: there is no text.
        TextTooLong: it is longer than ``longest`` characters.
        PersonalDataFound: it holds an e-mail address, a telephone number or a personnummer.
    """
    whole = text.replace("\x00", "").strip()
    if not whole:
        raise NothingWritten
    if len(whole) > longest:
        raise TextTooLong(len(whole), longest)
    found = find_personal_data(whole)
    if found:
        raise PersonalDataFound(found.kind, whole[found.start : found.end], found.start + 1)
    return whole


@dataclass
class Visit:
    """How much one visitor has sent in during one visit. It lives in memory alone and ends with the visit."""

    kind: Kind
    most: int
    sent: int = field(default=0, init=False)

    def check(self) -> None:
        """Whether there is room for one more.

        Raises:
            SendingFull: there is not.
        """
        if self.sent >= self.most:
            raise SendingFull(self.kind, "visit", self.most)


def today() -> dt.date:
    """The day that is stored with what is sent in; never the time of day."""
    return dt.datetime.now(dt.UTC).date()
