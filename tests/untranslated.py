"""Finds Swedish words in the source of the pages that no catalogue can translate.

A text is translated when it stands in ``_()``, ``ngettext()`` or ``later()``. Any other string that reads as Swedish
prose or as a label would stay Swedish on an English page.
"""

import ast
import re
from collections.abc import Iterator

MARKED = {"_", "gettext", "ngettext", "later"}
_TAGS = re.compile(r"<style>.*?</style>|%\{[^}]*\}|<[^>]*>?|[^<]*>", re.DOTALL)
_SAID_IN_TAGS = re.compile(r'(?:aria-label|title|alt|placeholder)="([^"]*)"')
_SWEDISH_LETTER = re.compile(r"[åäöÅÄÖ]")
_LABEL = re.compile(r"[A-ZÅÄÖ][a-zåäö]+")
_WORD = re.compile(r"[a-zåäö]{3,}")
_SMALL_WORDS = re.compile(
    r"\b(och|att|det|som|för|inte|är|på|av|till|med|från|eller|har|en|ett|den|kan|ni|er|om|vi|saknas|utan|inga?)\b"
)


def untranslated(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each string in ``source`` that reads as Swedish and is not marked."""
    yield from _walk(ast.parse(source))


def _walk(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKED:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):  # a docstring
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_swedish(node.value):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _is_swedish(text: str) -> bool:
    is_html = "</" in text or "/>" in text
    words = " ".join([_TAGS.sub(" ", text) if "<" in text or ">" in text else text, *_SAID_IN_TAGS.findall(text)])
    return bool(
        (is_html and _WORD.search(words))
        or _SWEDISH_LETTER.search(words)
        or _LABEL.match(words.strip(" \n\"'(”:·"))
        or (" " in words.strip() and _SMALL_WORDS.search(words))
    )
