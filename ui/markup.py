"""Catalogue text as safe HTML. Everything that comes from outside is escaped here."""

import re
from collections.abc import Collection, Container, Iterable, Sequence
from enum import StrEnum
from html import escape
from urllib.parse import quote, urlencode

from registry.initiative import UNKNOWN
from registry.values import Operation
from ui.language import SWEDISH, _, in_address, language


def plain_label(text: str) -> str:
    """The text as the label of a widget, in which Streamlit would otherwise read Markdown."""
    return re.sub(r"([\\`*_\[\]$~<>#|]|:(?=\w))", r"\\\1", text)


def paragraph(text: str, style: str = "") -> str:
    """The text as a paragraph."""
    return f'<p class="{style}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>"


def paragraphs(text: str) -> str:
    """The text's paragraphs, which blank lines part."""
    return "".join(paragraph(part) for part in text.split("\n\n") if part.strip())


def bullets(texts: Iterable[str]) -> str:
    """The texts as a list."""
    return list_of(escape(text) for text in texts)


def list_of(items: Iterable[str]) -> str:
    """A list of what is HTML already."""
    return f'<ul class="sb-plain">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def link(address: str, words: str) -> str:
    """A link to another site; anything but http is shown as words alone."""
    if not address.startswith(("https://", "http://")):
        return escape(words)
    return f'<a href="{escape(address)}" rel="noopener">{escape(words)}</a>'


def initiative_link(id: str, words: str, carried: str = "") -> str:
    """A link to the record's page: a plain one, so that the browser's way back leads to the same search.

    ``carried`` is the end of its address, such as ``ui.chosen.carried`` gives.
    """
    spoken = urlencode(in_address())
    address = f"initiativ?id={quote(id)}{carried}{f'&{spoken}' if spoken else ''}"
    return f'<a href="{escape(address)}" target="_self">{escape(words)}</a>'


def page_address(page: str, **parameters: str) -> str:
    """The address of a page of ours, in the reader's language; the page "" is the one that is shown."""
    asked = urlencode({**parameters, **in_address()})
    return f"{page}?{asked}" if asked else page


def page_link(page: str, words: str, **parameters: str) -> str:
    """A link to a page of ours by its address, with the parameters that follow it."""
    return f'<a href="{escape(page_address(page, **parameters))}" target="_self">{escape(words)}</a>'


def filter_link(parameter: str, id: str, words: str) -> str:
    """A link to what the registry has under one value of a filter; ``words`` are the catalogue's own."""
    address = page_address("", **{parameter: id})
    return f'<a href="{escape(address)}" target="_self">{own_words(escape(words))}</a>'


def known(value: str) -> str:
    """The value, or the words for what nobody knows, marked as such."""
    if isinstance(value, StrEnum) and value != Operation.UNKNOWN:
        return escape(_(value).capitalize())
    if not value or value in (UNKNOWN, Operation.UNKNOWN):
        return f'<span class="sb-unknown">{escape(_("Uppgift saknas"))}</span>'
    return own_words(escape(value[:1].upper() + value[1:]))


def own_words(html: str, tag: str = "span") -> str:
    """HTML with the catalogue's own words, which are Swedish: marked so on a page in another language."""
    return html if language() == SWEDISH else f'<{tag} lang="{SWEDISH}">{html}</{tag}>'


def with_own_words(text: str, own: Collection[str]) -> str:
    """A sentence as HTML; ``own`` are the catalogue's own words that stand in it."""
    if not own:
        return escape(text)
    longest_first = "|".join(re.escape(escape(words)) for words in sorted(own, key=len, reverse=True))
    return re.sub(longest_first, lambda found: own_words(found.group()), escape(text))


def sentence(text: str, /, **own: str) -> str:
    """A sentence of ours as HTML, with words of the catalogue's own in place of each ``{name}``."""
    return escape(text).format(**{name: own_words(escape(words)) for name, words in own.items()})


def number(value: int) -> str:
    """A number with a thin space between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names with their values; the values are HTML already."""
    return f'<dl class="sb-facts">{"".join(f"<dt>{escape(n)}</dt><dd>{v}</dd>" for n, v in rows)}</dl>'


def table(
    name: str,
    heads: Sequence[str],
    rows: Iterable[Iterable[str]],
    numbers: Container[int] = (),
    *,
    stacked: bool = False,
) -> str:
    """A table that can be scrolled sideways by keyboard; the cells are HTML already.

    ``numbers`` are the columns, from 0, that hold numbers. On a phone the cells of a ``stacked`` one stand below each other.
    """

    def styled(column: int) -> str:
        return ' class="sb-number"' if column in numbers else ""

    def named(column: int) -> str:
        return f' data-head="{escape(heads[column])}"' if stacked else ""

    head = "".join(f'<th scope="col"{styled(i)}>{escape(words)}</th>' for i, words in enumerate(heads))
    body = "".join(
        f"<tr>{''.join(f'<td{styled(i)}{named(i)}>{cell}</td>' for i, cell in enumerate(row))}</tr>" for row in rows
    )
    return (
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(name)}"><table class="sb-table'
        f'{" sb-stacked" if stacked else ""}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
