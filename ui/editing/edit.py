"""Redigera: a proposal filled in step by step. The address names it and the step: ?forslag= and ?steg=."""

import uuid
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from registry.editing.access import Act, Person, may
from registry.editing.differences import differences
from registry.editing.drafts import Problem, problems
from registry.values import Status
from ui.context import places, vocabulary
from ui.editing.difference_table import show_differences
from ui.editing.draft import Draft, may_edit, open_draft
from ui.editing.duplicates import show_duplicates
from ui.editing.form_fields import show_entry
from ui.editing.form_steps import REVIEW, SOURCES, STEP_KEY, STEPS, Step, go_to
from ui.editing.merging import choose_versions
from ui.editing.preview import show_preview
from ui.editing.proposal_words import show_why_sent_back
from ui.editing.same import become_change, show_where_it_went
from ui.editing.sources import show_source, show_sources
from ui.editing.submitting import show_submission
from ui.field_words import field_word
from ui.language import _
from ui.markup import page_link, paragraph
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row
from ui.swedish_time import clock

_AUTOSAVE = Path(__file__).with_name("autosave.html").read_text(encoding="utf-8")
_STEP_HEAD = Path(__file__).with_name("step_head.html").read_text(encoding="utf-8")
_TITLES = [step.title for step in STEPS]


@shown_calmly()
def page() -> None:
    """Shows the page."""
    id = st.query_params.get("forslag", "")
    person = current_person()
    if person is None or not id:
        _closed_door(id)
        return
    show_where_it_went(id)
    draft = open_draft(id)
    st.title(str(draft.fields.get("name") or _("Nytt initiativ")), anchor=False)
    if not may_edit(person, draft.stored):
        _not_open(draft, person)
        return
    if draft.theirs:
        _settle(draft)
        return
    found = problems(draft.fields, vocabulary(), places())
    _state(draft, found)
    if draft.stored.status is Status.IN_REVIEW:
        _say_it_waits(draft)
    show_why_sent_back(draft.stored)
    step = _step()
    with st.container(key="form"):
        _show_step(draft, step, found, person)
    st.html(_AUTOSAVE, unsafe_allow_javascript=True)
    _onward(step)
    if step.title != REVIEW:
        _preview_if_open(draft)


def _closed_door(id: str) -> None:
    st.title(_("Redigera"), anchor=False)
    draft = st.session_state.get(f"draft {id}")
    if draft is not None and draft.unsaved:
        st.warning(
            _("Ni är inte inloggad längre. Det här hann inte sparas. Kopiera det, logga in och fyll i det igen.")
        )
        show_differences(differences(draft.stored.fields, draft.fields), _("Sparat"), _("Inte sparat"))
    elif id:
        st.html(paragraph(_("Logga in för att redigera. Allt som har sparats finns kvar.")))
    else:
        st.html(f"<p>{escape(_('Välj ett förslag på sidan'))} {page_link('redaktion', _('Redaktion'))}.</p>")
    sign_in_row()


def _not_open(draft: Draft, person: Person) -> None:
    words = {
        Status.IN_REVIEW: _("Förslaget är skickat till granskning och går inte att ändra så länge."),
        Status.PUBLISHED: _("Förslaget är godkänt och publicerat. Börja ett nytt förslag för att ändra mer."),
        Status.ARCHIVED: _("Förslaget är avslutat."),
        Status.DRAFT: _("Förslaget är någon annans. En redaktör eller den som skrev det kan ändra det."),
    }[draft.stored.status]
    st.info(words)
    _links(draft)


def _say_it_waits(draft: Draft) -> None:
    st.info(
        _("Förslaget är skickat till granskning. Som redaktör kan ni ändra i det ändå; granskaren ser det ni sparar.")
    )
    _links(draft)


def _links(draft: Draft) -> None:
    review = page_link("granska", _("Se förslaget och vad som har sagts om det"), forslag=draft.id)
    st.html(f"<p>{review} · {page_link('redaktion', _('Till arbetslistan'))}</p>")


def _settle(draft: Draft) -> None:
    merged = draft.merged()
    others = ", ".join(field_word(field).lower() for field in (c.field for c in merged.conflicts))
    st.warning(
        _(
            "Någon annan har sparat samma förslag medan ni skrev. Inget är överskrivet: båda versionerna finns kvar. "
            "Välj vilken som ska gälla för {fields}."
        ).format(fields=others)
    )
    chosen = choose_versions(merged.conflicts, draft.key("settle"), _("Er version"), _("Den andra versionen"))
    if chosen is not None:
        draft.settle(merged.fields | chosen)
        st.rerun()


