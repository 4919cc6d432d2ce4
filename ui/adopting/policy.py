"""Policyfönster: the laws, programmes and funds that open or narrow the way, and which initiatives can use them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from matching.index import Index
from registry.adopting.policy_overview import Group, overview
from registry.adopting.rules import Requirement
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.places import swedish_order
from registry.vocabulary import PolicyObject
from ui.choices import choose_values, say_what_is_gone
from ui.chosen import carried
from ui.context import context, vocabulary
from ui.field_words import field_word, value_html
from ui.language import _, ngettext
from ui.markup import initiative_link, own_words, paragraph, sentence
from ui.own_words import mark_own_words, own_part
from ui.problems import shown_calmly
from ui.records.windows import funding_path, funding_table, object_facts, policy, rule_basis, stated

_MOST_LINKS = 30


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.set_page_config(page_title=_("Policyfönster – Spridbart"))
    st.title(_("Policyfönster"), anchor=False)
    mark_own_words()
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
        f'<li><a href="#{id}" target="_self">{own_words(escape(entry.label))}</a></li>'
        for id, entry in vocabulary().policy_objects.items()
        if entry.impact == impact
    )
    return f'<ul class="sb-plain">{"".join(items)}</ul>'


def _filters() -> Filters:
    group_words = {id: term.label for id, term in vocabulary().target_groups.items()}
    theme_words = {id: term.label for id, term in vocabulary().themes.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target_groups = choose_values(_("Målgrupp"), "malgrupp", group_words)
        themes = choose_values(_("Tema"), "tema", theme_words)
    say_what_is_gone({"malgrupp": group_words, "tema": theme_words})
    chosen = [*(group_words[id] for id in target_groups), *(theme_words[id] for id in themes)]
    if chosen:
        words = sentence(_("Visar bara initiativ med: {values}."), values="; ".join(chosen))
        st.html(f'<p class="sb-meta">{words}</p>')
    return Filters(target_groups=target_groups, themes=themes)


def _show(entry: PolicyObject, groups: Sequence[Group], filters: Filters) -> None:
    with own_part(entry.id):
        st.header(entry.label, anchor=entry.id)
    impact = _("Direkt påverkan") if entry.impact == "direkt" else _("Indirekt påverkan")
    doubts = "".join(
        f'<div class="sb-doubt">{own_words(paragraph(policy().cite(note)), "div")}</div>' for note in entry.notes
    )
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
        return f'<div class="sb-window">{stated(group.reason)}{_links(records)}</div>'
    fits = sentence(_("Passar därför att {why}:"), why=rule.why)
    where = escape(_("Regel: {rule}.")).format(rule="; ".join(map(_requirement, rule.where)))
    below = f'<p class="sb-basis">{where} {rule_basis(group.reason)}.</p>'
    return f'<div class="sb-window"><p>{fits}</p>{_links(records)}{below}</div>'


def _requirement(requirement: Requirement) -> str:
    *first, last = (value_html(requirement.facet, value) for value in requirement.any_of)
    values = escape(_("{values} eller {last}")).format(values=", ".join(first), last=last) if first else last
    return f"{escape(field_word(requirement.facet).lower())} {values}"


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
    stages = "".join(
        f"<li>{own_words(f'<strong>{escape(stage.label)}:</strong> {escape(stage.about)}')}</li>"
        for stage in path.stages
    )
    st.html(
        f'<ul class="sb-plain">{stages}</ul>{own_words(paragraph(path.why_stages.text), "div")}'
        f'<p class="sb-meta">{own_words(escape(path.why_stages.source))}</p>{funding_table(path.ways)}'
    )


page()
