"""Importera: a file becomes proposals. What it would do is shown before anything is written."""

import datetime as dt
from html import escape

import streamlit as st

from registry.editing.access import Act, Person, may, require
from registry.importing.applying import Choices, Outcome, apply_import, take_back
from registry.importing.memory import RememberedMapping
from registry.importing.plan import Plan, plan_import
from registry.importing.preview import understood
from registry.importing.reading import read_table
from registry.importing.table import LARGEST_FILE, MOST_ROWS, Table
from registry.importing.understood import Recipe
from ui.context import context, places, vocabulary
from ui.importing.approving import look_through, show_approving
from ui.importing.mapping import show_mapping
from ui.importing.parts import forget_plan, known, memory, near, shown_by, suggest
from ui.importing.preview import show_preview
from ui.language import _, ngettext
from ui.markup import page_link, paragraph
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row
from ui.swedish_time import day_and_clock

_MOST_RUNS = 10


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Importera"), anchor=False)
    person = current_person()
    st.html(
        paragraph(
            _(
                "Läs in en lista: ESF:s projektbank, Kohesio, en egen tabell eller Spridbarts egen export. Ni ser vad varje rad "
                "skulle bli innan något skrivs. Allt blir förslag, som granskas innan det publiceras."
            ),
            "sb-lead",
        )
    )
    if not may(person, Act.PROPOSE) or person is None:
        st.html(
            paragraph(_("Bidragsgivare, redaktörer och administratörer kan importera. Logga in för att fortsätta."))
        )
        sign_in_row()
        return
    with shown_calmly():
        _import()
    _runs(person)
    sign_in_row()


def _import() -> None:
    table = _table()
    if table is None:
        return
    recipe = show_mapping(table)
    shown = (table.file, table.sheet, recipe)
    if st.button(_("Förhandsgranska"), type="primary", key="preview"):
        st.session_state["import plan"] = (shown, _plan(table, recipe))
    made_of, plan = st.session_state.get("import plan", (None, None))
    if plan is None:
        return
    if made_of != shown:
        st.html(paragraph(_("Ni har ändrat något sedan förhandsgranskningen. Förhandsgranska igen."), "sb-calm"))
        return
    choices = show_preview(plan)
    if choices:
        st.session_state["import outcome"] = _carry_out(plan, recipe, choices)
        del st.session_state["import plan"]
        st.rerun()


def _table() -> Table | None:
    """The uploaded file, read; None where there is none."""
    megabytes, rows = LARGEST_FILE // 1024**2, f"{MOST_ROWS:,}".replace(",", "\u00a0")
    uploaded = st.file_uploader(
        _("Fil att importera"),
        type=["csv", "txt", "tsv", "xlsx", "json", "parquet"],
        key="import file",
        on_change=forget_plan,
        help=_("CSV, XLSX, JSON eller Parquet. Högst {megabytes} MB och {rows} rader.").format(
            megabytes=megabytes, rows=rows
        ),
    )
    outcome: Outcome | None = st.session_state.get("import outcome")
    if outcome:
        _show_outcome(outcome)
    if uploaded is None:
        return None
    sheet = st.session_state.get("import sheet", "")
    read_as = (uploaded.file_id, sheet)
    if st.session_state.get("import read", (None, None))[0] != read_as:
        with st.spinner(_("Läser filen …")):
            st.session_state["import read"] = (read_as, read_table(uploaded.name, uploaded.getvalue(), sheet))
    table: Table = st.session_state["import read"][1]
    return table


def _plan(table: Table, recipe: Recipe) -> Plan:
    """What the file would do, with a bar while it is worked out."""
    bar = st.progress(0.0, _("Läser raderna …"))
    tell = shown_by(_("Jämför med registret och läser texterna: {done} av {of}"), bar=bar)
    rows = understood(table, recipe, vocabulary(), places(), dt.date.today())
    now = known()
    meaning = shown_by(_("Jämför texternas innehåll: {done} av {of}"), bar=bar)
    plan = plan_import(table.file, rows, now, near=near(now, meaning), suggest=suggest, progress=tell)
    bar.empty()
    return plan


def _carry_out(plan: Plan, recipe: Recipe, choices: Choices) -> Outcome:
    bar = st.progress(0.0, _("Skriver förslagen …"))
    tell = shown_by(_("Skriver förslagen …"), bar=bar)
    person = require(current_person(), Act.PROPOSE)
    outcome = apply_import(
        plan,
        context().store.database,
        known,
        by=person.name,
        choices=choices,
        progress=tell,
    )
    memory().remember_mapping(recipe.signature, RememberedMapping(recipe.mapping, recipe.title, recipe.address))
    bar.empty()
    return outcome


def _show_outcome(outcome: Outcome) -> None:
    created, changed = len(outcome.created), len(outcome.changed)
    words = ngettext("Klart: {n} nytt förslag", "Klart: {n} nya förslag", created).format(n=created)
    words += ngettext(", {n} ändrat", ", {n} ändrade", changed).format(n=changed) + ". "
    words += ngettext("{n} rad lämnades.", "{n} rader lämnades.", outcome.left).format(n=outcome.left)
    wait = _("Förslagen väntar under Importerade")
    link = page_link("redaktion", wait, lista="importerade")
    with st.container(key="import-outcome"):
        st.html(f'<div class="sb-calm" role="status"><p><strong>{escape(words)}</strong> {link}.</p></div>')
        if created and st.button(_("Ångra importen"), key="undo last", help=_("Alla förslag i importen tas tillbaka.")):
            _take_back(outcome.run_id, Act.PROPOSE)


def _runs(person: Person) -> None:
    """Earlier imports, for those who may take them back."""
    runs = memory().runs()[:_MOST_RUNS]
    if not runs or not may(person, Act.REVIEW):
        return
    st.header(_("Tidigare importer"), anchor=False)
    for run in runs:
        with st.container(horizontal=True, vertical_alignment="center", key=f"run-{run.id}"):
            rows = ngettext("{n} förslag", "{n} förslag", run.rows).format(n=run.rows)
            said = _("återtagen") if run.undone else rows
            st.html(f"<p>{escape(f'{day_and_clock(run.at)} · {run.file} · {said}')}</p>", width="content")
            if not run.undone and run.rows:
                label = _("Publicera det kompletta ur {file}").format(file=run.file)
                if st.button(label, key=f"complete {run.id}", type="tertiary"):
                    look_through(run)
                label = _("Ångra importen av {file}").format(file=run.file)
                if st.button(label, key=f"undo {run.id}", type="tertiary"):
                    _take_back(run.id, Act.REVIEW)
        show_approving(run)


def _take_back(run_id: str, act: Act) -> None:
    person = require(current_person(), act)
    with st.spinner(_("Tar tillbaka förslagen …")):
        withdrawn = take_back(context().store.database, run_id, by=person.name)
    st.session_state.pop("import outcome", None)
    forget_plan()
    st.toast(ngettext("{n} förslag togs tillbaka.", "{n} förslag togs tillbaka.", withdrawn).format(n=withdrawn))
    st.rerun()


page()
