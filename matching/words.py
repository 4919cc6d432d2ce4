"""Words of a text: tokens, Swedish stems, and the words that carry meaning.

Stemming is Snowball's Swedish algorithm (PyStemmer); stop words are ISO lists (stopwordsiso).
"""

import re
from functools import lru_cache
from threading import local

import stopwordsiso
from Stemmer import Stemmer

from registry.places import fold

_TOKEN = re.compile(r"[^\W_]+(?:[-.:/+][^\W_]+)*", re.UNICODE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_REMEMBERED = 100_000  # words: more than the catalogue holds, and a bound on what visitors can fill
# Words that every challenge holds, so that sharing them says nothing.
_COMMON = (
    *(
        "kommun",
        "kommunen",
        "kommuner",
        "vill",
        "behöver",
        "ska",
        "få",
        "finns",
        "samt",
        "gör",
        "göra",
        "ge",
        "nya",
        "år",
    ),
    *(
        "person",
        "personer",
        "människa",
        "människor",
        "stöd",
        "klara",
        "klarar",
        "veta",
        "vet",
        "ser",
        "se",
        "ni",
        "er",
        "ert",
    ),
)


class _Own(local):
    """A stemmer for each thread: two words in one stemmer at once become a stem of neither."""

    def __init__(self) -> None:
        self.stemmer = Stemmer("swedish", 0)  # ``stem`` remembers, so that it need not


_own = _Own()
STOP_WORDS = frozenset(fold(w) for w in (*stopwordsiso.stopwords("sv"), *stopwordsiso.stopwords("en"), *_COMMON))


def clean(text: str) -> str:
    """The text without control characters and broken surrogates, its white space folded."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(_CONTROL.sub(" ", whole).split())


def tokens(text: str) -> list[str]:
    """The words of the text as written, hyphenated ones whole."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """The word in lower case, cut to its Swedish stem."""
    return str(_own.stemmer.stemWord(word.lower()))


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order and with repeats."""
    return [stem(token) for token in tokens(text) if carries_meaning(token)]


def content_words(text: str) -> dict[str, str]:
    """The words that carry meaning: stem -> the word as first written."""
    found: dict[str, str] = {}
    for token in tokens(text):
        if carries_meaning(token):
            found.setdefault(stem(token), token)
    return found


@lru_cache(maxsize=_REMEMBERED)
def carries_meaning(token: str) -> bool:
    """Whether a word says what a text is about: not a number, a stop word or a couple of letters."""
    return len(token) > 2 and fold(token) not in STOP_WORDS and not token.isdigit()
