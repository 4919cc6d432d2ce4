"""Approving many of an import's proposals at once: those that are complete, as an editor has chosen among them."""

from collections.abc import Sequence
from html import escape
from math import ceil

import streamlit as st

from registry.editing.access import Act, require
from registry.importing.completing import Completeness, Ready, completeness
from registry.importing.memory import Run
from registry.upkeep.duplicates import Known
from registry.upkeep.likeness import Entry
from registry.wording import for_visitors
from ui.context import context, places, publish, vocabulary
from ui.field_words import field_word
from ui.importing.parts import shown_by
from ui.language import _, ngettext
from ui.markup import initiative_link, page_link, paragraph
from ui.signing_in.identity import current_person

_A_PAGE = 25
_AT_ONCE = 50  # published together, and then searchable, before the next
_MOST_FIELDS = 5
_MOST_LIKE = 3
_STANDING, _LEFT_OUT, _SURE = "approving", "approving left out", "approving sure"
_PUBLISHED, _STOPPED = "approving published", "approving stopped"


def look_through(run: Run) -> None:
    """Finds out which of the run's proposals are complete, for ``show_approving``."""
    require(current_person(), Act.REVIEW)
    _forget()
    with st.spinner(_("Går igenom förslagen …")):
        standing = st.session_state[_STANDING] = _standing(run)
    _leave_out([one for one in standing.ready if one.like])


def show_approving(run: Run) -> None:
    """Shows what can be approved together, where ``look_through`` was asked of this run."""
    standing: Completeness | None = st.session_state.get(_STANDING)
    if standing is None or standing.run_id != run.id:
        return
    with st.container(border=True, key="approving"):
        _show_outcome()
        words = ngettext(
            "{n} förslag är komplett och kan publiceras som det är.",
            "{n} förslag är kompletta och kan publiceras som de är.",
            len(standing.ready),
        )
        st.html(f'<p role="status"><strong>{escape(words.format(n=len(standing.ready)))}</strong></p>')
        _show_lacking(standing)
        if standing.ready:
            _show_choice(standing.ready)
            _show_confirming(run, _chosen(standing.ready))
        st.button(_("Stäng"), key="approving close", type="tertiary", on_click=_forget)


def _standing(run: Run) -> Completeness:
    published = Known([Entry.of(record) for record in context().live.current.index.records])
    return completeness(context().store.database, run.id, published, vocabulary(), places())


def _show_lacking(standing: Completeness) -> None:
    if not standing.incomplete:
        return
    often = list(standing.stopping.items())[:_MOST_FIELDS]
    fields = ", ".join(f"{field_word(field).lower()} ({count})" for field, count in often)
    words = ngettext(
        "{n} behöver rättas först. Det som oftast stoppar: {fields}.",
        "{n} behöver rättas först. Det som oftast stoppar: {fields}.",
        standing.incomplete,
    )
    st.html(paragraph(words.format(n=standing.incomplete, fields=fields), "sb-meta"))


def _show_choice(ready: Sequence[Ready]) -> None:
    """A page of the complete ones, each to be read and ticked; those like no record are ticked to begin with."""
    pages, page = ceil(len(ready) / _A_PAGE), 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if pages > 1:
            label = _("Sida av {pages}").format(pages=pages)
            page = int(st.number_input(label, 1, pages, key="approving page", width=140))
        st.button(_("Markera alla"), key="approving all", type="tertiary", on_click=_leave_out, args=((),))
        st.button(_("Avmarkera alla"), key="approving none", type="tertiary", on_click=_leave_out, args=(ready,))
    left_out = _left_out()
    for one in ready[(page - 1) * _A_PAGE :][:_A_PAGE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"approving row {one.id}"):
            key = f"approving {one.id}"
            st.session_state[key] = one.id not in left_out
            st.checkbox(one.name, key=key, on_change=_tick, args=(one.id,))
            # Each link says what it leads to, for whoever hears only the links.
            words = _("Läs {name}").format(name=one.name)
            like = f" · {escape(_('liknar'))} {', '.join(map(_named, one.like[:_MOST_LIKE]))}" if one.like else ""
            st.html(f"<div>{page_link('granska', words, forslag=one.id)}{like}</div>", width="content")


