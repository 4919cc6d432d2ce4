"""The adoption log: who tried what, when, and what came of it, also what was stopped."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from registry.adopting.neighbours import Entry, Neighbourhood, log
from registry.initiative import UNKNOWN, Initiative, Statement
from registry.places import Municipality
from registry.values import Basis
from ui.context import places
from ui.language import _, ngettext
from ui.markup import initiative_link, known, link, own_words, page_link, paragraph, table

_PARAMETER = "logg"
_NEAR, _LAN, _ALL = "nara", "lanet", "alla"


def show_log(records: Sequence[Initiative], around: Neighbourhood) -> None:
    """Shows the log for the municipality and those like it, for its län, or for all."""
    st.header(_("Vem har prövat vad, och hur gick det?"), anchor=False)
    scope = _scope()
    entries = log(records, _municipalities(scope, around))
    if entries:
        count = ngettext("{n} uppgift. ", "{n} uppgifter. ", len(entries)).format(n=len(entries))
        said = f"{_scopes()[scope]}: {count}{_('Det som avslutats står kvar: även det är något att lära av.')}"
        st.html(paragraph(said, "sb-meta"))
        heads = (_("År"), _("Kommun"), _("Post"), _("Vad källan säger"), _("Drift i dag"), _("Källa"), _("Rätta"))
        with st.container(key="adoption-log"):
            st.html(table(_("Vem har prövat vad"), heads, [_row(entry) for entry in entries], stacked=True))
    else:
        st.html(paragraph(_("Registret har ingen uppgift här än. Välj Alla kommuner för att se vad andra har prövat.")))
    tip = page_link("tipsa", _("Berätta för redaktionen"))
    st.html(f"<p>{escape(_('Har ni prövat något som saknas här, också sådant ni har slutat med?'))} {tip}.</p>")


def _scopes() -> dict[str, str]:
    return {_NEAR: _("Ni och kommuner som liknar er"), _LAN: _("Länet"), _ALL: _("Alla kommuner")}


def _scope() -> str:
    """How far the log reaches, as the address says and the reader chooses."""
    words = _scopes()
    asked = st.query_params.get(_PARAMETER, _NEAR)
    # Not bound to the address: that would put the words there, which are other words in English.
    chosen = st.radio(
        _("Visa"),
        list(words),
        index=list(words).index(asked) if asked in words else 0,
        format_func=lambda scope: words[scope],
        horizontal=True,
        key="log scope",
        on_change=_put_in_address,
    )
    return str(chosen)


def _put_in_address() -> None:
    st.query_params[_PARAMETER] = st.session_state["log scope"]


def _municipalities(scope: str, around: Neighbourhood) -> list[Municipality]:
    everyone = list(places().municipalities.values())
    if scope == _ALL:
        return everyone
    if scope == _LAN:
        return [municipality for municipality in everyone if municipality.lan == around.municipality.lan]
    return [around.municipality, *around.alike]


def _row(entry: Entry) -> tuple[str, ...]:
    record = entry.record
    statements = entry.statements()
    return (
        str(entry.year) if entry.year else known(""),
        page_link("kommuner", entry.municipality.name, kommun=entry.municipality.name),
        initiative_link(record.id, record.name),
        _said(entry, statements),
        known(record.operation),
        "; ".join(dict.fromkeys(map(_source, statements))) or known(""),
        page_link("tipsa", _("Föreslå ändring"), id=record.id),
    )


def _said(entry: Entry, statements: Sequence[Statement]) -> str:
    """What came of it; where no source says that, what it does say, and that being named is not having tried."""
    if entry.adoption and entry.adoption.outcome != UNKNOWN:
        return own_words(escape(entry.adoption.outcome))
    named = "" if entry.record.is_tried else _("Knyts till kommunen; inget säger att det har prövats. ")
    claims = escape(" ".join(dict.fromkeys(statement.claim for statement in statements)))
    return escape(named) + own_words(claims) if claims else escape(named) or known("")


def _source(statement: Statement) -> str:
    if statement.basis is Basis.EDITORIAL:
        return escape(_("Redaktionens bedömning"))
    return own_words(link(statement.source_address, statement.source_title))
