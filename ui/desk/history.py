"""Historik: every version of a record, what differs between any two, and the ways back. ?id= names the record."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from registry.editing.access import Act, may
from registry.editing.differences import differences
from registry.errors import RecordNotFound
from registry.initiative import Initiative
from registry.places import swedish_order
from registry.store import Revision
from registry.values import Status
from ui.context import context
from ui.desk.restoring import show_erasing, show_restoring, show_what_happened
from ui.editing.difference_table import show_differences
from ui.language import _
from ui.markup import initiative_link, page_link, paragraph
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row
from ui.swedish_time import day_and_clock


@shown_calmly()
def page() -> None:
    """Shows the page."""
    id = st.query_params.get("id", "")
    person = current_person()
    show_what_happened()
    if not id:
        _choose(person is not None)
        return
    revisions = context().store.revisions(id)
    if not revisions:
        raise RecordNotFound(id)
    record = context().store.get(id)
    st.title(_("Historik: {name}").format(name=record.name), anchor=False)
    _standing(record)
    _table(revisions, person is not None)
    _compare(revisions)
    if may(person, Act.REVIEW):
        show_restoring(record, revisions)
    if may(person, Act.ERASE):
        show_erasing(record)
    if person is None:
        st.html(paragraph(_("Vem som har ändrat syns för den som är inloggad."), "sb-meta"))
        sign_in_row()


def _choose(signed_in: bool) -> None:
    st.title(_("Historik"), anchor=False)
    st.html(f"<p>{escape(_('Välj ett initiativ på sidan'))} {page_link('initiativ', _('Initiativ'))}.</p>")
    if not signed_in:
        return
    st.header(_("Arkiverade"), anchor=False)
    archived = sorted(context().store.all(Status.ARCHIVED), key=lambda record: swedish_order(record.name))
    items = "".join(f"<li>{page_link('historik', record.name, id=record.id)}</li>" for record in archived)
    st.html(f'<ul class="sb-plain">{items}</ul>' if items else paragraph(_("Inga initiativ är arkiverade.")))
    st.header(_("Raderade"), anchor=False)
    erased = "".join(
        f"<li>{escape(f'{_(one.kind)} {one.id} · {day_and_clock(one.at)} · {one.by}: {one.reason}')}</li>"
        for one in context().store.erasures()
    )
    st.html(f'<ul class="sb-plain">{erased}</ul>' if erased else paragraph(_("Inget är raderat.")))


def _standing(record: Initiative) -> None:
    if record.status is Status.ARCHIVED:
        st.info(_("Initiativet är arkiverat: det syns inte för läsare och inte i sökningen. Allt finns kvar här."))
        return
    st.html(f"<p>{initiative_link(record.id, _('Se sidan så som läsaren ser den'))}</p>")


def _table(revisions: Sequence[Revision], signed_in: bool) -> None:
    heads = [_("Version"), _("Sparad"), *([_("Av")] if signed_in else []), _("Varför")]
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(cell)}</td>"
            for cell in (
                str(one.record.revision),
                day_and_clock(one.saved_at),
                *([one.saved_by] if signed_in else []),
                one.reason,
            )
        )
        + "</tr>"
        for one in revisions
    )
    cells = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    st.html(
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(_("Versioner"))}">'
        f'<table class="sb-sources"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _compare(revisions: Sequence[Revision]) -> None:
    st.header(_("Jämför två versioner"), anchor=False)
    if len(revisions) == 1:
        st.html(paragraph(_("Det finns bara en version.")))
        return
    by_number = {str(one.record.revision): one for one in revisions}
    numbers = list(by_number)
    left, right = st.columns(2)
    with left:
        older = _version(_("Äldre version"), "fran", numbers, by_number, 1)
    with right:
        newer = _version(_("Nyare version"), "till", numbers, by_number, 0)
    found = differences(*(by_number[number].record.model_dump(mode="json") for number in (older, newer)))
    show_differences(found, _("Version {n}").format(n=older), _("Version {n}").format(n=newer))


def _version(label: str, key: str, numbers: list[str], by_number: dict[str, Revision], first: int) -> str:
    return st.selectbox(
        label,
        numbers,
        index=first,
        format_func=lambda number: f"{number} ({day_and_clock(by_number[number].saved_at)})",
        key=key,
        bind="query-params",
    )


page()
