"""How like two entries are to being the same initiative: names, owner, place, the source's own id, and meaning.

Pure rules over two entries. The weights are fitted by ``python -m benchmarks.duplicates --fit`` on judged pairs.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import product
from math import exp
from operator import mul
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from registry.initiative import UNKNOWN, Initiative
from registry.places import fold, load_places

# Words that say what kind of thing has the name, and small words: they tell no two initiatives apart.
_EMPTY = frozenset(
    (
        *("projektet", "projekt", "ab", "aktiebolag", "ideell", "ideella", "forening", "foreningen", "ekonomisk", "ek"),
        *("stiftelsen", "stiftelse", "hb", "kb", "metoden", "metod", "modellen", "modell", "programmet", "program"),
        *("satsningen", "insatsen", "verksamheten", "initiativet", "verktyget", "plattformen", "natverket"),
        *("och", "i", "for", "av", "med", "till", "pa", "om", "vid", "hos", "en", "ett", "den", "det"),
        *("the", "of", "and", "from"),
    )
)
_WORD = re.compile(r"\w+")
_ASIDE = re.compile(r"\([^)]*\)|\s[–-]\s.*$|:.*$")
_ACRONYM = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")
MISSPELT_AT = 84.0  # rapidfuzz ratio from which two words count as one
MISSPELT_FROM = 5  # letters: shorter words have too many neighbours
_RARE_ACRONYM = 0.8  # "ESF" stands in too many names to tell them from others
_SAME_OWNER, _OTHER_OWNER = 90.0, 60.0
_UNLIKE_SPELLING = 0.6  # rapidfuzz ratio, as a share, that names of nothing in common reach
_NEUTRAL_MEANING, _MEANING_STEP = 0.3, 0.2  # cosine of a text and another record on like matters; its spread
CERTAIN = 0.99
_MEANS_SOMETHING = 20  # characters of a summary from which its meaning is compared


class Sign(StrEnum):
    """What speaks for two entries being the same."""

    EXTERNAL_ID = "samma beteckning hos källan"
    SAME_NAME = "samma namn"
    SPELLING = "namnen stavas nästan lika"
    WORDS = "namnen har ovanliga ord gemensamt"
    ACRONYM = "samma förkortning"
    OWNER = "samma ägare"
    MEANING = "texterna handlar om samma sak"


@dataclass(frozen=True)
class Entry:
    """What is compared of a record, a proposal or a form being filled in. The first name is the main one."""

    id: str
    names: tuple[str, ...]
    owner: str = ""
    external_ids: frozenset[str] = frozenset()

    @classmethod
    def of(cls, record: Initiative) -> "Entry":
        """The entry of a record."""
        ids = frozenset(getattr(record, "external_ids", ()))
        return cls(record.id, (record.name, *record.aliases), _known(record.owner), ids)

    @classmethod
    def typed(cls, fields: Mapping[str, Any], id: str = "") -> "Entry":
        """The entry of fields that may be incomplete."""
        names = [fields.get("name"), *(fields.get("aliases") or ())]
        whole = tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
        return cls(id, whole, _known(fields.get("owner") or ""), frozenset(fields.get("external_ids") or ()))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names' telling words, in order of the alphabet; each name also without what stands aside in it."""
        return tuple(dict.fromkeys(" ".join(sorted(words)) for words in self._spoken))

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """The same words run together as they stand: "Skill Lab" and "SkillLab" are one."""
        return tuple(dict.fromkeys("".join(words) for words in self._spoken))

    @cached_property
    def _spoken(self) -> list[list[str]]:
        variants = dict.fromkeys(variant for name in self.names for variant in (name, _ASIDE.sub("", name)))
        return [words for variant in variants if (words := telling(variant))]

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of all names."""
        return frozenset(word for name in self.names for word in telling(name))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The abbreviations among the names."""
        return frozenset(short.casefold() for name in self.names for short in _ACRONYM.findall(name))

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of the names of two words or more, with and without small words."""
        spoken = [_WORD.findall(fold(_ASIDE.sub("", name))) for name in self.names]
        heavy = [[word for word in words if word not in _EMPTY] for words in spoken]
        return frozenset("".join(w[0] for w in words) for words in (*spoken, *heavy) if len(words) > 1)

    @cached_property
    def places(self) -> frozenset[str]:
        """The municipalities and län that the names speak of, as folded words."""
        return self.words & _place_words()

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers in the main name: parts and years of a project."""
        return frozenset(re.findall(r"\d+", self.names[0])) if self.names else frozenset()


class Signals(NamedTuple):
    """What two entries have in common, each from 0 to 1 (``owner`` and ``meaning`` may be below 0)."""

    spelling: float
    words: float
    acronym: float
    owner: float
    apart: float
    meaning: float