def _show_confirming(run: Run, chosen: Sequence[Ready]) -> None:
    count = len(chosen)
    if not st.session_state.get(_SURE):
        label = ngettext("Publicera {n} förslag …", "Publicera {n} förslag …", count).format(n=count)
        st.button(label, key="approving ask", type="primary", disabled=not count, on_click=_ask, args=(True,))
        return
    words = ngettext(
        "{n} förslag godkänns och blir sökbart för alla. Det får en egen version i historiken.",
        "{n} förslag godkänns och blir sökbara för alla. Vart och ett får en egen version i historiken.",
        count,
    )
    st.warning(words.format(n=count))
    with st.container(horizontal=True):
        label = ngettext("Ja, publicera {n} förslag", "Ja, publicera {n} förslag", count).format(n=count)
        if st.button(label, key="approving now", type="primary", disabled=not count):
            _approve(run, chosen)
        st.button(_("Avbryt"), key="approving cancel", on_click=_ask, args=(False,))


def _approve(run: Run, chosen: Sequence[Ready]) -> None:
    """Some at a time: what has been published is searchable, whatever stops the rest."""
    bar = st.progress(0.0, _("Publicerar …"))
    tell = shown_by(_("Publicerar: {done} av {of}"), bar=bar)
    reason = _("Godkänt tillsammans med andra ur importen av {file}").format(file=run.file)
    names = {one.id: one.name for one in chosen}
    st.session_state.update({_SURE: False, _PUBLISHED: 0, _STOPPED: []})
    for start in range(0, len(chosen), _AT_ONCE):
        tell(start, len(chosen))
        seen = {one.id: one.version for one in chosen[start : start + _AT_ONCE]}
        person = require(current_person(), Act.REVIEW)
        approval = context().proposals.approve_many(seen, by=person.name, reason=reason)
        publish(approval.records)
        st.session_state[_PUBLISHED] += len(approval.records)
        st.session_state[_STOPPED] += [(id, names[id], for_visitors(why)) for id, why in approval.left.items()]
    st.session_state[_STANDING] = _standing(run)
    st.rerun()


def _show_outcome() -> None:
    published, stopped = st.session_state.get(_PUBLISHED), st.session_state.get(_STOPPED)
    if published is None:
        return
    words = ngettext("{n} initiativ är publicerat.", "{n} initiativ är publicerade.", published).format(n=published)
    st.html(f'<div class="sb-calm" role="status"><p><strong>{escape(words)}</strong></p></div>')
    if stopped:
        count = len(stopped)
        words = ngettext("{n} förslag publicerades inte:", "{n} förslag publicerades inte:", count).format(n=count)
        items = "".join(
            f"<li>{page_link('granska', name, forslag=id)}: {escape(why)}</li>" for id, name, why in stopped
        )
        st.html(f'{paragraph(words)}<ul class="sb-plain">{items}</ul>')


def _named(id: str) -> str:
    record = context().live.current.index.get(id)
    return initiative_link(id, record.name if record else id)


def _left_out() -> frozenset[str]:
    left_out: frozenset[str] = st.session_state.get(_LEFT_OUT, frozenset())
    return left_out


def _chosen(ready: Sequence[Ready]) -> list[Ready]:
    left_out = _left_out()
    return [one for one in ready if one.id not in left_out]


def _tick(id: str) -> None:
    st.session_state[_LEFT_OUT] = _left_out() ^ {id}
    _ask(False)


def _leave_out(some: Sequence[Ready]) -> None:
    st.session_state[_LEFT_OUT] = frozenset(one.id for one in some)
    _ask(False)


def _ask(sure: bool) -> None:
    st.session_state[_SURE] = sure


def _forget() -> None:
    for key in (_STANDING, _LEFT_OUT, _SURE, _PUBLISHED, _STOPPED):
        st.session_state.pop(key, None)
