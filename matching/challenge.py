"""Reads a challenge: which target groups, themes, places and kinds of place the text speaks of."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from matching.errors import ChallengeEmpty, ChallengeTooLong, ChallengeTooShort
from matching.misspellings import Misspellings, Misspelt
from matching.words import STOP_WORDS, clean, stem, tokens
from registry.places import Municipality, Places, fold
from registry.vocabulary import Term, Vocabulary

Window = tuple[int, int, str]  # first word, the word after the last, key
LONGEST = 4000
_LONGEST_PHRASE = 5  # words
# Municipalities whose names are also common words: understood only beside "kommun" or after "i".
_ALSO_WORDS = frozenset(
    (
        "ale",
        "ange",
        "are",
        "boden",
        "ed",
        "habo",
        "hjo",
        "kil",
        "lund",
        "mala",
        "mark",
        "mora",
        "nora",
        "sala",
        "sater",
        "vara",
    )
)


@dataclass(frozen=True)
class Facet:
    """Something understood from the text: a value of a vocabulary, and the words that said so."""

    field: str  # "target_groups", "themes", "settings", "regions" or "municipality"
    value: str
    said_as: str

    @property
    def key(self) -> str:
        """Names the facet in an address, so that a reader can take it away: ``target_groups.uvas``."""
        return f"{self.field}.{self.value}"


@dataclass(frozen=True)
class Challenge:
    """A challenge as it was understood. ``text`` is cleaned, ``searched`` has abbreviations written out.

    ``misspelt`` are its words, run together, that are spelt nearly like phrases of the vocabulary, and those phrases.
    """

    text: str
    searched: str
    facets: tuple[Facet, ...]
    municipality: Municipality | None
    misspelt: Misspelt

    def values(self, field: str) -> tuple[str, ...]:
        """What was understood in this field, in the order it was said."""
        return tuple(facet.value for facet in self.facets if facet.field == field)

    @property
    def settings(self) -> tuple[str, ...]:
        """Kinds of place: those said, or else those of the municipality."""
        said = self.values("settings")
        return said or (tuple(self.municipality.settings) if self.municipality else ())


class ChallengeReader:
    """Understands challenges with these vocabularies and places."""

    def __init__(self, vocabulary: Vocabulary, places: Places) -> None:
        self._places = places
        self._abbreviations = _abbreviations(vocabulary)
        self._phrases = dict(_phrases(vocabulary))
        self._misspellings = Misspellings(self._phrases)
        self._municipalities = {fold(m.name): m for m in places.municipalities.values()}
        self._lan = {_lan_key(name): code for code, name in places.lan.items()}

    def read(
        self,
        text: str,
        *,
        municipality: Municipality | None = None,
        without: Collection[str] = (),
        within: Challenge | None = None,
    ) -> Challenge:
        """Reads the text; ``without`` are the keys of facets that the reader has taken away.

        ``within`` is the challenge of which the text is a part: it is in the same municipality, and what is misspelt
        in it is known.

        Raises:
            ChallengeEmpty: there is no word to search on.
            ChallengeTooShort: it is a single letter.
            ChallengeTooLong: it has more than 4,000 characters.
        """
        if len(text) > LONGEST:
            raise ChallengeTooLong(len(text), LONGEST)
        text = clean(text)
        words = tokens(text)
        if sum(len(word) for word in words) == 1:
            raise ChallengeTooShort
        named = [facet for facet in self._named_places(text) if facet.key not in without]
        if not named and all(fold(word) in STOP_WORDS for word in words):
            raise ChallengeEmpty
        windows = self._windows(words)
        telling = _telling(words, windows)
        misspelt = within.misspelt if within else self._misspellings.of({key for _, _, key in telling})
        found = self._found(windows, telling, misspelt)
        facets = [facet for facet in self._terms(words, found) if facet.key not in without]
        if within:
            municipality = within.municipality
        chosen = municipality or next(
            (self._places.municipalities[f.value] for f in named if f.field == "municipality"), None
        )
        return Challenge(text, self._write_out(text), (*facets, *named), chosen, misspelt)

    def _write_out(self, text: str) -> str:
        def written_out(match: re.Match[str]) -> str:
            meaning = self._abbreviations.get(match.group())
            return f"{match.group()} ({meaning})" if meaning else match.group()

        return re.sub(r"[^\W_]+", written_out, text)

    def _terms(self, words: list[str], found: list[Window]) -> Iterator[Facet]:
        seen: set[tuple[str, str]] = set()
        taken: set[int] = set()
        for start, end, key in found:
            if taken.intersection(range(start, end)):
                continue
            taken.update(range(start, end))
            for field, value in self._phrases[key]:
                if (field, value) not in seen:
                    seen.add((field, value))
                    yield Facet(field, value, " ".join(words[start:end]))

    def _windows(self, words: list[str]) -> list[Window]:
        """Stretches of up to five words, each with the key under which a phrase would be found."""
        ends = ((start, min(start + _LONGEST_PHRASE, len(words))) for start in range(len(words)))
        return [
            (start, end, self._known_key(words[start:end]))
            for start, last in ends
            for end in range(start + 1, last + 1)
        ]

    def _found(self, windows: list[Window], telling: list[Window], misspelt: Misspelt) -> list[Window]:
        """The windows that are a phrase of the vocabulary, each with that phrase's key.

        Rightly spelt ones come first, and longer before shorter.
        """
        exact = [window for window in windows if window[2] in self._phrases]
        nearly = [(start, end, phrase) for start, end, key in telling for phrase in misspelt.get(key, ())]
        return [*sorted(exact, key=_longest_first), *sorted(nearly, key=_longest_first)]

    def _known_key(self, words: list[str]) -> str:
        """The stem, or the words as typed where only their accents are missing ("aldre")."""
        key, typed = _key(words), _run_together(words)
        return typed if typed in self._phrases and key not in self._phrases else key

    def _named_places(self, text: str) -> Iterator[Facet]:
        words = tokens(text)
        seen = set()
        for i, word in enumerate(words):
            following = fold(words[i + 1]) if i + 1 < len(words) else ""
            before = fold(words[i - 1]) if i else ""
            municipality = self._municipality(word, following, before)
            spoken = (name.removesuffix("s") for name in (fold(word), f"{before} {fold(word)}"))
            lan = next((self._lan[name] for name in spoken if name in self._lan), None)
            facet = None
            if lan and (following == "lan" or fold(word).removesuffix("s") not in self._municipalities):
                facet = Facet("regions", lan, word)
            elif municipality:
                facet = Facet("municipality", municipality.code, word)
            if facet and facet.key not in seen:
                seen.add(facet.key)
                yield facet

    def _municipality(self, word: str, following: str, before: str) -> Municipality | None:
        key = fold(word)
        if following in ("lan", "region"):
            return None
        beside_kommun = following.startswith("kommun")
        for name in (key, key.removesuffix("s")):
            found = self._municipalities.get(name)
            if found is None:
                continue
            accents_agree = word.isascii() or found.name.casefold() in (
                word.casefold(),
                word.casefold().removesuffix("s"),
            )
            sure = name not in _ALSO_WORDS or beside_kommun or (before == "i" and word[0].isupper())
            return found if sure and accents_agree else None
        return None


def _telling(words: list[str], windows: list[Window]) -> list[Window]:
    """The windows that begin with a word that says something: only they are taken for a misspelt phrase."""
    telling = {number for number, word in enumerate(words) if fold(word) not in STOP_WORDS}
    return [window for window in windows if window[0] in telling]


def _longest_first(hit: Window) -> tuple[int, int]:
    start, end, _ = hit
    return start - end, start


def _key(words: list[str]) -> str:
    """Words run together and cut to a stem: "utrikes födda" and "utrikesfödda" become the same."""
    return stem(_run_together(words))


def _run_together(words: list[str]) -> str:
    return "".join(word.lower().replace("-", "") for word in words)


def _lan_key(name: str) -> str:
    return fold(name).removesuffix(" lan").removesuffix("s")


def _phrases(vocabulary: Vocabulary) -> Iterable[tuple[str, tuple[tuple[str, str], ...]]]:
    meant: dict[str, list[tuple[str, str]]] = {}
    for field in ("target_groups", "themes", "settings"):
        terms: dict[str, Term] = getattr(vocabulary, field)
        for term in terms.values():
            for phrase in (term.label, *term.names, *term.abbreviations, *term.everyday, *term.english):
                words = tokens(phrase)
                for key in {_key(words), fold(_run_together(words))}:
                    meant.setdefault(key, []).append((field, term.id))
    return ((key, tuple(dict.fromkeys(values))) for key, values in meant.items())


def _abbreviations(vocabulary: Vocabulary) -> dict[str, str]:
    meanings: dict[str, str] = {}
    for abbreviation, meaning in vocabulary.abbreviations.items():
        for short in abbreviation.split("/"):
            meanings[short.strip()] = meaning
    return meanings