@dataclass(frozen=True)
class Weights:
    """What each signal weighs in the logistic sum."""

    bias: float
    signals: Signals

    def likeness(self, signals: Signals) -> float:
        """From 0 to 1: how likely it is that the two are the same."""
        return 1 / (1 + exp(-self.bias - sum(map(mul, self.signals, signals))))


def signals(mine: Entry, other: Entry, rarity: Mapping[str, float], meaning: float | None) -> Signals:
    """Compares two entries. ``rarity`` is how telling a word is, from 0 to 1; a word it does not hold is the rarest."""
    return Signals(
        spelling=_spelling(mine, other),
        words=_words_in_common(mine, other, rarity),
        acronym=float(any(rarity.get(short, 1.0) >= _RARE_ACRONYM for short in _acronyms(mine, other))),
        owner=_owner(mine.owner, other.owner),
        apart=float(_apart(mine.places, other.places) or _apart(mine.numbers, other.numbers)),
        meaning=0.0 if meaning is None else max(-0.5, (meaning - _NEUTRAL_MEANING) / _MEANING_STEP),
    )


def signs(mine: Entry, other: Entry, found: Signals) -> tuple[Sign, ...]:
    """What to tell the editor of why the two look alike."""
    told = {
        Sign.EXTERNAL_ID: bool(mine.external_ids & other.external_ids),
        Sign.SAME_NAME: found.spelling >= 1,
        Sign.SPELLING: _LIKE_SPELLING <= found.spelling < 1,
        Sign.WORDS: found.spelling < 1 and found.words >= _LIKE_WORDS,
        Sign.ACRONYM: found.acronym > 0,
        Sign.OWNER: found.owner > 0,
        Sign.MEANING: found.meaning >= _LIKE_MEANING,
    }
    return tuple(sign for sign, holds in told.items() if holds)


_LIKE_SPELLING, _LIKE_WORDS, _LIKE_MEANING = 0.4, 0.5, 0.5


def told(fields: Mapping[str, Any]) -> str:
    """What is compared by meaning of fields that may be incomplete; "" while the summary says too little."""
    summary = str(fields.get("summary") or "")
    return f"{fields.get('name') or ''}. {summary}" if len(summary) >= _MEANS_SOMETHING else ""


def telling(name: str) -> list[str]:
    """The words of a name that tell it from others, folded; all of them where no other is left."""
    words = _WORD.findall(fold(name))
    return [word for word in words if word not in _EMPTY] or words


def _known(owner: str) -> str:
    return "" if owner == UNKNOWN else owner


def _spelling(mine: Entry, other: Entry) -> float:
    """The best likeness of two names, from 0 for what names of nothing in common reach to 1."""
    pairs = (*product(mine.keys, other.keys), *product(mine.runs, other.runs))
    best = max((fuzz.ratio(one, two) for one, two in pairs), default=0.0)
    return max(0.0, best / 100 - _UNLIKE_SPELLING) / (1 - _UNLIKE_SPELLING)


def _words_in_common(mine: Entry, other: Entry, rarity: Mapping[str, float]) -> float:
    """The share of the shorter name's weight that the other has too, times how telling the most telling of it is."""
    best = 0.0
    for ours in map(str.split, mine.keys):
        for theirs in map(str.split, other.keys):
            few, many = sorted((ours, theirs), key=len)
            weights = {word: rarity.get(word, 1.0) for word in few}
            shared = [weight for word, weight in weights.items() if _is_among(word, many)]
            if shared:
                best = max(best, sum(shared) / (sum(weights.values()) or 1) * max(shared))
    return best


def _is_among(word: str, words: Collection[str]) -> bool:
    return word in words or (
        len(word) >= MISSPELT_FROM and any(fuzz.ratio(word, other) >= MISSPELT_AT for other in words)
    )


def _acronyms(mine: Entry, other: Entry) -> frozenset[str]:
    both = mine.acronyms & other.acronyms
    return both | (mine.acronyms & other.initials) | (mine.initials & other.acronyms)


def _owner(mine: str, other: str) -> float:
    """1 for the same owner, -1 for another, 0 where it is unknown or unclear."""
    if not (mine and other):
        return 0.0
    alike = fuzz.token_set_ratio(" ".join(telling(mine)), " ".join(telling(other)))
    return 1.0 if alike >= _SAME_OWNER else -1.0 if alike < _OTHER_OWNER else 0.0


def _apart(mine: Collection[str], other: Collection[str]) -> bool:
    return bool(mine) and bool(other) and not set(mine) & set(other)


@cache
def _place_words() -> frozenset[str]:
    places = load_places()
    names = (*(m.name for m in places.municipalities.values()), *places.lan.values())
    words = {fold(name).removesuffix(" lan") for name in names}
    return frozenset(word for word in (words | {word.removesuffix("s") for word in words}) if " " not in word)
