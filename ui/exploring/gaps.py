"""Vad saknas?: what the survey report and the needs register ask for, and how little there is of it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from registry.exploring.facets import Facets
from registry.exploring.gaps import FEW, Origin, Supply, supply, wanted_by_visitors, wanted_in_survey
from registry.inbox.reported_needs import ReportedNeed
from ui.context import vocabulary
from ui.exploring.download import download_table
from ui.exploring.view import ALL, PARAMETERS, TABLE_VIEW, TEXT, VIEW, View
from ui.exploring.words import value_label
from ui.language import _, ngettext
from ui.markup import number, own_words, page_link, paragraph, sentence
from ui.same_page import here


def show_gaps(view: View, facets: Facets, needs: Sequence[ReportedNeed]) -> None:
    """Shows what is asked for, the least answered first, under the filters besides target group and theme."""
    counted = supply(wanted_in_survey(vocabulary()), facets, view.filters)
    st.html(paragraph(_sentence(counted)) + paragraph(_note(), "sb-meta"))
    reported = supply(wanted_by_visitors(needs, vocabulary()), facets, view.filters)
    for origin, title in _titles().items():
        rows = [each for each in (*counted, *reported) if each.wanted.origin is origin]
        st.html(
            f'<h2 class="sb-found">{escape(title)}</h2>{_table(view, title, rows) if rows else _nothing_reported()}'
        )
    header = [_("Efterfrågas"), _("Var i rapporten"), _("Räknas som"), _("Initiativ")]
    download_table("saknas", header, [_csv_row(each) for each in (*counted, *reported)])


def _titles() -> dict[Origin, str]:
    return {
        Origin.PRIORITISED: _("Extra prioriterade målgrupper"),
        Origin.QUESTION_2: _("Angelägna behov (fråga 2)"),
        Origin.QUESTION_4: _("Önskad utlysning (fråga 4)"),
        Origin.REPORTED: _("Anmälda behov"),
    }


def _nothing_reported() -> str:
    return paragraph(_("Inga öppna behov är anmälda. Ett behov kan anmälas på sidan Hitta när inget initiativ passar."))


def _sentence(counted: Sequence[Supply]) -> str:
    none = sum(not each.initiatives for each in counted)
    few = sum(each.is_short for each in counted) - none
    return _(
        "Av {all} grupper och behov i enkätrapporten 2025 saknar {none} helt initiativ här, och {few} har högst {most}."
    ).format(all=len(counted), none=none, few=few, most=FEW)


def _note() -> str:
    return _(
        "Behoven är rapportens; vilka målgrupper och teman de motsvarar är redaktionens bedömning. Filtren gäller, utom målgrupp, "
        "tema och sökord. Bara initiativ räknas. Att ett initiativ finns betyder inte att det räcker."
    )


def _table(view: View, title: str, rows: Sequence[Supply]) -> str:
    body = "".join(_row(view, each) for each in rows)
    head = (_("Efterfrågas"), _("Räknas som"), _("Initiativ"))
    cells = "".join(f'<th scope="col">{escape(words)}</th>' for words in head)
    return (
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="sb-table sb-stacked"><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(view: View, each: Supply) -> str:
    wanted = each.wanted
    head = f'data-head="{escape(_("Initiativ"))}"'
    points = f"<br>{_asked(wanted.asked)}" if wanted.asked else ""
    points += f"<br><span class='sb-meta'>{own_words(escape('; '.join(wanted.points)))}</span>" if wanted.points else ""
    if each.initiatives:
        key = "-".join((wanted.origin.name, *wanted.target_groups, *wanted.themes))
        amount = here(view.link(_opened(each)), number(each.initiatives), f"gap-{key}")
        note = f" ({escape(_('få'))})" if each.is_short else ""
        shown = f"<td {head}>{amount}{note}</td>"
    else:
        shown = f'<td class="sb-gap" {head}>{escape(_("Inget: en lucka"))}</td>'
    counted = f'<td data-head="{escape(_("Räknas som"))}">{_terms_html(each)}</td>'
    return f'<tr><th scope="row">{own_words(escape(wanted.label))}{points}</th>{counted}{shown}</tr>'


def _asked(needs: int) -> str:
    words = ngettext("{n} öppet anmält behov", "{n} öppna anmälda behov", needs).format(n=needs)
    return page_link("behov", words)


def _opened(each: Supply) -> dict[str, tuple[str, ...]]:
    """The change that shows just the initiatives that were counted."""
    chosen = {PARAMETERS["target_groups"]: each.wanted.target_groups, PARAMETERS["themes"]: each.wanted.themes}
    return {**chosen, VIEW: (TABLE_VIEW,), TEXT: (), ALL: (), PARAMETERS["roles"]: ()}


def _terms(each: Supply) -> str:
    return _(" och ").join(text.format(terms=terms) for text, terms in _parts(each))


def _terms_html(each: Supply) -> str:
    return escape(_(" och ")).join(sentence(text, terms=terms) for text, terms in _parts(each))


def _parts(each: Supply) -> list[tuple[str, str]]:
    """What it is counted as: a text of ours, and the terms to put in it."""
    groups = [value_label("target_groups", id) for id in each.wanted.target_groups]
    themes = [value_label("themes", id) for id in each.wanted.themes]
    parts = [(_("målgrupp: {terms}"), _(" eller ").join(groups))] if groups else []
    return [*parts, (_("tema: {terms}"), _(" eller ").join(themes))] if themes else parts


def _csv_row(each: Supply) -> list[object]:
    place = (
        f"{_(each.wanted.origin.value)}: {each.wanted.heading}" if each.wanted.heading else _(each.wanted.origin.value)
    )
    return [each.wanted.label, place, _terms(each), each.initiatives]