def _state(draft: Draft, found: Sequence[Problem]) -> None:
    """When it was saved, how much is left to mend, and the way to undo; it follows the reader down the page."""
    with st.container(key="save-state", horizontal=True, vertical_alignment="center", gap="small"):
        if draft.problem:
            st.html(
                f'<p class="sb-mend" role="alert"><strong>{escape(_("Inte sparat."))}</strong> {escape(draft.problem)}</p>'
            )
            st.button(_("Försök spara igen"), key=draft.key("retry"), on_click=draft.save)
        else:
            saved = _("Sparat {time}").format(time=clock(draft.stored.changed_at))
            st.html(
                f'<p class="sb-saved" role="status" data-typing="{escape(_("Skriver … sparas strax"))}" '
                f'data-run="{uuid.uuid4().hex}">{escape(saved)}</p>',
                width="content",
            )
        left = _("Inget kvar att rätta") if not found else _("{n} kvar att rätta").format(n=len(found))
        st.html(f'<p class="sb-meta">{escape(left)}</p>', width="content")
        if draft.earlier:
            st.button(_("Ångra senaste ändringen"), key=draft.key("undo"), type="tertiary", on_click=draft.undo)
    # There even when it is empty: a new element would move the form and take the focus.
    with st.container(key="came-in"):
        if draft.came_in:
            fields = ", ".join(field_word(field).lower() for field in draft.came_in)
            words = _("Någon annan har ändrat: {fields}. Det syns här nu, och era ändringar finns kvar.")
            st.info(words.format(fields=fields))


def _step() -> Step:
    asked = st.query_params.get(STEP_KEY)
    st.session_state.setdefault(STEP_KEY, asked if asked in _TITLES else _TITLES[0])
    title = st.segmented_control(
        _("Steg"), _TITLES, required=True, key=STEP_KEY, bind="query-params", label_visibility="collapsed"
    )
    return next((step for step in STEPS if step.title == title), STEPS[0])


def _show_step(draft: Draft, step: Step, found: Sequence[Problem], person: Person) -> None:
    number = _TITLES.index(step.title) + 1
    head = _("Steg {n} av {all}: {title}").format(n=number, all=len(STEPS), title=_(step.title))
    st.html(_STEP_HEAD.replace("{head}", escape(head)), unsafe_allow_javascript=True)
    st.html(paragraph(_(step.lead)))
    for entry in step.entries:
        with st.container(key=f"field-{entry.field}", gap="xsmall"):
            show_entry(draft, entry, [one for one in found if one.field == entry.field])
            if entry.field == "name":
                show_duplicates(
                    draft.fields,
                    own=draft.id,
                    on_same=partial(become_change, draft),
                    changes=draft.stored.initiative_id,
                )
            if entry.takes_sources:
                show_sources(draft, entry.field, found)
    if step.title == SOURCES:
        _all_sources(draft, found)
    if step.title == REVIEW:
        show_submission(draft, found, may(person, Act.REVIEW))


def _all_sources(draft: Draft, found: Sequence[Problem]) -> None:
    st.subheader(_("Alla källor i posten"), anchor=False)
    statements = draft.fields.get("statements") or []
    if not statements:
        st.html(paragraph(_("Inga källor än. De läggs till under varje uppgift i de andra stegen.")))
    for row, statement in enumerate(statements):
        st.html(f'<p class="sb-field">{row + 1}. {escape(field_word(str(statement.get("field") or "")))}</p>')
        show_source(draft, row, found)


def _onward(step: Step) -> None:
    number = STEPS.index(step)
    with st.container(horizontal=True, gap="small"):
        if number:
            back = STEPS[number - 1].title
            st.button(_("Tillbaka: {step}").format(step=_(back)), key="back", on_click=go_to, args=(back,))
        if number + 1 < len(STEPS):
            on = STEPS[number + 1].title
            st.button(_("Vidare: {step}").format(step=_(on)), key="on", type="primary", on_click=go_to, args=(on,))


def _preview_if_open(draft: Draft) -> None:
    preview = st.expander(_("Så ser sidan ut för läsaren"), key="preview", on_change="rerun")
    if preview.open:
        with preview:
            show_preview(draft.fields)


page()
