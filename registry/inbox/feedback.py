"""What visitors answer when asked whether a match fits: stored without their text and without who they are.

An answer holds no more than what was understood from the vocabularies, and of the place only SKR's main
group. Equal answers cannot be told apart, so nothing ties two answers to one visitor.
"""

import datetime as dt
import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from registry.database import Cursor
from registry.errors import FeedbackFull, FeedbackNotSaved, RegistryUnavailable, UnknownTerm
from registry.places import Places
from registry.store import InitiativeStore
from registry.vocabulary import Vocabulary

MOST_A_VISIT = 30
MOST_A_DAY = 2000
STRENGTHS = ("stark", "god", "möjlig", "svag")
MAIN_GROUP = "main_group"
# The names are those of SKR's kommungruppsindelning 2023; a main group is the letter of its groups.
MAIN_GROUPS = {
    "A": "Storstäder och storstadsnära kommuner",
    "B": "Större städer och kommuner nära större stad",
    "C": "Mindre städer/tätorter och landsbygdskommuner",
}
_VOCABULARIES = ("target_groups", "themes", "settings")
_USER = "u"
_log = logging.getLogger(__name__)

_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    initiative_id VARCHAR NOT NULL, facets VARCHAR[] NOT NULL, fits BOOLEAN NOT NULL,
    strength VARCHAR NOT NULL, day DATE NOT NULL);
"""


@dataclass(frozen=True)
class Feedback:
    """Whether an initiative fitted a challenge of which ``facets`` were understood.

    ``facets`` are keys such as ``target_groups.uvas``, kept sorted and each once; ``strength`` is what
    the match was shown as. The day has no clock time.
    """

    initiative_id: str
    facets: tuple[str, ...]
    fits: bool
    strength: str
    day: dt.date

    def __post_init__(self) -> None:
        object.__setattr__(self, "facets", tuple(sorted(set(self.facets))))


class FeedbackStore:
    """The answers, in the same database as the initiatives they are about.

    Raises:
        StorageUnwritable: the database cannot be written.
    """

    def __init__(self, initiatives: InitiativeStore, vocabulary: Vocabulary) -> None:
        self._initiatives = initiatives
        self._database = initiatives.database
        self._vocabulary = vocabulary
        with self._database.cursor() as cursor:
            cursor.execute(_TABLE)

    def add(self, feedback: Feedback, *, instead_of: Feedback | None = None) -> None:
        """Stores an answer; ``instead_of``, the same visitor's earlier one, goes away in the same step.

        Raises:
            FeedbackFull: the day has had as many answers as are taken; the earlier one stays.
            FeedbackNotSaved: the database cannot be written.
            RecordNotFound: there is no such initiative.
            UnknownTerm: a facet or the strength is not one of ours.
        """
        self._check(feedback)
        with _saving(), self._database.transaction() as cursor:
            if instead_of:
                _delete_one(cursor, instead_of)
            row = cursor.execute("SELECT count(*) FROM feedback WHERE day = ?", [feedback.day]).fetchone()
            if row and row[0] >= MOST_A_DAY:
                raise FeedbackFull("day", MOST_A_DAY)
            cursor.execute("INSERT INTO feedback VALUES (?, ?, ?, ?, ?)", _row(feedback))

    def remove(self, feedback: Feedback) -> None:
        """Takes back one answer equal to this; does nothing where there is none.

        Raises:
            FeedbackNotSaved: the database cannot be written.
        """
        with _saving(), self._database.transaction() as cursor:
            _delete_one(cursor, feedback)

    def all(self) -> list[Feedback]:
        """Every answer, ordered by what it says, so that the order tells nothing of who gave which.

        Raises:
            StorageUnwritable: the database cannot be read.
        """
        with self._database.cursor() as cursor:
            rows = cursor.execute("SELECT * FROM feedback ORDER BY ALL").fetchall()
        return [Feedback(id, tuple(facets), fits, strength, day) for id, facets, fits, strength, day in rows]

    def _check(self, feedback: Feedback) -> None:
        for facet in feedback.facets:
            facet_label(facet, self._vocabulary)
        if feedback.strength not in STRENGTHS:
            raise UnknownTerm("strength", feedback.strength)
        with _saving():
            self._initiatives.get(feedback.initiative_id)


class Visit:
    """What one visitor has answered during one visit. It lives in memory alone and ends with the visit."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, tuple[str, ...]], Feedback] = {}

    def given(self, initiative_id: str, facets: Iterable[str]) -> Feedback | None:
        """The visitor's answer on this initiative for these facets, if there is one."""
        return self._given.get((initiative_id, tuple(sorted(set(facets)))))

    def answer(self, feedback: Feedback, store: FeedbackStore) -> None:
        """Stores the answer in place of the visitor's earlier one on the same initiative and facets.

        Raises:
            FeedbackFull: the visitor or the day has as many answers as are taken.
            FeedbackNotSaved, RecordNotFound, UnknownTerm: as ``FeedbackStore.add``.
        """
        earlier = self.given(feedback.initiative_id, feedback.facets)
        if earlier is None and len(self._given) >= MOST_A_VISIT:
            raise FeedbackFull("visit", MOST_A_VISIT)
        store.add(feedback, instead_of=earlier)
        self._given[feedback.initiative_id, feedback.facets] = feedback

    def undo(self, initiative_id: str, facets: Iterable[str], store: FeedbackStore) -> None:
        """Takes back the visitor's answer on this initiative for these facets, if there is one.

        Raises:
            FeedbackNotSaved: the database cannot be written; the answer stands.
        """
        earlier = self.given(initiative_id, facets)
        if earlier:
            store.remove(earlier)
            del self._given[earlier.initiative_id, earlier.facets]


