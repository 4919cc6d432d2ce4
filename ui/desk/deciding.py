"""What a reader of a proposal can do about it: approve, send back, end, comment. Each act asks for leave anew."""

from collections.abc import Callable
from html import escape

import streamlit as st

from registry.editing.access import Act, Person, may, require
from registry.editing.drafts import Fields, problems
from registry.editing.proposals import Proposal
from registry.errors import RegistryError
from registry.values import Status
from registry.wording import for_visitors
from ui.context import context, places, publish, vocabulary
from ui.editing.draft import may_edit
from ui.field_words import field_word
from ui.language import _
from ui.markup import initiative_link, page_link, paragraph
from ui.signing_in.identity import current_person

_SAID = "decision said"  # what the last act led to, shown once
_WORDS = "decision words"


def show_what_happened() -> None:
    """Says what the last act led to."""
    said = st.session_state.pop(_SAID, None)
    if said:
        words, link, went_well = said
        (st.success if went_well else st.warning)(words)
        if link:
            st.html(f"<p>{link}</p>")


def show_decisions(proposal: Proposal, person: Person, merged: Fields | None) -> None:
    """Shows what this person can do; ``merged`` is the proposal on top of what was published meanwhile, if it was."""
    st.header(_("Beslut"), anchor=False)
    reviewer = may(person, Act.REVIEW)
    waiting = proposal.status is Status.IN_REVIEW
    if reviewer and waiting:
        _say_what_stops(proposal.fields if merged is None else merged)
    if reviewer and waiting and proposal.author == person.name:
        st.info(_("Det här är ert eget förslag. Ni kan godkänna det själv; historiken visar att ni gjorde det."))
    st.text_area(
        _("Kommentar eller motivering"),
        key=_WORDS,
        height=100,
        placeholder=_("Krävs för att skicka tillbaka eller avsluta. Skriv vad som behöver göras."),
    )
    own = reviewer or proposal.author == person.name
    with st.container(horizontal=True, gap="small"):
        if reviewer and waiting:
            _button(_("Godkänn och publicera"), _approve, proposal, merged, primary=True)
            _button(_("Skicka tillbaka"), _send_back, proposal)
        _button(_("Kommentera"), _comment, proposal)
        if own and proposal.status is Status.ARCHIVED:
            _button(_("Öppna igen"), _reopen, proposal)
        elif own:
            _button(_("Avsluta utan att publicera"), _withdraw, proposal)
    if may_edit(person, proposal):
        st.html(f"<p>{page_link('redigera', _('Öppna i formuläret'), forslag=proposal.id)}</p>")
    if may(person, Act.ERASE):
        _show_erasing(proposal)


def _show_erasing(proposal: Proposal) -> None:
    with st.expander(_("Radera förslaget för gott")):
        st.html(
            paragraph(
                _(
                    "För uppgifter som måste bort, till exempel personuppgifter. Det går inte att ångra. Skriv motiveringen "
                    "i rutan ovan, utan personuppgifter: den, ert namn och tiden står kvar i loggen."
                )
            )
        )
        _button(_("Radera förslaget"), _erase, proposal)


def rebase(proposal: Proposal, fields: Fields) -> Proposal:
    """Puts the proposal, with these fields, on top of what is published now."""
    person = require(current_person(), Act.REVIEW)
    onto = context().store.get(str(proposal.initiative_id)).revision
    return context().proposals.rebase(proposal.id, fields, onto_revision=onto, by=person.name)


def _say_what_stops(fields: Fields) -> None:
    found = problems(fields, vocabulary(), places())
    if found:
        st.warning(_("Förslaget kan inte publiceras än. Det här behöver rättas:"))
        items = "".join(f"<li><strong>{escape(field_word(p.field))}</strong>: {escape(p.reason)}</li>" for p in found)
        st.html(f'<ul class="sb-plain">{items}</ul>')


def _button(label: str, act: Callable[..., None], *args: object, primary: bool = False) -> None:
    st.button(
        label,
        key=f"decision {act.__name__}",
        type="primary" if primary else "secondary",
        on_click=_do,
        args=(act, *args),
    )


def _do(act: Callable[..., None], *args: object) -> None:
    """Does it, and keeps what was written where it could not be done."""
    try:
        act(*args, st.session_state[_WORDS].strip())
    except RegistryError as error:
        _say(for_visitors(error), went_well=False)
    else:
        st.session_state[_WORDS] = ""


def _approve(proposal: Proposal, merged: Fields | None, words: str) -> None:
    person = require(current_person(), Act.REVIEW)
    if merged is not None:
        proposal = rebase(proposal, merged)
    reason = words or _("Godkänt förslag")
    record = context().proposals.approve(proposal.id, seen_version=proposal.version, by=person.name, reason=reason)
    publish([record])
    link = f"{initiative_link(record.id, _('Se sidan'))} · {page_link('redaktion', _('Till arbetslistan'))}"
    _say(_("{name} är publicerat och finns i sökningen.").format(name=record.name), link)


def _send_back(proposal: Proposal, words: str) -> None:
    person = require(current_person(), Act.REVIEW)
    context().proposals.send_back(proposal.id, by=person.name, reason=words)
    _say(_("Förslaget är skickat tillbaka till {author}.").format(author=proposal.author))


def _comment(proposal: Proposal, words: str) -> None:
    person = require(current_person(), Act.PROPOSE)
    context().proposals.comment(proposal.id, by=person.name, text=words)
    _say(_("Kommentaren är sparad."))


def _withdraw(proposal: Proposal, words: str) -> None:
    person = require(current_person(), Act.PROPOSE)
    if proposal.author != person.name:
        require(person, Act.REVIEW)
    context().proposals.withdraw(proposal.id, by=person.name, reason=words)
    _say(_("Förslaget är avslutat. Det finns kvar och kan öppnas igen."))


def _reopen(proposal: Proposal, _words: str) -> None:
    person = require(current_person(), Act.PROPOSE)
    if proposal.author != person.name:
        require(person, Act.REVIEW)
    context().proposals.reopen(proposal.id, by=person.name)
    _say(_("Förslaget är öppet igen."))


def _erase(proposal: Proposal, words: str) -> None:
    person = require(current_person(), Act.ERASE)
    context().proposals.erase(proposal.id, by=person.name, reason=words)
    _say(_("Förslaget är raderat."), page_link("redaktion", _("Till arbetslistan")))


def _say(words: str, link: str = "", *, went_well: bool = True) -> None:
    st.session_state[_SAID] = (words, link, went_well)
