"""The open proposals of new initiatives, ready to be compared with what is being written."""

import threading
from typing import Any

from registry.database import Database
from registry.editing import proposal_lists, proposal_rows
from registry.upkeep.duplicates import Known
from registry.upkeep.likeness import Entry


class OpenEntries:
    """Kept between questions: only proposals that have come, changed or gone since the last one are looked at."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._mark: tuple[Any, ...] = ()
        self._versions: dict[str, int] = {}
        self._known = Known([])

    def current(self) -> Known:
        """The proposals as they are now.

        Raises:
            StorageUnwritable: the disk does not answer.
        """
        with self._lock, self._database.cursor() as cursor:
            mark = proposal_lists.mark_of_new(cursor)
            if mark != self._mark:
                versions = proposal_lists.versions_of_new(cursor)
                other = [id for id, version in versions.items() if self._versions.get(id) != version]
                entries = [Entry.typed(one.fields, one.id) for one in proposal_rows.read_some(cursor, other)]
                self._known = self._known.changed(entries, self._versions.keys() - versions.keys())
                self._mark, self._versions = mark, versions
            return self._known