def kept_facets(keys: Iterable[str], places: Places) -> tuple[str, ...]:
    """What may be stored of the facets that were understood.

    Target groups, themes and settings are kept as they are and a municipality as SKR's main group
    (``main_group.C``); all else is dropped.
    """
    kept = set()
    for key in keys:
        field, _, value = key.partition(".")
        if field in _VOCABULARIES:
            kept.add(key)
        elif field == "municipality" and value in places.municipalities:
            kept.add(f"{MAIN_GROUP}.{places.municipalities[value].group[0]}")
    return tuple(sorted(kept))


def facet_label(key: str, vocabulary: Vocabulary) -> str:
    """The Swedish words for a stored facet.

    Raises:
        UnknownTerm: it is not one.
    """
    field, _, value = key.partition(".")
    if field == MAIN_GROUP and value in MAIN_GROUPS:
        return MAIN_GROUPS[value]
    if field in _VOCABULARIES:
        return vocabulary.label(field, value)
    raise UnknownTerm(field, value)


def as_cases(answers: Iterable[Feedback], vocabulary: Vocabulary, published: Collection[str]) -> list[dict[str, Any]]:
    """The answers as judged cases for ``python -m matching evaluate``: one for each set of facets, in order of them.

    An initiative's grade is 3 where at least two thirds say that it fits, 2 where more than half do; below
    that it is left out, and so is a case without any graded initiative, which cannot be measured. "answers"
    holds [fits, fits not] by id. Answers without facets say nothing to search for; they are left out, as are
    those on facets and initiatives that are there no more.
    """
    votes: dict[tuple[str, ...], Counter[tuple[str, bool]]] = defaultdict(Counter)
    for answer in answers:
        if answer.facets and answer.initiative_id in published and _known(answer.facets, vocabulary):
            votes[answer.facets][answer.initiative_id, answer.fits] += 1
    cases = []
    for facets, counted in sorted(votes.items()):
        tally = {id: [counted[id, True], counted[id, False]] for id in sorted({id for id, _ in counted})}
        relevant = {id: grade for id, (fits, not_) in tally.items() if (grade := _grade(fits, not_))}
        if relevant:
            query = ", ".join(facet_label(facet, vocabulary) for facet in facets)
            case = {"id": "u:" + "+".join(facets), "kind": _USER, "query": query}
            cases.append({**case, "relevant": relevant, "answers": tally})
    return cases


def _grade(fits: int, fits_not: int) -> int:
    if fits >= 2 * fits_not:
        return 3
    return 2 if fits > fits_not else 0


def _known(facets: Iterable[str], vocabulary: Vocabulary) -> bool:
    try:
        return all(facet_label(facet, vocabulary) for facet in facets)
    except UnknownTerm:
        return False


@contextmanager
def _saving() -> Iterator[None]:
    try:
        yield
    except RegistryUnavailable as error:
        _log.warning("an answer was not saved: %r", error)
        raise FeedbackNotSaved from error


def _delete_one(cursor: Cursor, feedback: Feedback) -> None:
    cursor.execute(
        "DELETE FROM feedback WHERE rowid = (SELECT min(rowid) FROM feedback WHERE initiative_id = ? "
        "AND facets = ?::VARCHAR[] AND fits = ? AND strength = ? AND day = ?)",
        _row(feedback),
    )


def _row(feedback: Feedback) -> list[Any]:
    return [feedback.initiative_id, list(feedback.facets), feedback.fits, feedback.strength, feedback.day]
