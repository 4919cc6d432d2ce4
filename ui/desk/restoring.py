"""The ways back for a record: restore, archive, take out of the archive; and, for administrators, erase."""

from collections.abc import Callable, Sequence

import streamlit as st

from registry.editing.access import Act, require
from registry.errors import ErasureUnconfirmed, ReasonMissing, RegistryError
from registry.initiative import Initiative
from registry.store import Revision
from registry.values import Status
from registry.wording import for_visitors
from ui.context import context, publish
from ui.language import _
from ui.markup import paragraph
from ui.signing_in.identity import current_person
from ui.swedish_time import day_and_clock

_SAID = "restoring said"  # what the last act led to, shown once
_WORDS = "restoring words"
_TYPED = "erase typed"
_ERASE_WORDS = "erase words"


def show_what_happened() -> None:
    """Says what the last act led to."""
    said = st.session_state.pop(_SAID, None)
    if said:
        words, went_well = said
        (st.success if went_well else st.warning)(words)


def show_restoring(record: Initiative, revisions: Sequence[Revision]) -> None:
    """Shows the ways to an earlier version and to and from the archive."""
    st.header(_("Återställ eller arkivera"), anchor=False)
    st.html(paragraph(_("En återställd version sparas som en ny version. Ingen version försvinner.")))
    earlier = {one.record.revision: one for one in revisions if one.record.revision != record.revision}
    published = [one.record.revision for one in revisions if one.record.status is Status.PUBLISHED]
    st.text_area(_("Motivering (måste fyllas i)"), key=_WORDS, height=80)
    chosen = None
    if earlier:
        chosen = st.selectbox(
            _("Version att återställa"),
            list(earlier),
            format_func=lambda number: (
                f"{number} ({day_and_clock(earlier[number].saved_at)}): {earlier[number].reason}"
            ),
            key="restore version",
        )
    with st.container(horizontal=True, gap="small"):
        if chosen:
            _button(_("Återställ version {n}").format(n=chosen), _restore, record, chosen)
        if record.status is Status.PUBLISHED:
            _button(_("Arkivera"), _archive, record)
        elif published:
            _button(_("Ta fram ur arkivet"), _restore, record, published[0])


def show_erasing(record: Initiative) -> None:
    """Shows the way to erase the record for good, behind the typing of its id."""
    with st.expander(_("Radera för gott")):
        st.html(
            paragraph(
                _(
                    "Tar bort initiativet med alla versioner, förslag och svar. Det går inte att ångra. Använd det bara "
                    "när uppgifter måste bort, till exempel personuppgifter. Arkivera annars. Kvar blir en rad i loggen: "
                    "vem, när och varför. Skriv därför inga personuppgifter i motiveringen."
                )
            )
        )
        st.text_input(_("Skriv beteckningen {id} för att bekräfta").format(id=record.id), key=_TYPED)
        st.text_area(_("Motivering till raderingen (måste fyllas i)"), key=_ERASE_WORDS, height=80)
        _button(_("Radera för gott"), _erase, record)


def _button(label: str, act: Callable[..., str], *args: object) -> None:
    st.button(label, key=f"restoring {act.__name__} {label}", on_click=_do, args=(act, *args))


def _do(act: Callable[..., str], *args: object) -> None:
    """Does it and says so; what was written stays where it could not be done."""
    try:
        st.session_state[_SAID] = (act(*args), True)
    except RegistryError as error:
        st.session_state[_SAID] = (for_visitors(error), False)
        return
    for key in (_WORDS, _ERASE_WORDS, _TYPED):
        st.session_state[key] = ""


def _reason(key: str) -> str:
    words = str(st.session_state[key]).strip()
    if not words:
        raise ReasonMissing()
    return words


def _restore(record: Initiative, revision: int) -> str:
    person = require(current_person(), Act.REVIEW)
    restored = context().store.restore(
        record.id, revision, seen_revision=record.revision, by=person.name, reason=_reason(_WORDS)
    )
    publish([restored])
    return _("Version {old} är återställd som version {new}.").format(old=revision, new=restored.revision)


def _archive(record: Initiative) -> str:
    person = require(current_person(), Act.REVIEW)
    context().store.archive(record.id, seen_revision=record.revision, by=person.name, reason=_reason(_WORDS))
    publish(removed=[record.id])
    return _("{name} är arkiverat.").format(name=record.name)


def _erase(record: Initiative) -> str:
    person = require(current_person(), Act.ERASE)
    if st.session_state[_TYPED].strip() != record.id:
        raise ErasureUnconfirmed(record.id)
    context().store.erase(record.id, by=person.name, reason=_reason(_ERASE_WORDS))
    publish(removed=[record.id])
    return _("{id} är raderat.").format(id=record.id)
