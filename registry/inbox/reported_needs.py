"""Needs that found no good match and that somebody chose to report: what the registry lacks, and what is asked for.

Nothing gets here by itself: no search is stored. Of a need the text that its sender has read through is kept, what was
understood of it, the place as far as the sender says, and the day.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from registry.database import Cursor
from registry.erasing import NEED, log_erasure
from registry.errors import NeedNotFound, SendingFull, UnknownMunicipality, UnknownTerm
from registry.inbox.sent_in import Visit, checked_text, today
from registry.places import Places
from registry.store import InitiativeStore
from registry.vocabulary import Vocabulary

LONGEST = 1000  # characters
_ERASED = "Borttaget ur behovsregistret"
MOST_A_VISIT = 5
MOST_A_DAY = 200
Grouping = Literal["target_groups", "themes", "group"]

_TABLE = """
CREATE TABLE IF NOT EXISTS reported_need (
    id VARCHAR NOT NULL, text VARCHAR NOT NULL, target_groups VARCHAR[] NOT NULL, themes VARCHAR[] NOT NULL,
    settings VARCHAR[] NOT NULL, municipality VARCHAR NOT NULL, skr_group VARCHAR NOT NULL, day DATE NOT NULL,
    status VARCHAR NOT NULL, readable BOOLEAN NOT NULL, note VARCHAR NOT NULL, answer VARCHAR NOT NULL, handled_by VARCHAR NOT NULL);
"""
_COLUMNS = "id, text, target_groups, themes, settings, municipality, skr_group, day, status, readable, note, answer, handled_by"


class NeedStatus(StrEnum):
    """How far the editors have come with a need. A refused one is counted nowhere."""

    NEW = "ny"
    READ = "läst"
    DONE = "åtgärdad"
    REFUSED = "avvisad"


@dataclass(frozen=True)
class ReportedNeed:
    """A need as it is stored.

    ``municipality`` is SCB's code, "" where the sender named none or only let SKR's group (``group``, such as "C9")
    be kept. ``readable`` says that an editor lets everyone read the text. ``note`` is the editors' own, ``answer``
    the id of an initiative that meets the need by now, and ``handled_by`` who changed it last; those three and a text
    that is not readable are for signed-in people alone.
    """

    text: str
    target_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    municipality: str = ""
    group: str = ""
    day: dt.date = dt.date.min
    status: NeedStatus = NeedStatus.NEW
    readable: bool = False
    note: str = ""
    answer: str = ""
    handled_by: str = ""
    id: str = ""


@dataclass(frozen=True)
class Demand:
    """How many needs there are of one target group, theme or kind of municipality; ``open`` are not yet met."""

    key: str
    needs: int
    open: int


def delete_need(cursor: Cursor, id: str) -> bool:
    """Deletes a need, in the caller's transaction; says whether there was one."""
    cursor.execute(_TABLE)
    return bool(cursor.execute("DELETE FROM reported_need WHERE id = ? RETURNING id", [id]).fetchall())


