"""The reader's language: which one the address asks for, its catalogue in ui/locale, and the way over to another."""

from functools import cache
from gettext import NullTranslations, translation
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from registry.language import LANGUAGES, PARAMETER, SWEDISH, later, ngettext, speech
from registry.language import gettext as _

__all__ = [
    "SWEDISH", "_", "catalogue", "in_address", "keep_language", "language", "later", "ngettext", "show_switch", "speech",
]  # fmt: skip

LOCALE = Path(__file__).with_name("locale")
_KEY = "language of the visit"


def language() -> str:
    """The language that the address asks for; Swedish where it names none of ours, and outside a page."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return SWEDISH
    asked = st.query_params.get(PARAMETER, SWEDISH)
    return asked if asked in LANGUAGES else SWEDISH


def keep_language() -> None:
    """Keeps the language through the visit: Streamlit's menu leads to addresses without parameters."""
    if PARAMETER not in st.query_params and (kept := st.session_state.get(_KEY, SWEDISH)) != SWEDISH:
        st.query_params[PARAMETER] = kept
    st.session_state[_KEY] = language()


def in_address() -> dict[str, str]:
    """What a link to another page must have in its address for the language to be kept."""
    return {} if language() == SWEDISH else {PARAMETER: language()}


def show_switch() -> None:
    """Shows the languages; those not in use are links to the same page with the same address otherwise."""
    words = " | ".join(_switch_to(code, name) for code, name in LANGUAGES.items())
    st.html(f'<nav class="sb-languages" aria-label="{escape(_("Språk"))}">{words}</nav>')


def _switch_to(code: str, name: str) -> str:
    if code == language():
        return f'<span lang="{code}" aria-current="true">{name}</span>'
    kept = [(key, value) for key in st.query_params if key != PARAMETER for value in st.query_params.get_all(key)]
    address = urlencode(kept if code == SWEDISH else [*kept, (PARAMETER, code)])
    return f'<a href="?{escape(address)}" lang="{code}" hreflang="{code}" target="_self">{name}</a>'


@cache
def catalogue(language: str) -> NullTranslations:
    """The texts in this language; Swedish needs no catalogue."""
    return translation("spridbart", LOCALE, [language], fallback=True)


speech.catalogue = lambda: catalogue(language())
