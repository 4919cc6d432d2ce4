"""Catalogue text as safe HTML. Everything that comes from outside is escaped here."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from registry.initiative import UNKNOWN
from registry.values import Operation


def paragraph(text: str, style: str = "") -> str:
    """The text as a paragraph."""
    return f'<p class="{style}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>"


def paragraphs(text: str) -> str:
    """The text's paragraphs, which blank lines part."""
    return "".join(paragraph(part) for part in text.split("\n\n") if part.strip())


def bullets(texts: Iterable[str]) -> str:
    """The texts as a list."""
    return f'<ul class="sb-plain">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'


def link(address: str, words: str) -> str:
    """A link to another site; anything but http is shown as words alone."""
    if not address.startswith(("https://", "http://")):
        return escape(words)
    return f'<a href="{escape(address)}" rel="noopener">{escape(words)}</a>'


def initiative_link(id: str, words: str) -> str:
    """A link to the record's page: a plain one, so that the browser's way back leads to the same search."""
    return f'<a href="initiativ?id={quote(id)}" target="_self">{escape(words)}</a>'


def filter_link(parameter: str, value: str) -> str:
    """A link to what the registry has under one value of a filter."""
    return f'<a href="?{parameter}={quote(value)}" target="_self">{escape(value)}</a>'


def known(value: str) -> str:
    """The value, or the words for what nobody knows, marked as such."""
    if not value or value in (UNKNOWN, Operation.UNKNOWN):
        return '<span class="sb-unknown">Uppgift saknas</span>'
    return escape(value[:1].upper() + value[1:])


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names with their values; the values are HTML already."""
    return f'<dl class="sb-facts">{"".join(f"<dt>{escape(n)}</dt><dd>{v}</dd>" for n, v in rows)}</dl>'
