"""The preview of an import: how many rows of each kind, each row with what it would become, and the editor's choices."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from html import escape
from math import ceil

import streamlit as st

from matching.duplicates import MOST_ENCODED
from registry.importing.applying import Choices
from registry.importing.error_sheet import errors_as_csv, errors_as_xlsx
from registry.importing.plan import Kind, Plan, PlannedRow
from ui.context import context
from ui.editing.duplicates import open_entries, proposal_link, why
from ui.field_words import field_word, in_words, value_word
from ui.language import _, later, ngettext
from ui.markup import initiative_link, page_link, paragraph, table

KIND_WORDS = {
    Kind.NEW: later("Nya"),
    Kind.CHANGED: later("Ändrade"),
    Kind.UNCHANGED: later("Oförändrade"),
    Kind.DUPLICATE: later("Möjliga dubbletter"),
    Kind.ERROR: later("Fel"),
}
_A_PAGE = 25
_MOST_SHOWN = 3
_SHORT = 160  # characters of a value


def show_preview(plan: Plan) -> Choices | None:
    """Shows the preview; gives the editor's choices when they ask for the import."""
    st.header(_("Förhandsgranskning"), anchor=False)
    st.html(_counts(plan))
    _errors(plan)
    if len(plan.of(Kind.NEW, Kind.DUPLICATE)) > MOST_ENCODED:
        words = _(
            "Alla rader jämförs med registret på namn, ägare och beteckning. I så här långa filer jämförs innehållet bara i "
            "de rader vars ord mest liknar registrets, högst {n}."
        )
        st.html(paragraph(words.format(n=MOST_ENCODED), "sb-meta"))
    _rows(plan)
    choices = _choices(plan)
    kinds = (Kind.NEW, Kind.CHANGED, *((Kind.DUPLICATE,) if choices.duplicates else ()))
    count = len(plan.of(*kinds))
    if not count:
        st.html(paragraph(_("Inget att importera: filen innehåller inget nytt."), "sb-calm"))
        return None
    stopped = plan.counts[Kind.ERROR] and not choices.partly
    if stopped:
        st.html(paragraph(_("Rätta raderna med fel, eller välj att importera de rader som går."), "sb-mend"))
    label = ngettext("Importera {n} rad som förslag", "Importera {n} rader som förslag", count).format(n=count)
    return choices if st.button(label, type="primary", key="import now", disabled=bool(stopped)) else None


def _counts(plan: Plan) -> str:
    items = (f"{escape(_(KIND_WORDS[kind]))}: <strong>{_number(count)}</strong>" for kind, count in plan.counts.items())
    return f'<p role="status">{" · ".join(items)}</p>'


def _errors(plan: Plan) -> None:
    if not plan.problems:
        return
    name = plan.file.rpartition(".")[0] or plan.file
    with st.container(horizontal=True, key="import-errors"):
        st.download_button(
            _("Ladda ner felen som Excel"),
            lambda: errors_as_xlsx(plan.problems),
            f"{name}-fel.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
        )
        st.download_button(
            _("Ladda ner felen som CSV"),
            lambda: errors_as_csv(plan.problems),
            f"{name}-fel.csv",
            "text/csv",
            on_click="ignore",
            type="tertiary",
        )


def _rows(plan: Plan) -> None:
    present = [
        kind for kind in (Kind.ERROR, Kind.DUPLICATE, Kind.CHANGED, Kind.NEW, Kind.UNCHANGED) if plan.counts[kind]
    ]
    kind = st.segmented_control(
        _("Visa rader"),
        present,
        default=present[0],
        format_func=lambda kind: f"{_(KIND_WORDS[kind])} ({plan.counts[kind]})",
        key="import kind",
        required=True,
    )
    rows = plan.of(kind or present[0])
    pages = ceil(len(rows) / _A_PAGE)
    page = 1
    if pages > 1:
        label = _("Sida av {pages}").format(pages=pages)
        page = int(st.number_input(label, 1, pages, key=f"import page {kind}", width=140))
    shown = [(str(row.row.number), escape(row.row.name), _told(row)) for row in rows[(page - 1) * _A_PAGE :][:_A_PAGE]]
    st.html(table(_("Rader"), (_("Rad"), _("Namn"), _("Vad som händer")), shown, numbers=(0,)))


def _told(row: PlannedRow) -> str:
    lines = [
        escape(f"{p.column}: {_short(p.value)} – {p.reason} {p.advice}".removeprefix(": ")) for p in row.row.problems
    ]
    lines += [_difference(row, field) for field in row.changed[:_MOST_SHOWN] if field != "statements"]
    lines += [_likeness(row)] if row.duplicates else []
    lines += [escape(note) for note in row.notes]
    lines += [escape(_("Läst ur texten: {values}").format(values=_suggested(row)))] if row.suggested else []
    if row.kind is Kind.NEW and not lines:
        lines = [escape(_("Blir ett nytt förslag."))]
    target = _target(row)
    return "<br>".join([target, *lines] if target else lines)


def _target(row: PlannedRow) -> str:
    if row.initiative_id:
        return f"{escape(_('Ändrar'))} {initiative_link(row.initiative_id, row.draft['name'])}"
    if row.proposal_id:
        return f"{escape(_('Ändrar'))} {page_link('redigera', _('förslaget'), forslag=row.proposal_id)}"
    return ""


def _difference(row: PlannedRow, field: str) -> str:
    before = context().store.get(row.initiative_id).model_dump(mode="json").get(field) if row.initiative_id else None
    old, new = (_short("; ".join(in_words(field, value))) for value in (before, row.draft.get(field)))
    words = f"{field_word(field)}: {old} → {new}" if old else f"{field_word(field)}: {new}"
    return escape(words)


def _likeness(row: PlannedRow) -> str:
    links = (f"{_like(one.initiative_id)} ({escape(why(one.why))})" for one in row.duplicates[:_MOST_SHOWN])
    return f"{escape(_('Liknar'))} {'; '.join(links)}"


def _like(id: str) -> str:
    """A link to the record, or to the open proposal, that the row is like."""
    if open_entries().current().name_of(id):
        return f"{escape(_('förslaget'))} {proposal_link(id)}"
    record = context().live.current.index.get(id)
    return initiative_link(id, record.name if record else id)


def _suggested(row: PlannedRow) -> str:
    return ", ".join(value_word(field, value) for field, values in row.suggested.items() for value in values)


def _choices(plan: Plan) -> Choices:
    counted = Counter(field for row in plan.of(Kind.NEW, Kind.DUPLICATE) for field in row.suggested)
    fields: Sequence[str] = ()
    if counted:
        fields = st.multiselect(
            _("Ta med det som lästs ur texterna"),
            list(counted),
            format_func=lambda field: f"{field_word(field)} ({_number(counted[field])})",
            key="import suggestions",
            placeholder=_("Inget av det"),
            select_all=False,
            help=_("Det ni väljer står som redaktionens bedömning i förslagen. Gå gärna igenom några rader först."),
        )
    duplicates, wrong = plan.counts[Kind.DUPLICATE], plan.counts[Kind.ERROR]
    return Choices(
        dt.date.today().isoformat(),
        partly=bool(wrong) and st.checkbox(_("Importera de rader som går"), key="import partly"),
        duplicates=bool(duplicates) and st.checkbox(_("Ta med möjliga dubbletter"), key="import duplicates"),
        suggestions=frozenset(fields),
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", "\u2009")
