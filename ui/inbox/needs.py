"""Behov: what people looked for and did not find, in numbers for all, in words for whoever is signed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from registry.editing.access import Act, may
from registry.exploring.filters import is_match
from registry.exporting.sheets import rows_as_csv
from registry.inbox.reported_needs import Demand, Grouping, NeedStatus, ReportedNeed, demand
from registry.initiative import Initiative
from ui.charts import bars
from ui.context import context, places, vocabulary
from ui.inbox.handling_needs import show_handling
from ui.inbox.words_of_needs import group_words, term_words
from ui.language import _, ngettext
from ui.markup import initiative_link, page_link, paragraph, table
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row

_MOST_BARS = 12
_CHART = {"displayModeBar": False, "staticPlot": True}
_COLUMNS = (
    "id", "dag", "text", "målgrupper", "teman", "slags plats", "kommun", "kommungrupp", "läge", "visas för alla",
    "anteckning", "svar",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """One way to group the needs; ``supply`` counts the initiatives there are for a value, None where that says nothing."""

    by: Grouping
    title: str
    column: str
    label: Callable[[str], str]
    supply: Callable[[str], int] | None = None


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Behov"), anchor=False)
    needs = [need for need in context().needs.all() if need.status is not NeedStatus.REFUSED]
    st.html(
        paragraph(
            _("Utmaningar som någon har sökt svar på här utan att hitta något som passar, och valt att anmäla."),
            "sb-lead",
        )
        + paragraph(
            _(
                "Ingen sökning hamnar här av sig själv. Det som sparas är det som den som anmälde har läst igenom och skickat."
            ),
            "sb-meta",
        )
    )
    if needs:
        _numbers(needs)
        _in_words(needs)
    else:
        _nothing_yet()
    _for_editors()
    sign_in_row()


def _nothing_yet() -> None:
    words = _("Inga behov är anmälda än.")
    how = _("Sök på er utmaning. Passar inget riktigt bra kan ni anmäla behovet till MSI, längst ner bland träffarna.")
    st.html(
        f'<div class="sb-calm"><h2 class="sb-found">{escape(words)}</h2><p>{escape(how)} {page_link("./", _("Till Hitta"))}</p></div>'
    )


def _numbers(needs: Sequence[ReportedNeed]) -> None:
    open_ = sum(need.status is not NeedStatus.DONE for need in needs)
    total = ngettext("1 behov är anmält", "{n} behov är anmälda", len(needs)).format(n=len(needs))
    st.html(f'<h2 class="sb-found">{escape(total)}, {escape(_("{n} saknar ännu svar").format(n=open_))}</h2>')
    offered = [record for record in context().live.current.index.records if is_match(record)]
    for group in _groups(offered):
        st.header(group.title, anchor=False)
        counted = demand(needs, group.by)
        if group.by == "target_groups":
            _chart(counted, group)
        _table(counted, group)


def _groups(offered: Sequence[Initiative]) -> tuple[Group, ...]:
    words = vocabulary()
    return (
        Group(
            "target_groups",
            _("Efter målgrupp"),
            _("Målgrupp"),
            lambda id: words.label("target_groups", id),
            lambda id: sum(id in record.target_groups for record in offered),
        ),
        Group(
            "themes",
            _("Efter tema"),
            _("Tema"),
            lambda id: words.label("themes", id),
            lambda id: sum(id in record.themes for record in offered),
        ),
        Group("group", _("Efter slags kommun"), _("Slags kommun"), group_words),
    )


def _label(group: Group, key: str) -> str:
    return group.label(key) if key else _("Inte angivet")


def _chart(counted: Sequence[Demand], group: Group) -> None:
    shown = [each for each in counted if each.key][:_MOST_BARS]
    if not shown:
        return
    labels = [group.label(each.key) for each in shown]
    st.plotly_chart(bars(labels, [each.needs for each in shown]), config=_CHART, key="needs chart")
    most = _("Diagrammet visar antalet anmälda behov efter målgrupp. Flest gäller {label}: {n}.")
    st.html(paragraph(most.format(label=labels[0].lower(), n=shown[0].needs), "sb-meta"))


def _table(counted: Sequence[Demand], group: Group) -> None:
    heads = [group.column, _("Anmälda behov"), _("Utan svar"), *([_("Initiativ i registret")] if group.supply else [])]
    rows = [
        (
            escape(_label(group, each.key)),
            str(each.needs),
            str(each.open),
            *((str(group.supply(each.key)) if each.key else "–",) if group.supply else ()),
        )
        for each in counted
    ]
    st.html(table(group.title, heads, rows, numbers=(1, 2, 3)))


def _in_words(needs: Sequence[ReportedNeed]) -> None:
    readable = [need for need in needs if need.readable]
    if not readable:
        return
    st.header(_("I egna ord"), anchor=False)
    st.html(paragraph(_("Texter som redaktionen har läst och släppt fram."), "sb-meta"))
    for need in readable:
        st.html(f'<p class="sb-quote">{escape(need.text)}</p><p class="sb-meta">{_about(need)}</p>{_answered(need)}')


def _about(need: ReportedNeed) -> str:
    parts = [need.day.isoformat(), group_words(need.group), term_words("target_groups", need.target_groups)]
    return escape(" · ".join(parts))


def _answered(need: ReportedNeed) -> str:
    record = context().live.current.index.get(need.answer) if need.answer else None
    return f"<p>{escape(_('Finns nu:'))} {initiative_link(record.id, record.name)}</p>" if record else ""


def _for_editors() -> None:
    person = current_person()
    if person is None:
        return
    st.header(_("För redaktionen"), anchor=False)
    needs = context().needs.all()
    if not needs:
        st.html(paragraph(_("Här visas texterna när det finns något anmält.")))
        return
    st.download_button(
        _("Ladda ner som CSV"),
        lambda: _as_csv(needs),
        "spridbart-behov.csv",
        "text/csv",
        on_click="ignore",
        type="tertiary",
    )
    show_handling(needs, may_handle=may(person, Act.REVIEW))


def _as_csv(needs: Sequence[ReportedNeed]) -> str:
    return rows_as_csv(_COLUMNS, [_row(need) for need in needs])


def _row(need: ReportedNeed) -> list[str]:
    labels = (
        " | ".join(vocabulary().label(field, id) for id in getattr(need, field))
        for field in ("target_groups", "themes", "settings")
    )
    municipality = places().municipalities[need.municipality].name if need.municipality else ""
    readable = "ja" if need.readable else "nej"
    about = need.id, need.day.isoformat(), need.text, *labels, municipality, need.group
    return [*about, str(need.status), readable, need.note, need.answer]


page()
