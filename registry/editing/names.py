"""One name in the history for each person: whoever comes second with a name that somebody has gets a number after it.

What is one's own goes by that name, so a name chosen at the provider must not open somebody else's drafts.
"""

from hashlib import sha256
from itertools import count

from registry.inbox.tips import AUTHOR
from registry.places import fold
from registry.record_rows import EDITORS
from registry.store import InitiativeStore

# What the registry itself signs with.
RESERVED = (EDITORS, AUTHOR)
_TABLE = """
CREATE TABLE IF NOT EXISTS person_name (
    subject VARCHAR NOT NULL, asked VARCHAR NOT NULL, name VARCHAR NOT NULL);
"""


class NameStore:
    """The names that people have in the history, in the same database as the initiatives."""

    def __init__(self, initiatives: InitiativeStore) -> None:
        self._database = initiatives.database
        self._known: dict[tuple[str, str], str] = {}
        with self._database.cursor() as cursor:
            cursor.execute(_TABLE)

    def name_of(self, subject: str, asked: str) -> str:
        """The name of whoever the provider knows as ``subject``: ``asked``, with a number where it is taken.

        Of ``subject`` only a hash is kept. Whoever changes name at the provider gets another name from then on.
        """
        person = sha256(subject.encode()).hexdigest(), asked
        if person not in self._known:
            self._known[person] = self._stored(*person)
        return self._known[person]

    def _stored(self, subject: str, asked: str) -> str:
        with self._database.transaction() as cursor:
            rows = cursor.execute("SELECT subject, asked, name FROM person_name").fetchall()
            for row in rows:
                if row[:2] == (subject, asked):
                    return str(row[2])
            taken = {fold(name) for *_, name in rows} | {fold(name) for name in RESERVED}
            names = (f"{asked} ({number})" if number > 1 else asked for number in count(1))
            name = next(name for name in names if fold(name) not in taken)
            cursor.execute("INSERT INTO person_name VALUES (?, ?, ?)", [subject, asked, name])
        return name
