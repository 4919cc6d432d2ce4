"""Links to other views of the page that is shown: the address changes, the page is not loaded anew."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st

_FOLLOW_LINKS = Path(__file__).with_name("follow_links.html").read_text(encoding="utf-8")


def follow_links() -> None:
    """Lets the links of ``here`` be followed within the page. Once on each page that has any."""
    st.html(_FOLLOW_LINKS, unsafe_allow_javascript=True)


def here(href: str, words: str, key: str, *, extra: str = "") -> str:
    """A link to another view of this page (see ``follow_links.html``); ``key`` names it among the links of the page.

    ``words`` is HTML; ``href`` and ``key`` are escaped.
    """
    return f'<a href="{escape(href)}" target="_self" data-here="{escape(key)}" {extra}>{words}</a>'


def switch(label: str, views: Mapping[str, tuple[str, str]], now: str, *, extra_class: str = "") -> str:
    """A row of views to choose among: the key of each -> its address and its words. ``now`` is the one that is shown."""
    links = "".join(
        here(href, escape(words), key, extra='aria-current="true"' if key == now else "")
        for key, (href, words) in views.items()
    )
    return f'<nav class="sb-switch {extra_class}" aria-label="{escape(label)}">{links}</nav>'
