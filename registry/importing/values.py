"""Single cells as Swedish lists write them: amounts, dates, texts in HTML, several values in one cell."""

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?!\d)")
_UNITS = re.compile(r"^(?:sek|eur|kr|€)|(?:sek|eur|kronor|kr|€|:-)$", re.IGNORECASE)
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d")
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_DAYS = range(10_000, 80_000)  # 1927 to 2119: other numbers are not meant as dates
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s)")
_LIST_SIGNS = re.compile(r"[;|\n]")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "object", "head", "title"))
_TAG = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


def amount(value: Any) -> float:
    """A sum of money: ``4 973 906``, ``4.973.906,50``, ``1234.5``; spaces of any kind, "kr" and the like are left out.

    Raises:
        ValueError: it is no number.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    text = _UNITS.sub("", _SPACES.sub("", str(value)))
    if thousands := _THOUSANDS.match(text):
        # A point or comma before three digits parts thousands, unless it is the only one and a sum has decimals after it.
        rest = text[thousands.end() :]
        text = thousands.group().replace(thousands[1], "") + rest
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"är inget belopp: {value}")
    return float(text.replace(",", "."))


def date(value: Any) -> dt.date:
    """A date as Swedish and European lists write it, or as a spreadsheet stores it; a clock time is left out.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(float(text)) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + dt.timedelta(days=int(float(text)))
    text = _CLOCK.sub("", text)
    for form in _DATES:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(f"är inget datum: {value}")


def thousands(value: float) -> str:
    """The sum with thin spaces, without decimals."""
    return f"{value:,.0f}".replace(",", "\u2009")


def plain(value: Any) -> str:
    """A cell as one line of text; a whole number has no decimals, a date no clock time."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return _SPACES.sub(" ", str(value)).strip()


def several(value: Any) -> list[str]:
    """The values of a cell that holds a list: parted by semicolons, bars or line breaks; each once."""
    return list(dict.fromkeys(part for piece in _LIST_SIGNS.split(str(value)) if (part := plain(piece))))


def text_of(value: Any) -> str:
    """A longer text without its HTML: paragraphs parted by an empty line, nothing of scripts or styles.

    What it returns is still somebody else's text, and is to be escaped where it is shown.
    """
    text = str(value)
    if _TAG.search(text):
        reader = _Text()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    lines = (" ".join(_SPACES.sub(" ", line).split()) for line in text.replace("\r\n", "\n").split("\n"))
    return "\n\n".join(line for line in lines if line)


def shortened(text: str, most: int) -> str:
    """The text in one line of at most ``most`` characters: cut after a sentence, or else after a word, with "…"."""
    line = _SPACES.sub(" ", text).strip()
    if len(line) <= most:
        return line
    ends = [match.end() for match in _SENTENCE_END.finditer(line, 0, most + 1) if match.end() <= most]
    if ends:
        return line[: ends[-1]]
    words, space, _ = line[:most].rpartition(" ")
    return f"{words if space else line[: most - 1]}…"


class _Text(HTMLParser):
    """The words of an HTML text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins on a line of its own."""
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """The same where it ends."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words are kept, unless a script or the like holds them."""
        if not self._unseen:
            self.parts.append(data)
