"""What the editors do with the reported needs: read, let others read, answer with an initiative, refuse, or take away."""

from collections.abc import Sequence
from html import escape
from math import ceil

import streamlit as st

from registry.editing.access import Act, require
from registry.errors import RegistryError
from registry.inbox.reported_needs import LONGEST, NeedStatus, ReportedNeed
from registry.places import swedish_order
from registry.wording import for_visitors
from ui.context import context
from ui.inbox.words_of_needs import place_words, term_words
from ui.language import _
from ui.markup import facts, page_link, paragraph
from ui.signing_in.identity import current_person

_A_PAGE = 20


def show_handling(needs: Sequence[ReportedNeed], *, may_handle: bool) -> None:
    """Shows the needs in words, those with the chosen status, and for an editor what can be done with each."""
    counts = {status: sum(need.status is status for need in needs) for status in NeedStatus}
    chosen = st.segmented_control(
        _("Läge"),
        list(NeedStatus),
        format_func=lambda status: f"{_(str(status)).capitalize()} ({counts[status]})",
        default=next((status for status in NeedStatus if counts[status]), NeedStatus.NEW),
        required=True,
        key="lage",
    )
    shown = [need for need in needs if need.status is chosen]
    if not shown:
        st.html(paragraph(_("Inget behov har det läget. Välj ett annat.")))
        return
    pages = ceil(len(shown) / _A_PAGE)
    page = st.number_input(_("Sida av {n}").format(n=pages), 1, pages, key="behovssida") if pages > 1 else 1
    for need in shown[(int(page) - 1) * _A_PAGE : int(page) * _A_PAGE]:
        _show(need, may_handle=may_handle)


def _show(need: ReportedNeed, *, may_handle: bool) -> None:
    with st.container(border=True, key=f"need-{need.id}", gap="small"):
        status = _(str(need.status))
        handled = _("{status}, senast av {by}").format(status=status, by=need.handled_by) if need.handled_by else status
        st.html(
            f'<p class="sb-quote">{escape(need.text)}</p>'
            + facts(
                [
                    (_("Anmält"), need.day.isoformat()),
                    (_("Målgrupp"), escape(term_words("target_groups", need.target_groups))),
                    (_("Tema"), escape(term_words("themes", need.themes))),
                    (_("Kommun"), escape(place_words(need))),
                    (_("Läge"), escape(handled)),
                ]
            )
        )
        if may_handle:
            with st.expander(_("Hantera")):
                _form(need)
        elif need.note:
            st.html(paragraph(_("Anteckning: {note}").format(note=need.note)))


def _form(need: ReportedNeed) -> None:
    names = {record.id: record.name for record in context().live.current.index.records}
    with st.form(f"need {need.id}", border=False):
        status = st.selectbox(
            _("Läge"),
            list(NeedStatus),
            list(NeedStatus).index(need.status),
            format_func=lambda s: _(str(s)).capitalize(),
        )
        readable = st.checkbox(
            _("Texten får visas för alla"),
            need.readable,
            help=_("Läs den först: inga personuppgifter, inget som pekar ut någon."),
        )
        ids = sorted(names, key=lambda id: swedish_order(names[id]))
        answer = st.selectbox(
            _("Finns nu: initiativ som svarar mot behovet"),
            ids,
            index=ids.index(need.answer) if need.answer in names else None,
            format_func=lambda id: names[id],
            placeholder=_("Välj initiativ"),
        )
        note = st.text_area(_("Anteckning för redaktionen"), need.note, max_chars=LONGEST)
        if st.form_submit_button(_("Spara"), type="primary"):
            _save(need, status or need.status, readable=readable, answer=answer or "", note=note or "")
    st.html(f"<p>{page_link('./', _('Sök på texten'), q=need.text)}</p>")
    _erasing(need)


def _erasing(need: ReportedNeed) -> None:
    key = f"need {need.id}"
    sure = st.checkbox(_("Behovet innehåller personuppgifter eller skräp och ska bort helt"), key=f"{key} sure")
    if st.button(_("Ta bort behovet"), key=f"{key} erase", disabled=not sure):
        person = require(current_person(), Act.REVIEW)
        context().needs.erase(need.id, by=person.name)
        st.rerun()


def _save(need: ReportedNeed, status: NeedStatus, *, readable: bool, answer: str, note: str) -> None:
    try:
        person = require(current_person(), Act.REVIEW)
        context().needs.handle(need.id, by=person.name, status=status, readable=readable, note=note, answer=answer)
    except RegistryError as error:
        st.error(for_visitors(error))
    else:
        st.rerun()
