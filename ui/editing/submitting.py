"""The form's last step: what is left to mend, what changes, and off to review."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from registry.editing.access import Act, require
from registry.editing.differences import differences
from registry.editing.drafts import Problem
from registry.errors import RegistryError
from registry.values import Status
from registry.wording import for_visitors
from ui.context import context
from ui.editing.difference_table import show_differences
from ui.editing.draft import Draft
from ui.editing.form_steps import STEPS, go_to, step_of
from ui.editing.preview import show_preview
from ui.field_words import field_word
from ui.language import _
from ui.markup import paragraph
from ui.signing_in.identity import current_person


def show_submission(draft: Draft, found: Sequence[Problem], reviewer: bool) -> None:
    """Shows what is left to mend, what changes, the way to send it for review, and the page as its reader will see it."""
    _left_to_mend(found)
    if draft.stored.initiative_id:
        st.subheader(_("Det här ändras"), anchor=False)
        before = context().store.get(draft.stored.initiative_id).model_dump(mode="json")
        show_differences(differences(before, draft.fields), _("Publicerat nu"), _("Ert förslag"))
    if draft.stored.status is Status.DRAFT:
        _send(draft, bool(found), reviewer)
    st.subheader(_("Så ser sidan ut för läsaren"), anchor=False)
    with st.container(border=True):
        show_preview(draft.fields)


def _send(draft: Draft, wanting: bool, reviewer: bool) -> None:
    st.text_area(_("Hälsning till granskaren (kan lämnas tom)"), key=draft.key("greeting"), height=80)
    st.button(
        _("Skicka till granskning"),
        key=draft.key("submit"),
        type="primary",
        on_click=_submit,
        args=(draft, wanting),
    )
    refused = st.session_state.pop(draft.key("refused"), None)
    if refused:
        st.warning(refused)
    if reviewer:
        st.html(paragraph(_("Ni är redaktör och kan själv granska och publicera förslaget i nästa steg."), "sb-meta"))


def _left_to_mend(found: Sequence[Problem]) -> None:
    if not found:
        st.success(_("Allt som måste finnas är ifyllt."))
        return
    st.html(paragraph(_("Det här behöver rättas innan förslaget kan granskas. Det som är ifyllt är sparat.")))
    for step in STEPS:
        own = [one for one in found if step_of(one.field) is step]
        if own:
            items = "".join(
                f"<li><strong>{escape(field_word(one.field))}</strong>{_where(one)}: {escape(one.reason)}</li>"
                for one in own
            )
            st.html(f'<ul class="sb-plain">{items}</ul>')
            st.button(
                _("Gå till {step}").format(step=_(step.title)),
                key=f"to {step.title}",
                on_click=go_to,
                args=(step.title,),
            )


def _where(problem: Problem) -> str:
    return escape(_(", rad {n}").format(n=problem.position + 1)) if problem.position is not None else ""


def _submit(draft: Draft, wanting: bool) -> None:
    if wanting:
        st.session_state[draft.key("refused")] = _("Rätta det som står i listan först. Inget har gått förlorat.")
        return
    try:
        person = require(current_person(), Act.PROPOSE)
        text = st.session_state.get(draft.key("greeting"), "")
        context().proposals.submit(draft.id, seen_version=draft.stored.version, by=person.name, text=text)
    except RegistryError as error:
        st.session_state[draft.key("refused")] = for_visitors(error)
