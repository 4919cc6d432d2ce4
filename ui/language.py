"""The language of the pages: Swedish in the source, other languages from gettext catalogues in ui/locale."""

import gettext
from functools import cache
from pathlib import Path

import streamlit as st

LOCALE = Path(__file__).with_name("locale")
PARAMETER = "sprak"
SWEDISH = "sv"
LANGUAGES = {SWEDISH: "Svenska", "en": "English"}


def language() -> str:
    """The language that the address asks for; Swedish where it names none of ours."""
    asked = st.query_params.get(PARAMETER, SWEDISH)
    return asked if asked in LANGUAGES else SWEDISH


def _(text: str) -> str:
    """The text, written in Swedish, in the reader's language. Put values in afterwards: ``_("{n} år").format(n=2)``."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The form that fits ``count``, in the reader's language."""
    return _catalogue(language()).ngettext(one, many, count)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("spridbart", LOCALE, [language], fallback=True)
