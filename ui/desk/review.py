"""Granska: a proposal beside what is published, what has been said of it, and the decision. ?forslag= names it."""

from html import escape

import streamlit as st

from registry.editing.access import Act, may
from registry.editing.differences import Merged, differences, merge
from registry.editing.drafts import Fields
from registry.editing.proposals import Proposal
from registry.values import Status
from ui.context import context
from ui.desk.deciding import rebase, show_decisions, show_what_happened
from ui.editing.difference_table import show_differences
from ui.editing.merging import choose_versions
from ui.editing.preview import show_preview
from ui.editing.proposal_words import STATUS_WORDS, show_events
from ui.language import _
from ui.markup import initiative_link, paragraph
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row
from ui.swedish_time import day_and_clock


@shown_calmly()
def page() -> None:
    """Shows the page."""
    id = st.query_params.get("forslag", "")
    person = current_person()
    if person is None or not id:
        st.title(_("Granska"), anchor=False)
        st.html(
            paragraph(
                _("Logga in för att se och granska förslag.") if id else _("Välj ett förslag på sidan Redaktion.")
            )
        )
        sign_in_row()
        return
    show_what_happened()
    proposal = context().proposals.get(id)
    st.title(_("Granska: {name}").format(name=proposal.fields.get("name") or _("utan namn")), anchor=False)
    _standing(proposal)
    merged = _moved_on(proposal)
    if merged and merged.conflicts:
        if may(person, Act.REVIEW):
            _settle(proposal, merged)
            return
        merged = None  # whoever cannot choose sees the proposal as it was written
    _compare(proposal, merged)
    show_events(proposal)
    if proposal.status is not Status.PUBLISHED:
        show_decisions(proposal, person, merged.fields if merged else None)


def _standing(proposal: Proposal) -> None:
    kind = _("Ändring av") if proposal.initiative_id else _("Nytt initiativ")
    changes = proposal.initiative_id
    record = initiative_link(changes, context().store.get(changes).name) if changes else ""
    when = day_and_clock(proposal.changed_at)
    words = _("{status} · {origin} · av {author} · senast ändrat {when}").format(
        status=_(STATUS_WORDS[proposal.status]),
        origin=_(proposal.origin),
        author=proposal.author or _("okänd"),
        when=when,
    )
    st.html(f'<p class="sb-meta">{escape(kind)} {record} · {escape(words)}</p>')


def _moved_on(proposal: Proposal) -> Merged | None:
    """The proposal joined with what was published since it was begun; None where nothing was."""
    if proposal.initiative_id is None or proposal.status not in (Status.DRAFT, Status.IN_REVIEW):
        return None
    current = context().store.get(proposal.initiative_id)
    if current.revision == proposal.base_revision:
        return None
    return merge(_base(proposal), proposal.fields, current.model_dump(mode="json"))


def _base(proposal: Proposal) -> Fields:
    """The revision that the proposal was made from; nothing where it is of something new."""
    revisions = context().store.revisions(proposal.initiative_id or "")
    found = (one.record for one in revisions if one.record.revision == proposal.base_revision)
    return next((record.model_dump(mode="json") for record in found), {})


def _settle(proposal: Proposal, merged: Merged) -> None:
    st.warning(
        _(
            "Det publicerade initiativet har ändrats sedan förslaget skrevs, i samma fält. Inget är överskrivet. "
            "Välj vad som ska gälla, så går granskningen vidare."
        )
    )
    chosen = choose_versions(merged.conflicts, f"settle {proposal.id}", _("Förslaget"), _("Publicerat nu"))
    if chosen is not None:
        rebase(proposal, merged.fields | chosen)
        st.rerun()


def _compare(proposal: Proposal, merged: Merged | None) -> None:
    fields = merged.fields if merged else proposal.fields
    if merged:
        st.info(
            _(
                "Det publicerade initiativet har ändrats sedan förslaget skrevs. Ändringarna rör olika uppgifter "
                "och har lagts ihop här nedan."
            )
        )
    if proposal.status is Status.PUBLISHED or proposal.initiative_id is None:
        before = _base(proposal)
    else:
        before = context().store.get(proposal.initiative_id).model_dump(mode="json")
    st.header(_("Det här ändras") if before else _("Det här läggs till"), anchor=False)
    found = [one for one in differences(before, fields) if one.field != "id"]
    old = _("Publicerat före") if proposal.status is Status.PUBLISHED else _("Publicerat nu")
    show_differences(found, old if before else None, _("Förslaget"), fields.get("statements") or [])
    preview = st.expander(_("Så ser sidan ut för läsaren"), key="preview", on_change="rerun")
    if preview.open:
        with preview:
            show_preview(fields)


page()
