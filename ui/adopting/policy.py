"""Policyfönster: the laws, programmes and funds that open or narrow the way, and which initiatives can use them."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from matching.index import Index
from registry.adopting.policy_overview import Group, overview
from registry.adopting.rules import Requirement
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.places import swedish_order
from registry.vocabulary import PolicyObject, Term
from ui.chosen import carried
from ui.context import context, vocabulary
from ui.field_words import field_word, value_word
from ui.language import _, ngettext
from ui.markup import initiative_link, paragraph
from ui.problems import shown_calmly
from ui.records.windows import funding_path, funding_table, object_facts, policy, rule_basis

_MOST_LINKS = 30


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.set_page_config(page_title=_("Policyfönster – Spridbart"))
    st.title(_("Policyfönster"), anchor=False)
    _introduce()
    filters = _filters()
    uses = _uses(context().live.current.index)
    for entry in vocabulary().policy_objects.values():
        _show(entry, uses.get(entry.id, []), filters)
    _show_funding_path()


@st.cache_resource(max_entries=1, hash_funcs={Index: id}, show_spinner=False)
def _uses(index: Index) -> dict[str, list[Group]]:
    """Worked out once for each catalogue: a second or two for ten thousand records."""
    return overview(sorted(index.records, key=lambda record: swedish_order(record.name)), policy())


def _introduce() -> None:
    direct, indirect = _contents("direkt"), _contents("indirekt")
    st.html(
        f'<p class="sb-lead">{_("Lagar, program och fonder som kan öppna vägen för social innovation, vad de begränsar, och vilka initiativ som kan använda dem.")}</p>'
        + paragraph(
            _(
                "Läget är det som Rambolls kartläggning beskrev i juni 2025. Kontrollera mot källan innan ni beslutar något."
            )
        )
        + f'<h2 class="sb-found">{_("Direkt påverkan")}</h2>{direct}'
        f'<h2 class="sb-found">{_("Indirekt påverkan")}</h2>{indirect}'
        f'<p><a href="#finansiering" target="_self">{_("Vägen till finansiering: förstudie, genomförande, spridning")}</a></p>'
    )


def _contents(impact: str) -> str:
    items = (
        f'<li><a href="#{id}" target="_self">{escape(entry.label)}</a></li>'
        for id, entry in vocabulary().policy_objects.items()
        if entry.impact == impact
    )
    return f'<ul class="sb-plain">{"".join(items)}</ul>'


def _filters() -> Filters:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target_groups = _choice(_("Målgrupp"), "malgrupp", vocabulary().target_groups)
        themes = _choice(_("Tema"), "tema", vocabulary().themes)
    chosen = [vocabulary().target_groups[id].label for id in target_groups]
    chosen += [vocabulary().themes[id].label for id in themes]
    if chosen:
        st.html(paragraph(_("Visar bara initiativ med: {values}.").format(values="; ".join(chosen)), "sb-meta"))
    return Filters(target_groups=target_groups, themes=themes)


def _choice(label: str, key: str, terms: Mapping[str, Term]) -> tuple[str, ...]:
    return tuple(
        st.multiselect(
            label,
            sorted(terms, key=lambda id: swedish_order(terms[id].label)),
            format_func=lambda id: terms[id].label,
            key=key,
            bind="query-params",
            placeholder=_("Alla"),
            select_all=False,
        )
    )


def _show(entry: PolicyObject, groups: Sequence[Group], filters: Filters) -> None:
    st.header(entry.label, anchor=entry.id)
    impact = _("Direkt påverkan") if entry.impact == "direkt" else _("Indirekt påverkan")
    doubts = "".join(f'<div class="sb-doubt">{paragraph(policy().cite(note))}</div>' for note in entry.notes)
    shown = [(group, [record for record in group.records if filters.allow(record)]) for group in groups]
    able = len({record.id for _group, records in shown for record in records})
    count = ngettext(
        "{count} post knyts till det eller kan använda det", "{count} poster knyts till det eller kan använda det", able
    )
    words = count.format(count=able) if able else _("Ingen post i urvalet knyts till det, så vitt registret vet")
    rules = policy().entries[entry.id].rules
    no_rules = (
        ""
        if rules
        else paragraph(_("Källan pekar inte ut någon målgrupp, något tema eller någon form, så det finns ingen regel."))
    )
    st.html(
        f'<p class="sb-meta">{impact}</p>{object_facts(entry)}{doubts}<h3 class="sb-able">{words}</h3>{no_rules}'
        + "".join(_group(group, records) for group, records in shown if records)
    )


def _group(group: Group, records: Sequence[Initiative]) -> str:
    rule = group.reason.rule
    if rule is None:
        source = f": {group.reason.source}" if group.reason.source else ""
        basis = f'<small class="sb-basis">{escape(f"{_(group.reason.basis)}{source}")}</small>'
        return f'<div class="sb-window"><p>{escape(group.reason.text)} {basis}</p>{_links(records)}</div>'
    fits = _("Passar därför att {why}:").format(why=rule.why)
    where = _("Regel: {rule}.").format(rule="; ".join(map(_requirement, rule.where)))
    below = f'<p class="sb-basis">{escape(where)} {escape(rule_basis(group.reason))}.</p>'
    return f'<div class="sb-window">{paragraph(fits)}{_links(records)}{below}</div>'


def _requirement(requirement: Requirement) -> str:
    *first, last = (value_word(requirement.facet, value) for value in requirement.any_of)
    values = _("{values} eller {last}").format(values=", ".join(first), last=last) if first else last
    return f"{field_word(requirement.facet).lower()} {values}"


def _links(records: Sequence[Initiative]) -> str:
    shown = "".join(f"<li>{initiative_link(r.id, r.name, carried())}</li>" for r in records[:_MOST_LINKS])
    left = len(records) - _MOST_LINKS
    more = (
        f"<li>{_('och {count} till: välj målgrupp eller tema för att se dem').format(count=left)}</li>"
        if left > 0
        else ""
    )
    return f'<ul class="sb-inline">{shown}{more}</ul>'


def _show_funding_path() -> None:
    path = funding_path()
    st.header(_("Vägen till finansiering: förstudie, genomförande, spridning"), anchor="finansiering")
    stages = "".join(f"<li><strong>{escape(stage.label)}:</strong> {escape(stage.about)}</li>" for stage in path.stages)
    st.html(
        f'<ul class="sb-plain">{stages}</ul>{paragraph(path.why_stages.text)}'
        f'<p class="sb-meta">{escape(path.why_stages.source)}</p>{funding_table(path.ways)}'
    )


page()
