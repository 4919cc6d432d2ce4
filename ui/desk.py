"""Redaktion: what waits to be done, first; then the way to everything an editor can do. ?lista= names the list."""

from html import escape
from pathlib import Path

import streamlit as st

from ui.identity import current_person, sign_in_row
from ui.language import _, later
from ui.markup import page_address, page_link, paragraph
from ui.problems import shown_calmly
from ui.proposing import show_start
from ui.worklists import Worklist, show_worklist, worklists

_FOLLOW_LINKS = Path(__file__).with_name("follow_links.html").read_text(encoding="utf-8")
_LINKS = (
    ("importera", later("Importera ur fil")),
    ("kvalitet", later("Kvalitet i registret")),
    ("dubbletter", later("Möjliga dubbletter")),
    ("behov", later("Behov")),
    ("historik", later("Arkiverade")),
)


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Redaktion"), anchor=False)
    person = current_person()
    if person is None:
        _signed_out()
        return
    sign_in_row()
    _top()
    found = worklists(person)
    asked = st.query_params.get("lista")
    chosen = next((one for one in found if one.slug == asked), None) or _first_with_work(found)
    _menu(found, chosen)
    show_worklist(chosen)
    st.html(_FOLLOW_LINKS, unsafe_allow_javascript=True)


def _signed_out() -> None:
    st.html(
        paragraph(_("Här arbetar redaktionen med registret. Alla kan läsa; för att ändra loggar ni in."), "sb-lead")
        + '<ul class="sb-plain">'
        + "".join(
            f"<li>{escape(line)}</li>"
            for line in (
                _("Bidragsgivare lägger till initiativ och föreslår ändringar."),
                _("Redaktörer granskar, publicerar, återställer och arkiverar."),
                _("Administratörer kan dessutom radera uppgifter som måste bort."),
            )
        )
        + f"</ul><p>{escape(_('Har ni ett tips eller en rättelse?'))} {page_link('tipsa', _('Skicka den här'))}. "
        + f"{escape(_('Det behövs inget konto.'))}</p>"
    )
    sign_in_row()


def _top() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        show_start()
        links = " · ".join(page_link(page, _(words)) for page, words in _LINKS)
        st.html(f"<p>{links}</p>", width="content")


def _first_with_work(found: list[Worklist]) -> Worklist:
    return next((one for one in found if one.count), found[0])


def _menu(found: list[Worklist], chosen: Worklist) -> None:
    items = "".join(_entry(one, one is chosen) for one in found)
    st.html(f'<nav class="sb-switch" aria-label="{escape(_("Arbetslistor"))}">{items}</nav>')


def _entry(one: Worklist, is_chosen: bool) -> str:
    current = ' aria-current="page"' if is_chosen else ""
    words = f"{escape(_(one.title))} ({one.count})"
    return f'<a href="{escape(page_address("", lista=one.slug))}" data-here="{one.slug}" target="_self"{current}>{words}</a>'


page()
