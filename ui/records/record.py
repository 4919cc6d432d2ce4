"""A record as its reader sees it: the public page and the editors' preview show the same."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from registry.exploring.filters import is_match
from registry.initiative import Initiative, Statement
from registry.places import NATIONAL
from registry.values import Basis
from ui.context import context, places, vocabulary
from ui.field_words import FIELD_WORDS
from ui.language import _
from ui.maps import CONFIG, lan_map
from ui.markup import bullets, facts, initiative_link, known, link, list_of, own_words, page_link, paragraph, paragraphs
from ui.records.windows import show_funding_path, show_windows


def show_record(record: Initiative, similar: Sequence[Initiative] = ()) -> None:
    """Shows all of the record below its name, and links to ``similar`` ones."""
    _top(record)
    left, right = st.columns([2, 1], gap="large")
    with left:
        _body(record)
    with right, st.container(key="aside"):
        _aside(record, similar)
    _sources(record)


def record_links(records: Iterable[Initiative]) -> str:
    """The records' names as a list of links."""
    return list_of(initiative_link(record.id, record.name) for record in records)


def _top(record: Initiative) -> None:
    where = ", ".join(_(places().region_label(code)) for code in record.regions) or _("plats saknas")
    verified = record.last_verified.isoformat() if record.last_verified else _("inte kontrollerad efter inläggningen")
    st.html(
        paragraph(f"{_(record.form).capitalize()} · {_(record.role)} · {where}", "sb-meta")
        + paragraph(
            _("Mognad: {maturity} | Evidens: {evidence} | Drift: {operation} | Senast kontrollerad: {verified}").format(
                maturity=_(record.maturity),
                evidence=_(record.evidence),
                operation=_(record.operation),
                verified=verified,
            ),
            "sb-meta",
        )
        + own_words(paragraph(record.summary, "sb-lead"), "div")
    )
    if not is_match(record):
        words = _("Det här är inte ett initiativ att sprida i sig, utan: {role}.").format(role=_(record.role))
        st.html(f'<div class="sb-calm">{paragraph(words)}</div>')


def _body(record: Initiative) -> None:
    if record.situations:
        st.header(_("Känner ni igen er?"), anchor=False)
        st.html(
            own_words(bullets(record.situations), "div")
            + paragraph(_("Redaktionens exempel i vardagsord, inte citat."), "sb-meta")
        )
    st.header(_("Så fungerar det"), anchor=False)
    st.html(own_words(paragraphs(record.description), "div"))
    _list(_("Kärnan"), record.core_components)
    _list(_("Det som kan anpassas"), record.adaptable_parts)
    _list(_("Vad krävs av er"), record.prerequisites)
    st.header(_("Resultat"), anchor=False)
    st.html(f"<p>{known(record.outcomes)}</p>")
    _list(_("Hinder"), [vocabulary().label("barriers", id) for id in record.barriers])
    _policy(record)
    _unknown(record)


def _list(title: str, texts: tuple[str, ...] | list[str]) -> None:
    if texts:
        st.header(title, anchor=False)
        st.html(own_words(bullets(texts), "div"))


def _policy(record: Initiative) -> None:
    st.header(_("Finansiering och avtal"), anchor=False)
    st.html(
        facts(
            [
                (_("Finansiering"), known(", ".join(record.funding))),
                (_("Avtalsform"), known(", ".join(record.legal_forms))),
                (_("Kostnad"), known(record.cost_band)),
                (_("Betalar och tjänar"), known(record.payer_and_beneficiary)),
            ]
        )
    )
    show_windows(record)
    show_funding_path(record)


def _unknown(record: Initiative) -> None:
    st.header(_("Det här vet vi inte"), anchor=False)
    doubts = "".join(f'<div class="sb-doubt">{own_words(paragraph(doubt), "div")}</div>' for doubt in record.doubts)
    missing = [_(FIELD_WORDS[field]).lower() for field in record.unknown_fields()]
    st.html(
        doubts + (paragraph(_("Uppgift saknas om: {fields}.").format(fields=", ".join(missing))) if missing else "")
    )


def _aside(record: Initiative, similar: Sequence[Initiative]) -> None:
    words = vocabulary()
    _tags(
        _("Målgrupper"),
        record,
        "target_groups",
        [(id, words.label("target_groups", id)) for id in record.target_groups],
    )
    _tags(_("Teman"), record, "themes", [(id, words.label("themes", id)) for id in record.themes])
    st.html(
        facts(
            [
                (_("Ägare"), known(record.owner)),
                (_("Partner"), known(", ".join(record.partners))),
                (_("Sektor"), _of_a_set(record.sectors)),
                (_("Slags plats"), _of_a_set(record.settings)),
                (_("Period"), known(record.period)),
                (_("Gränsgångare"), known(record.boundary_spanner)),
                (_("Kontakt"), known(record.contact_function)),
            ]
        )
    )
    _where(record)
    if similar:
        st.header(_("Liknande initiativ"), anchor=False)
        st.html(record_links(similar))


def _tags(title: str, record: Initiative, field: str, values: list[tuple[str, str]]) -> None:
    st.header(title, anchor=False)
    ours = {id for id, _label in values if record.basis_of(field, id) is Basis.EDITORIAL}
    texts = [f"{label}{_(' (vår bedömning)') if id in ours else ''}" for id, label in values]
    st.html(own_words(bullets(texts), "div") if texts else f"<p>{known('')}</p>")


def _of_a_set(values: Iterable[str]) -> str:
    words = ", ".join(map(_, values))
    return escape(words[:1].upper() + words[1:]) if words else known("")


def _where(record: Initiative) -> None:
    st.header(_("Var det används"), anchor=False)
    st.html(paragraph(context().live.current.tried(record)))
    lan = [code for code in record.regions if code in places().lan]
    if lan:
        names = ", ".join(places().lan[code] for code in lan)
        st.plotly_chart(lan_map(lan, places()), config=CONFIG, key="map", width="stretch")
        st.html(paragraph(_("Kartan visar Sveriges län; fyllda är {names}.").format(names=names), "sb-meta"))
    elif NATIONAL in record.regions:
        st.html(paragraph(_("Gäller hela Sverige, utan uppgift om enskilda län."), "sb-meta"))
    rows = [
        (places().municipalities[a.municipality].name, f"{a.year or escape(_('år saknas'))}. {known(a.outcome)}")
        for a in record.adoptions
    ]
    if rows:
        st.html(facts(rows))
    named = [places().municipalities[code].name for code in record.tried_in()]
    if named:
        links = ", ".join(page_link("kommuner", name, kommun=name) for name in named)
        st.html(f"<p>{escape(_('Mer om kommunerna:'))} {links}</p>")


def _sources(record: Initiative) -> None:
    st.header(_("Källor"), anchor=False)
    rows = "".join(_source_row(statement) for statement in record.statements)
    heads = (_("Gäller"), _("Uppgift"), _("Grund"), _("Källa"), _("Inlagd"))
    st.html(
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(_("Källor"))}"><table class="sb-sources">'
        f"<thead><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _source_row(statement: Statement) -> str:
    field = _(FIELD_WORDS.get(statement.field.partition(".")[0], statement.field))
    quote = f"<br>”{escape(statement.quote)}”" if statement.quote else ""
    source = link(statement.source_address, statement.source_title) if statement.source_title else "–"
    cells = (
        escape(field),
        own_words(escape(statement.claim) + quote),
        escape(_(statement.basis).capitalize()),
        own_words(source),
        statement.date.isoformat(),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
