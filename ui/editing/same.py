""" "Det här är samma": an entry of something that is there already becomes a change to it."""

import streamlit as st

from registry.editing.access import Act, require
from registry.editing.joining import joined
from registry.errors import RegistryError
from registry.wording import for_visitors
from ui.context import context
from ui.editing.draft import Draft
from ui.language import _
from ui.signing_in.identity import current_person

_LEADS_TO = "same leads to"


def become_change(draft: Draft, id: str) -> None:
    """Makes the entry a change to the record: its names, values and sources go there, and the entry itself is ended.

    Where something stands in the way nothing is ended, and the draft says what.
    """
    try:
        person = require(current_person(), Act.PROPOSE)
        record = context().store.get(id)
        fields = joined(record.model_dump(mode="json"), draft.fields)
        change = context().proposals.create(fields, by=person.name, initiative_id=id)
        reason = _("Samma sak som {name}. Uppgifterna har flyttats till en ändring av det initiativet.").format(
            name=record.name
        )
        context().proposals.withdraw(draft.id, by=person.name, reason=reason)
    except RegistryError as error:
        draft.problem = for_visitors(error)
        return
    st.session_state[_LEADS_TO] = (draft.id, change.id, record.name)


def show_where_it_went(id: str) -> None:
    """Leads on to the change, where the entry with this id has just become one; and says there what happened."""
    went = st.session_state.get(_LEADS_TO)
    if went is None:
        return
    left, change, name = went
    if id == left:
        st.switch_page("editing/edit.py", query_params={"forslag": change})
    if id == change:
        st.info(
            _(
                "Det ni skrev är nu ett förslag till ändring av {name}: namnet som ett annat namn, med värden och källor. "
                "Inget har gått förlorat."
            ).format(name=name)
        )
