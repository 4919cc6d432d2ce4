"""Initiativ: everything that is known of one record, and what is not. The address names it: ?id=."""

import streamlit as st

from registry.initiative import Initiative
from registry.places import swedish_order
from registry.values import Role
from ui.context import context
from ui.editing.proposing import show_suggest
from ui.language import _, later
from ui.problems import shown_calmly
from ui.records.next_steps import show_next_steps
from ui.records.record import record_links, show_record


@shown_calmly()
def page() -> None:
    """Shows the page."""
    matcher = context().live.current
    id = st.query_params.get("id", "")
    record = matcher.index.get(id)
    if record is None:
        _list_all(matcher.index.records, id)
        return
    st.set_page_config(page_title=f"{record.name} – Spridbart")
    st.title(record.name, anchor=False)
    show_next_steps(record)
    show_record(record, matcher.similar(record.id))
    show_suggest(record)


def _list_all(records: tuple[Initiative, ...], asked: str) -> None:
    st.title(_("Initiativ"), anchor=False)
    if asked:
        st.warning(
            _("Det finns inget initiativ med beteckningen {id}. Välj ett i listan eller sök på sidan Hitta.").format(
                id=asked
            )
        )
    for role in Role:
        chosen = sorted((r for r in records if r.role is role), key=lambda r: swedish_order(r.name))
        if chosen:
            st.header(_(ROLE_WORDS[role]), anchor=False)
            st.html(record_links(chosen))


ROLE_WORDS = {
    Role.INITIATIVE: later("Initiativ med spridningspotential"),
    Role.METHOD_IN_PROJECT: later("Metoder i projekt"),
    Role.ACTOR: later("Aktörer"),
    Role.CONCEPT: later("Koncept"),
    Role.SUPPORT: later("Stödstrukturer"),
    Role.PROGRAMME: later("Policyprogram"),
    Role.INTERNATIONAL_MODEL: later("Internationella förebilder"),
    Role.NEED_IDEA: later("Idéer från behovslistan"),
}


page()
