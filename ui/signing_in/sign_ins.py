"""The sign-ins that this process has met: which have ended, and the latest of each person in each browser."""

import threading
from typing import Any

from ui.signing_in.duties import User, lasts


class SignIns:
    """Says which sign-in counts for an open window.

    A window keeps the sign-in it was opened with, for as long as it stands open. So signing out in one window must
    reach the others, and a new sign-in must give life to a window where something is half written.
    """

    def __init__(self) -> None:
        self._ended: set[tuple[Any, ...]] = set()
        self._latest: dict[tuple[str, str], User] = {}
        self._lock = threading.Lock()

    def current(self, user: User, browser: str, now: float, hours: float) -> User | None:
        """The latest sign-in by this person in this browser (a random mark, "" where unknown), or None if it is over."""
        key = user["sub"], browser
        with self._lock:
            latest = self._latest.get(key, user) if browser else user
            if user.get("iat", 0) >= latest.get("iat", 0) and _id(user) not in self._ended:
                latest = user
            if _id(latest) in self._ended or not lasts(latest, now, hours):
                return None
            if browser:
                self._latest[key] = latest
        return latest

    def end(self, user: User) -> None:
        """Ends this sign-in in every window."""
        with self._lock:
            self._ended.add(_id(user))


def _id(user: User) -> tuple[Any, ...]:
    return user["sub"], user.get("iat"), user.get("nonce")
