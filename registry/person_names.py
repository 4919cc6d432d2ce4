"""Whether a contact field seems to name a person where it should name a function.

A heuristic without any list of names. Two or more capitalised words in a row are taken for a person ("Anna Svensson"),
except where a word for an organisation leads or is among them: it excuses itself and what follows ("Region Örebro",
"föreningen Rädda Barnen"). A function excuses nothing ("Samordnare Anna Svensson"). Not seen, and left to the reviewer:
a single name, names in small letters or all capitals, and a name that follows an organisation's directly.
"""

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_PARTICLES = {"von", "af", "de", "van", "der", "la", "del", "el", "al", "bin"}
_ENDING = r"(?:er|or|ar|en|et|n|t|a|an|na|erna|orna|arna)?s?$"
# Ends of words, so that compounds are met too: "folkhälsomyndigheten".
_ORGANISATION = re.compile(
    r"(?:region|län|kommun|landsting|stad|stift|församling|kyrka|universitet|högskola|skola|skol|gymnasium|institut|"
    r"sjukhus|bolag|företag|förening|förbund|stiftelse|nätverk|partnerskap|mötesplats|projekt|program|myndighet|styrelse|"
    r"verk|förvaltning|kontor|avdelning|enhet|nämnd|råd|centrum|center|centr|byrå|kooperativ|organisation|koncern|hus|"
    r"mission|fond|forum|akademi|social|innovation|norra|södra|östra|västra|mellersta)" + _ENDING
)
_FUNCTION = re.compile(
    r"(?:chef|ledar|ledare|samordnar|samordnare|strateg|handläggar|handläggare|sekreterare|koordinator|utvecklare|"
    r"kommunikatör|rådgivare|ansvarig|direktör|ordförande|föreståndare|konsulent|administratör|redaktör|kansli|sekretariat|"
    r"funktion|reception|växel|brevlåda|kontakt|kontaktperson)" + _ENDING
)


def find_person_name(text: str, known: Iterable[str] = ()) -> str | None:
    """The first words in ``text`` that seem to name a person, or None.

    Args:
        known: names of places and organisations that may stand in the text.
    """
    for name in sorted((name for name in known if name.strip() and name in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", ",", text)
    return next((" ".join(run) for run in _unexcused(text) if len(run) > 1), None)


def _unexcused(text: str) -> Iterator[list[str]]:
    """Capitalised words in a row that no organisation excuses; functions and acronyms part them."""
    run: list[str] = []
    excused = False
    for word, joined in _words(text):
        organisation = bool(_ORGANISATION.search(word.casefold()))
        excused = organisation or (excused and joined and word[0].isupper())
        if joined and word in _PARTICLES:
            continue
        if excused or not joined:
            yield run
            run = []
        if not excused and _could_be_a_name(word):
            run = [*run, word]
        elif run:
            yield run
            run = []
    yield run


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether only white space parts it from the one before."""
    end = 0
    for match in _WORD.finditer(text):
        yield (
            match.group().removesuffix(".") if len(match.group()) > 2 else match.group(),
            not text[end : match.start()].strip(),
        )
        end = match.end()


def _could_be_a_name(word: str) -> bool:
    acronym = word.isupper() and len(word.removesuffix(".")) > 1
    return word[0].isupper() and not acronym and not _FUNCTION.search(word.casefold())
