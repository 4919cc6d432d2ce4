"""Two versions of a record, field by field, old beside new, with the words that differ marked."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Any

import streamlit as st

from registry.editing.differences import Difference
from ui.field_words import field_word, in_words
from ui.language import _

_MOST_WORDS = 4000  # past this the words are not compared one by one: it would take seconds


def show_differences(found: Sequence[Difference], before: str | None, after: str, sources: Sequence[Any] = ()) -> None:
    """Shows the differences in a table with these headings; without ``before`` the old values are left out.

    ``sources`` are the statements of the new version; they are shown beside what they carry.
    """
    if not found:
        st.html(f"<p>{escape(_('Inget skiljer.'))}</p>")
        return
    heads = [_("Fält"), *([before] if before else []), after, *([_("Källor till det nya")] if sources else [])]
    rows = "".join(_row(one, heads, sources, bool(before)) for one in found)
    cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    st.html(
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(_("Skillnader"))}">'
        f'<table class="sb-differences"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row(one: Difference, heads: Sequence[str], sources: Sequence[Any], both: bool) -> str:
    old, new = _marked(in_words(one.field, one.before), in_words(one.field, one.after))
    versions = [old, new] if both else [_lines(in_words(one.field, one.after), set(), "ins")]
    carried = "".join(
        f"<li>{escape(line)}</li>" for line in in_words("statements", [s for s in sources if _field_of(s) == one.field])
    )
    cells = versions + ([f"<ul>{carried}</ul>" if carried else "–"] if sources else [])
    return (
        f'<tr><th scope="row">{escape(field_word(one.field))}</th>'
        + "".join(f'<td data-head="{escape(head)}">{cell}</td>' for head, cell in zip(heads[1:], cells, strict=True))
        + "</tr>"
    )


def _field_of(statement: Any) -> str:
    return str(statement.get("field") or "").partition(".")[0]


def _marked(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Both as HTML lists of lines; what went is struck through and what came is underlined."""
    if len(before) == len(after) == 1:
        old, new = _marked_words(before[0], after[0])
        return f"<p>{old}</p>", f"<p>{new}</p>"
    gone, come = set(before) - set(after), set(after) - set(before)
    return _lines(before, gone, "del"), _lines(after, come, "ins")


def _lines(lines: Sequence[str], marked: set[str], tag: str) -> str:
    if not lines:
        return f'<p class="sb-unknown">{escape(_("Uppgift saknas"))}</p>'
    items = (f"<{tag}>{escape(line)}</{tag}>" if line in marked else escape(line) for line in lines)
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _marked_words(before: str, after: str) -> tuple[str, str]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    if len(old) + len(new) > _MOST_WORDS:
        return escape(before), escape(after)
    left, right = "", ""
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[i:j])), escape("".join(new[k:m]))
        left += gone if tag == "equal" or not gone else f"<del>{gone}</del>"
        right += come if tag == "equal" or not come else f"<ins>{come}</ins>"
    return left, right
