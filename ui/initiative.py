"""Initiativ: everything that is known of one record, and what is not. The address names it: ?id=."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from registry.filters import is_match
from registry.initiative import Initiative, Statement
from registry.places import NATIONAL, swedish_order
from registry.values import Basis, Role
from ui.context import context, places, vocabulary
from ui.maps import CONFIG, lan_map
from ui.markup import bullets, facts, initiative_link, known, link, paragraph, paragraphs
from ui.problems import shown_calmly

FIELD_WORDS = {
    "summary": "Vad det är", "description": "Beskrivning", "target_groups": "Målgrupp", "themes": "Tema",
    "settings": "Slags plats", "sectors": "Sektor", "owner": "Ägare", "partners": "Samarbetspartner",
    "regions": "Län eller land", "municipalities": "Kommun", "period": "Period", "operation": "Drift",
    "maturity": "Mognad", "evidence": "Evidens", "outcomes": "Resultat", "core_components": "Kärnan",
    "adaptable_parts": "Det som kan anpassas", "prerequisites": "Vad som krävs", "boundary_spanner": "Gränsgångare",
    "cost_band": "Kostnad", "payer_and_beneficiary": "Vem betalar och vem tjänar", "legal_forms": "Avtalsform",
    "funding": "Finansiering", "barriers": "Hinder", "policy_links": "Policyfönster", "adoptions": "Kommuner som prövat",
    "category": "Rubrik i enkätrapporten", "situations": "Situationer", "name": "Namn", "aliases": "Andra namn",
    "form": "Form", "role": "Roll", "contact_function": "Kontakt", "links": "Länkar", "doubts": "Osäkert",
}  # fmt: skip


@shown_calmly()
def page() -> None:
    """Shows the page."""
    index = context().live.current.index
    id = st.query_params.get("id", "")
    record = index.get(id)
    if record is None:
        _list_all(index.records, id)
        return
    _top(record)
    left, right = st.columns([2, 1], gap="large")
    with left:
        _body(record)
    with right, st.container(key="aside"):
        _aside(record)
    _sources(record)
    _history(record)


def _list_all(records: tuple[Initiative, ...], asked: str) -> None:
    st.title("Initiativ", anchor=False)
    if asked:
        st.warning(f"Det finns inget initiativ med beteckningen {asked}. Välj ett i listan eller sök på sidan Hitta.")
    for role in Role:
        chosen = sorted((r for r in records if r.role is role), key=lambda r: swedish_order(r.name))
        if chosen:
            st.header(ROLE_WORDS[role], anchor=False)
            st.html(_links(chosen))


def _links(records: Iterable[Initiative]) -> str:
    return f'<ul class="sb-plain">{"".join(f"<li>{initiative_link(r.id, r.name)}</li>" for r in records)}</ul>'


ROLE_WORDS = {
    Role.INITIATIVE: "Initiativ med spridningspotential",
    Role.METHOD_IN_PROJECT: "Metoder i projekt",
    Role.ACTOR: "Aktörer",
    Role.CONCEPT: "Koncept",
    Role.SUPPORT: "Stödstrukturer",
    Role.PROGRAMME: "Policyprogram",
    Role.INTERNATIONAL_MODEL: "Internationella förebilder",
    Role.NEED_IDEA: "Idéer från behovslistan",
}


def _top(record: Initiative) -> None:
    st.set_page_config(page_title=f"{record.name} – Spridbart")
    st.title(record.name, anchor=False)
    where = ", ".join(places().region_label(code) for code in record.regions) or "plats saknas"
    verified = record.last_verified.isoformat() if record.last_verified else "inte kontrollerad efter inläggningen"
    st.html(
        paragraph(f"{record.form.capitalize()} · {record.role} · {where}", "sb-meta")
        + paragraph(
            f"Mognad: {record.maturity} | Evidens: {record.evidence} | Drift: {record.operation} | "
            f"Senast kontrollerad: {verified}",
            "sb-meta",
        )
        + paragraph(record.summary, "sb-lead")
    )
    if not is_match(record):
        st.html(
            f'<div class="sb-calm">{paragraph(f"Det här är inte ett initiativ att sprida i sig, utan: {record.role}.")}</div>'
        )


def _body(record: Initiative) -> None:
    if record.situations:
        st.header("Känner ni igen er?", anchor=False)
        st.html(bullets(record.situations) + paragraph("Redaktionens exempel i vardagsord, inte citat.", "sb-meta"))
    st.header("Så fungerar det", anchor=False)
    st.html(paragraphs(record.description))
    _list("Kärnan", record.core_components)
    _list("Det som kan anpassas", record.adaptable_parts)
    _list("Vad krävs av er", record.prerequisites)
    st.header("Resultat", anchor=False)
    st.html(f"<p>{known(record.outcomes)}</p>")
    _list("Hinder", [vocabulary().label("barriers", id) for id in record.barriers])
    _policy(record)
    _unknown(record)


def _list(title: str, texts: tuple[str, ...] | list[str]) -> None:
    if texts:
        st.header(title, anchor=False)
        st.html(bullets(texts))


def _policy(record: Initiative) -> None:
    st.header("Finansiering och policyfönster", anchor=False)
    st.html(
        facts(
            [
                ("Finansiering", known(", ".join(record.funding))),
                ("Avtalsform", known(", ".join(record.legal_forms))),
                ("Kostnad", known(record.cost_band)),
                ("Betalar och tjänar", known(record.payer_and_beneficiary)),
            ]
        )
    )
    for id in record.policy_links:
        window = vocabulary().policy_objects[id]
        with st.expander(f"{window.label} ({window.impact} påverkan)"):
            st.html(
                facts(
                    [
                        ("Möjliggör", escape(window.opportunity)),
                        ("Begränsar", escape(window.limitation)),
                        ("Källa", escape(f"Rambolls policykartläggning 2025: {window.source}")),
                    ]
                )
            )


def _unknown(record: Initiative) -> None:
    st.header("Det här vet vi inte", anchor=False)
    doubts = "".join(f'<div class="sb-doubt">{paragraph(doubt)}</div>' for doubt in record.doubts)
    missing = [FIELD_WORDS[field].lower() for field in record.unknown_fields()]
    st.html(doubts + (paragraph(f"Uppgift saknas om: {', '.join(missing)}.") if missing else ""))


def _aside(record: Initiative) -> None:
    words = vocabulary()
    _tags(
        "Målgrupper", record, "target_groups", [(id, words.label("target_groups", id)) for id in record.target_groups]
    )
    _tags("Teman", record, "themes", [(id, words.label("themes", id)) for id in record.themes])
    st.html(
        facts(
            [
                ("Ägare", known(record.owner)),
                ("Partner", known(", ".join(record.partners))),
                ("Sektor", known(", ".join(record.sectors))),
                ("Slags plats", known(", ".join(record.settings))),
                ("Period", known(record.period)),
                ("Gränsgångare", known(record.boundary_spanner)),
                ("Kontakt", known(record.contact_function)),
            ]
        )
    )
    _where(record)
    st.header("Liknande initiativ", anchor=False)
    st.html(_links(context().live.current.similar(record.id)))


def _tags(title: str, record: Initiative, field: str, values: list[tuple[str, str]]) -> None:
    st.header(title, anchor=False)
    ours = {id for id, _ in values if record.basis_of(field, id) is Basis.EDITORIAL}
    texts = [f"{label}{' (vår bedömning)' if id in ours else ''}" for id, label in values]
    st.html(bullets(texts) if texts else f"<p>{known('')}</p>")


def _where(record: Initiative) -> None:
    st.header("Var det används", anchor=False)
    st.html(paragraph(context().live.current.tried(record)))
    lan = [code for code in record.regions if code in places().lan]
    if lan:
        names = ", ".join(places().lan[code] for code in lan)
        st.plotly_chart(lan_map(lan, places()), config=CONFIG, key="map", width="stretch")
        st.html(paragraph(f"Kartan visar Sveriges län; fyllda är {names}.", "sb-meta"))
    elif NATIONAL in record.regions:
        st.html(paragraph("Gäller hela Sverige, utan uppgift om enskilda län.", "sb-meta"))
    rows = [
        (places().municipalities[a.municipality].name, f"{a.year or 'år saknas'}. {known(a.outcome)}")
        for a in record.adoptions
    ]
    if rows:
        st.html(facts(rows))


def _sources(record: Initiative) -> None:
    st.header("Källor", anchor=False)
    rows = "".join(_source_row(statement) for statement in record.statements)
    st.html(
        '<div class="sb-scroll" tabindex="0" role="region" aria-label="Källor"><table class="sb-sources"><thead><tr>'
        "<th>Gäller</th><th>Uppgift</th><th>Grund</th><th>Källa</th><th>Inlagd</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _source_row(statement: Statement) -> str:
    field = FIELD_WORDS.get(statement.field.partition(".")[0], statement.field)
    quote = f"<br>”{escape(statement.quote)}”" if statement.quote else ""
    source = link(statement.source_address, statement.source_title) if statement.source_title else "–"
    cells = (
        escape(field),
        escape(statement.claim) + quote,
        escape(statement.basis.capitalize()),
        source,
        statement.date.isoformat(),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _history(record: Initiative) -> None:
    with st.expander("Historik"):
        rows = [
            (f"Version {r.record.revision}, {r.saved_at:%Y-%m-%d}", escape(f"{r.saved_by}: {r.reason}"))
            for r in context().store.revisions(record.id)
        ]
        st.html(facts(rows))


page()
