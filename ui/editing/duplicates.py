"""Never twice: what looks like the initiative being written, shown while it is written."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from matching.duplicates import meaning_of
from registry.editing.access import Act, require
from registry.initiative import Initiative
from registry.upkeep.duplicates import Duplicate, Known, in_order
from registry.upkeep.likeness import CERTAIN, Entry, Sign, told
from registry.upkeep.open_entries import OpenEntries
from ui.context import context
from ui.language import _, ngettext
from ui.markup import initiative_link, page_link
from ui.signing_in.identity import current_person

_MOST_SHOWN = 3
_LIKELY = 0.75


def show_duplicates(
    fields: Mapping[str, Any], *, own: str, on_same: Callable[[str], None], changes: str | None = None
) -> None:
    """Shows the records and open proposals that may be the same as what is being written, with what can be done about it.

    Nothing is shown where nothing is alike.

    Args:
        fields: what has been written so far.
        own: the proposal's id, so that "not the same" is remembered of it.
        on_same: called with a record's id when the writer says that it is the same.
        changes: the record that the proposal changes, which is of course alike.
    """
    said = context().distinct.pairs()
    found = [d for d in _near(fields, own) if d.initiative_id != changes and in_order(own, d.initiative_id) not in said]
    if not found:
        return
    words = ngettext("Det här kan finnas redan", "Det här kan finnas redan, {n} liknar", len(found)).format(
        n=len(found)
    )
    with st.container(border=True, key=f"duplicates-{own}", gap="small"):
        st.html(f'<p class="sb-label" role="status">{escape(words)}</p>')
        for duplicate in found[:_MOST_SHOWN]:
            _show(duplicate, own, on_same)


def similar_records(fields: Mapping[str, Any]) -> list[Initiative]:
    """The published records most like what is being written, for a visitor."""
    index = context().live.current.index
    found = _records(index.records).near(Entry.typed(fields))[:_MOST_SHOWN]
    return [record for duplicate in found if (record := index.get(duplicate.initiative_id))]


def _near(fields: Mapping[str, Any], own: str) -> list[Duplicate]:
    entry = Entry.typed(fields, own)
    matcher = context().live.current
    meaning = meaning_of(matcher, told(fields))
    found = [*_records(matcher.index.records).near(entry, meaning), *open_entries().current().near(entry)]
    return sorted(found, key=lambda duplicate: -duplicate.likeness)


def _show(duplicate: Duplicate, own: str, on_same: Callable[[str], None]) -> None:
    id = duplicate.initiative_id
    record = context().live.current.index.get(id)
    name = initiative_link(id, record.name) if record else proposal_link(id)
    said = escape(record.summary) if record else escape(_("Ett förslag som inte är publicerat än."))
    st.html(
        f"<p><strong>{name}</strong> ({escape(how_likely(duplicate.likeness))}: {escape(why(duplicate.why))})<br>{said}</p>"
    )
    with st.container(horizontal=True, gap="small"):
        if record:
            st.button(_("Det här är samma"), key=f"same {own} {id}", on_click=on_same, args=(id,))
        st.button(_("Inte samma"), key=f"distinct {own} {id}", type="tertiary", on_click=say_distinct, args=(own, id))


def say_distinct(one: str, other: str, act: Act = Act.PROPOSE) -> None:
    """Remembers that the two are not the same.

    Raises:
        NotAllowed: whoever is at the page may not say so.
    """
    person = require(current_person(), act)
    context().distinct.say(one, other, by=person.name)


def how_likely(likeness: float) -> str:
    """The likeness in words."""
    if likeness >= CERTAIN:
        return _("med all sannolikhet samma")
    return _("troligen samma") if likeness >= _LIKELY else _("kanske samma")


def why(signs: Sequence[Sign]) -> str:
    """What speaks for it, as a list in words."""
    return ", ".join(_(str(sign)) for sign in signs) or _("flera saker liknar var för sig")


def proposal_link(id: str) -> str:
    """A link to an open proposal, by the name that it has so far."""
    return page_link("granska", open_entries().current().name_of(id) or _("ett förslag"), forslag=id)


@st.cache_resource(show_spinner=False)
def open_entries() -> OpenEntries:
    """The open proposals of new initiatives."""
    return OpenEntries(context().store.database)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={tuple: id})
def _records(records: tuple[Initiative, ...]) -> Known:
    return Known([Entry.of(record) for record in records])