class NeedStore:
    """The reported needs, in the same database as the initiatives.

    Raises:
        StorageUnwritable: the database cannot be written.
    """

    def __init__(self, initiatives: InitiativeStore, vocabulary: Vocabulary, places: Places) -> None:
        self._initiatives = initiatives
        self._database = initiatives.database
        self._vocabulary = vocabulary
        self._places = places
        with self._database.cursor() as cursor:
            cursor.execute(_TABLE)

    def report(self, need: ReportedNeed, *, visit: Visit, only_group: bool = False) -> ReportedNeed:
        """Stores a need as new, with the day, and returns what was stored.

        Args:
            only_group: keep of the municipality only which SKR group it is in.

        Raises:
            NothingWritten, TextTooLong, PersonalDataFound: see ``checked_text``.
            SendingFull: the visit or the day has had as many as are taken.
            UnknownTerm, UnknownMunicipality: what was understood is not ours.
            StorageUnwritable: the database cannot be written.
        """
        visit.check()
        stored = self._cleaned(need, only_group=only_group)
        with self._database.transaction() as cursor:
            row = cursor.execute("SELECT count(*) FROM reported_need WHERE day = ?", [stored.day]).fetchone()
            if row and row[0] >= MOST_A_DAY:
                raise SendingFull("behov", "day", MOST_A_DAY)
            _insert(cursor, stored)
        visit.sent += 1
        return stored

    def all(self) -> list[ReportedNeed]:
        """Every need, newest day first; within a day in no order that tells who sent which."""
        with self._database.cursor() as cursor:
            rows = cursor.execute(f"SELECT {_COLUMNS} FROM reported_need ORDER BY day DESC, id").fetchall()  # noqa: S608 - our own names
        return [_need(row) for row in rows]

    def get(self, id: str) -> ReportedNeed:
        """The need with this id.

        Raises:
            NeedNotFound: there is none.
        """
        with self._database.cursor() as cursor:
            row = cursor.execute(f"SELECT {_COLUMNS} FROM reported_need WHERE id = ?", [id]).fetchone()  # noqa: S608 - our own names
        if row is None:
            raise NeedNotFound(id)
        return _need(row)

    def handle(
        self, id: str, *, by: str, status: NeedStatus, readable: bool, note: str = "", answer: str = ""
    ) -> ReportedNeed:
        """Stores what an editor has decided on a need; its text, place and day stay as they came.

        Raises:
            NeedNotFound: there is no such need.
            RecordNotFound: ``answer`` is no initiative of ours.
            TextTooLong, PersonalDataFound: the note.
        """
        if answer:
            self._initiatives.get(answer)
        note = checked_text(note, LONGEST) if note.strip() else ""
        changed = replace(self.get(id), status=status, readable=readable, note=note, answer=answer, handled_by=by)
        with self._database.transaction() as cursor:
            cursor.execute(
                "UPDATE reported_need SET status = ?, readable = ?, note = ?, answer = ?, handled_by = ? WHERE id = ?",
                [status, readable, note, answer, by, id],
            )
        return changed

    def erase(self, id: str, *, by: str) -> None:
        """Takes a need away with all that was stored of it, and logs that; does nothing where there is none."""
        with self._database.transaction() as cursor:
            if delete_need(cursor, id):
                log_erasure(cursor, NEED, id, by=by, reason=_ERASED)

    def _cleaned(self, need: ReportedNeed, *, only_group: bool) -> ReportedNeed:
        for field in ("target_groups", "themes", "settings"):
            for value in getattr(need, field):
                self._vocabulary.label(field, value)
        if need.municipality and need.municipality not in self._places.municipalities:
            raise UnknownMunicipality(need.municipality)
        group = self._places.municipalities[need.municipality].group if need.municipality else need.group
        if group and group not in groups(self._places):
            raise UnknownTerm("skr_group", group)
        return ReportedNeed(
            text=checked_text(need.text, LONGEST),
            target_groups=_once(need.target_groups),
            themes=_once(need.themes),
            settings=_once(need.settings),
            municipality="" if only_group else need.municipality,
            group=group,
            day=today(),
            id=uuid.uuid4().hex[:12],
        )


def demand(needs: Iterable[ReportedNeed], by: Grouping) -> list[Demand]:
    """How many needs there are of each value, most asked for first; refused ones are left out.

    A need of several groups or themes counts in each; one of none counts as "".
    """
    asked: Counter[str] = Counter()
    open_: Counter[str] = Counter()
    for need in needs:
        if need.status is NeedStatus.REFUSED:
            continue
        value = getattr(need, by)
        keys = (value,) if isinstance(value, str) else value or ("",)
        asked.update(keys)
        if need.status is not NeedStatus.DONE:
            open_.update(keys)
    return [
        Demand(key, count, open_[key]) for key, count in sorted(asked.items(), key=lambda item: (-item[1], item[0]))
    ]


def groups(places: Places) -> dict[str, str]:
    """The names of SKR's groups of municipalities, by code, in order of the code."""
    named = {municipality.group: municipality.group_name for municipality in places.municipalities.values()}
    return dict(sorted(named.items()))


def _once(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _need(row: Sequence[Any]) -> ReportedNeed:
    id, text, target_groups, themes, settings, municipality, group, day, status, readable, note, answer, by = row
    return ReportedNeed(
        text, tuple(target_groups), tuple(themes), tuple(settings), municipality, group, day,
        NeedStatus(status), readable, note, answer, by, id,
    )  # fmt: skip


def _insert(cursor: Cursor, need: ReportedNeed) -> None:
    cursor.execute(
        "INSERT INTO reported_need VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            need.id, need.text, list(need.target_groups), list(need.themes), list(need.settings), need.municipality,
            need.group, need.day, need.status, need.readable, need.note, need.answer, need.handled_by,
        ],
    )  # fmt: skip
