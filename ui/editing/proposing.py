"""The beginning of a proposal: of something new, or of a change to a record."""

import streamlit as st

from registry.editing.access import Act, Person, require
from registry.editing.proposals import Proposal
from registry.initiative import Initiative
from registry.values import Status
from ui.context import context
from ui.language import _
from ui.markup import page_link
from ui.signing_in.identity import current_person


def show_start() -> None:
    """Shows the way to add an initiative."""
    if st.button(_("Lägg till initiativ"), type="primary", key="start new"):
        person = require(current_person(), Act.PROPOSE)
        _open(context().proposals.create({}, by=person.name))


def show_suggest(record: Initiative) -> None:
    """Shows the way to suggest a change: the form for whoever is signed in, the public one for others; and the history."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="suggest"):
        if current_person() is None:
            st.html(f"<p>{page_link('tipsa', _('Föreslå ändring'), id=record.id)}</p>", width="content")
        elif st.button(_("Föreslå ändring"), key="start change", type="tertiary"):
            _open(_change(require(current_person(), Act.PROPOSE), record))
        st.html(f"<p>{page_link('historik', _('Historik'), id=record.id)}</p>", width="content")


def _change(person: Person, record: Initiative) -> Proposal:
    """This person's own draft of a change to the record; a new one where there is none."""
    begun = context().proposals.all(status=Status.DRAFT, author=person.name, initiative_id=record.id)
    return begun[0] if begun else context().proposals.create(by=person.name, initiative_id=record.id)


def _open(proposal: Proposal) -> None:
    st.switch_page("editing/edit.py", query_params={"forslag": proposal.id})
