"""Möjliga dubbletter: the pairs of records and open proposals that look alike, to be gone through once."""

from html import escape

import streamlit as st

from matching.duplicates import pairs_by_meaning
from registry.editing.access import Act, may
from registry.upkeep.duplicates import Known, Pair
from registry.upkeep.likeness import Entry
from ui.chosen import compare_address
from ui.context import context
from ui.editing.duplicates import how_likely, open_entries, proposal_link, say_distinct, why
from ui.language import _, ngettext
from ui.markup import initiative_link, page_link, paragraph
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row

_A_PAGE = 25


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Möjliga dubbletter"), anchor=False)
    person = current_person()
    if person is None:
        st.html(paragraph(_("Logga in för att se vilka initiativ som kan finnas två gånger i registret.")))
        sign_in_row()
        return
    st.html(
        paragraph(
            _("Publicerade initiativ och öppna förslag som liknar varandra i namn, ägare eller innehåll."), "sb-lead"
        )
    )
    with st.spinner(_("Jämför alla poster med varandra …")):
        pairs = _pairs()
    words = ngettext("1 par att bedöma", "{n} par att bedöma", len(pairs)).format(n=len(pairs))
    st.html(f'<div role="status"><h2 class="sb-found">{escape(words)}</h2></div>')
    if not pairs:
        st.html(f"<p>{escape(_('Inget liknar något annat. Nya par visas här när något läggs till.'))} {_back()}</p>")
    for pair in pairs[:_A_PAGE]:
        _show(pair, may_judge=may(person, Act.REVIEW))
    if len(pairs) > _A_PAGE:
        st.html(paragraph(_("Här visas de {n} likaste. Fler kommer fram när de är bedömda.").format(n=_A_PAGE)))
    _judged(may_judge=may(person, Act.REVIEW))


def _pairs() -> list[Pair]:
    matcher = context().live.current
    entries = [Entry.of(record) for record in matcher.index.records]
    entries += open_entries().current().entries
    return Known(entries).pairs(pairs_by_meaning(matcher), context().distinct.pairs())


def _show(pair: Pair, *, may_judge: bool) -> None:
    with st.container(border=True, key=f"pair {pair.first} {pair.second}", gap="small"):
        st.html(
            f"<p><strong>{_name(pair.first)}</strong><br><strong>{_name(pair.second)}</strong></p>"
            + paragraph(f"{how_likely(pair.likeness).capitalize()}: {why(pair.why)}.", "sb-meta")
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            if _is_record(pair.first) and _is_record(pair.second):
                address = compare_address([pair.first, pair.second])
                st.html(f'<p><a href="{escape(address)}" target="_self">{escape(_("Jämför"))}</a></p>', width="content")
            if may_judge:
                st.button(
                    _("Inte samma"),
                    key=f"distinct {pair.first} {pair.second}",
                    on_click=say_distinct,
                    args=(pair.first, pair.second, Act.REVIEW),
                )


def _judged(*, may_judge: bool) -> None:
    said = context().distinct.all()
    if not said:
        return
    with st.expander(_("Bedömda som inte samma ({n})").format(n=len(said))):
        for pair in said:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                by = _("{name}, {day}").format(name=pair.said_by, day=pair.day.isoformat())
                st.html(f"<p>{_name(pair.first)} · {_name(pair.second)} ({escape(by)})</p>", width="content")
                if may_judge:
                    st.button(
                        _("Ångra"),
                        key=f"undo {pair.first} {pair.second}",
                        type="tertiary",
                        on_click=context().distinct.take_back,
                        args=(pair.first, pair.second),
                    )


def _name(id: str) -> str:
    record = context().live.current.index.get(id)
    return initiative_link(id, record.name) if record else proposal_link(id)


def _is_record(id: str) -> bool:
    return context().live.current.index.get(id) is not None


def _back() -> str:
    return page_link("redaktion", _("Till arbetslistorna"))


page()
