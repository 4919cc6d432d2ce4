"""Where a proposal stands and what has happened to it, in words."""

from html import escape

import streamlit as st

from registry.editing.proposals import Event, EventKind, Proposal
from registry.values import Status
from ui.context import context
from ui.language import _, later
from ui.markup import page_link
from ui.swedish_time import day_and_clock

STATUS_WORDS = {
    Status.DRAFT: later("Förslag"),
    Status.IN_REVIEW: later("Väntar på granskning"),
    Status.PUBLISHED: later("Godkänt och publicerat"),
    Status.ARCHIVED: later("Avslutat"),
}


def show_events(proposal: Proposal) -> None:
    """Shows what has happened to the proposal and what has been said of it, oldest first."""
    st.header(_("Vad som har hänt"), anchor=False)
    items = "".join(_event(event) for event in context().proposals.events(proposal.id))
    st.html(f'<ul class="sb-plain">{items}</ul>')


def show_why_sent_back(proposal: Proposal) -> None:
    """Shows the author what a reviewer wants mended, while the proposal is a draft again."""
    moves = [event for event in context().proposals.events(proposal.id) if event.kind is not EventKind.COMMENTED]
    if moves and moves[-1].kind is EventKind.SENT_BACK:
        words = _("Skickat tillbaka av {by} {when}:").format(by=moves[-1].by, when=day_and_clock(moves[-1].at))
        link = page_link("granska", _("Se allt som har sagts"), forslag=proposal.id)
        st.html(
            f'<div class="sb-doubt"><p><strong>{escape(words)}</strong> {escape(moves[-1].text)}</p><p>{link}</p></div>'
        )


def _event(event: Event) -> str:
    words = f"{day_and_clock(event.at)} · {_(event.kind).capitalize()} · {event.by or _('okänd')}"
    return f"<li>{escape(words)}{f'<br>”{escape(event.text)}”' if event.text else ''}</li>"
