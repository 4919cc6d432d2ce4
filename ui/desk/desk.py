"""Redaktion: what waits to be done, first; then the way to everything an editor can do. ?lista= names the list."""

from html import escape

import streamlit as st

from ui.desk.worklists import Worklist, show_worklist, worklists
from ui.editing.proposing import show_start
from ui.language import _, later
from ui.markup import page_address, page_link, paragraph
from ui.problems import shown_calmly
from ui.same_page import follow_links, switch
from ui.signing_in.identity import current_person, sign_in_row

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
    follow_links()


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
    lists = {one.slug: (page_address("", lista=one.slug), f"{_(one.title)} ({one.count})") for one in found}
    st.html(switch(_("Arbetslistor"), lists, chosen.slug))


page()
