"""The language that sentences are said in. Swedish stands in the source; other languages come from gettext catalogues.

Nothing here knows of pages or catalogues: whoever shows sentences to a reader puts the way to find that reader's catalogue
in ``speech.catalogue``. Nobody asks in the API, in files and on the command line, so there they are Swedish.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

SWEDISH = "sv"
LANGUAGES = {SWEDISH: "Svenska", "en": "English"}
PARAMETER = "sprak"  # in the address of a page


_swedish = ContextVar("said in Swedish", default=False)


class Speech:
    """Says texts in the language of the moment."""

    def __init__(self) -> None:
        self.catalogue: Callable[[], NullTranslations] = NullTranslations

    def gettext(self, text: str) -> str:
        """The text, written in Swedish. Values are put in afterwards: ``gettext("{n} år").format(n=2)``."""
        return self._now().gettext(text) if text else ""  # gettext answers an empty text with its own header

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form that fits ``count``."""
        return self._now().ngettext(one, many, count)

    @contextmanager
    def swedish(self) -> Iterator[None]:
        """Inside the block all is said in Swedish, whoever reads: for documents that are Swedish as such."""
        token = _swedish.set(True)
        try:
            yield
        finally:
            _swedish.reset(token)

    def _now(self) -> NullTranslations:
        return NullTranslations() if _swedish.get() else self.catalogue()


def later(text: str) -> str:
    """Marks a text that is said later: the catalogue then has it, though ``gettext`` meets it as a value."""
    return text


speech = Speech()
gettext, ngettext = speech.gettext, speech.ngettext
