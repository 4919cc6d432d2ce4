"""The editors' worklists: what waits, how much of it, and where it leads."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

import streamlit as st

from registry.editing.access import Act, Person, may
from registry.editing.proposals import EventKind, Origin, Proposal
from registry.places import fold, swedish_order
from registry.upkeep.quality import Finding, Lack, lacks_of
from registry.values import Status
from ui.context import context
from ui.field_words import field_word
from ui.language import _, later
from ui.markup import page_link, paragraph
from ui.swedish_time import day_and_clock

_A_PAGE = 25


@dataclass(frozen=True)
class Worklist:
    """Things to do, best first; ``empty`` says what to do when there is none."""

    slug: str
    title: str
    items: Sequence[Proposal | Finding]
    empty: str

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.items)


def worklists(person: Person) -> list[Worklist]:
    """The lists that concern this person: one's own, and for an editor those of the whole registry."""
    open_ones = [*context().proposals.all(status=Status.IN_REVIEW), *context().proposals.all(status=Status.DRAFT)]
    mine = [one for one in open_ones if one.author == person.name and one.origin is Origin.DESK]
    returned = _sent_back(mine)
    lists = [
        Worklist(
            "mina",
            later("Mina utkast"),
            [one for one in _drafts(mine) if one not in returned],
            later("Ni har inga utkast. Lägg till ett initiativ för att börja."),
        ),
        Worklist("tillbaka", later("Återsända till mig"), returned, later("Inget har skickats tillbaka till er.")),
        Worklist(
            "inskickade", later("Mina hos granskare"), _waiting(mine), later("Inget av ert väntar på granskning.")
        ),
    ]
    if not may(person, Act.REVIEW):
        return lists
    waiting = Worklist("granska", later("Att granska"), _waiting(open_ones), later("Inget väntar på granskning."))
    return [
        waiting,
        *lists[:2],
        Worklist("tips", later("Tips"), _from(open_ones, Origin.TIP), later("Inga nya tips.")),
        Worklist(
            "importerade", later("Importerade"), _from(open_ones, Origin.IMPORT), later("Inget importerat väntar.")
        ),
        *_lacking(),
    ]


def show_worklist(chosen: Worklist) -> None:
    """Shows the list a page at a time, narrowed by name where something is written in the filter."""
    st.header(_(chosen.title), anchor=False)
    if not chosen.items:
        st.html(paragraph(_(chosen.empty)))
        return
    asked = ""
    if chosen.count > _A_PAGE:
        asked = st.text_input(_("Visa bara dem vars namn innehåller"), key="filter", bind="query-params") or ""
    found = [one for one in chosen.items if fold(asked) in fold(_name(one))]
    pages = max(1, ceil(len(found) / _A_PAGE))
    number = min(max(1, _asked_page()), pages)
    shown = found[(number - 1) * _A_PAGE : number * _A_PAGE]
    if not shown:
        st.html(paragraph(_("Inget namn i listan innehåller det. Ändra eller töm rutan.")))
        return
    rows = "".join(
        f"<tr><td>{_link(one)}</td><td>{escape(_what(one))}</td><td>{escape(_when(one))}</td></tr>" for one in shown
    )
    heads = "".join(
        f'<th scope="col">{escape(head)}</th>' for head in (_("Namn"), _("Vad det gäller"), _("Senast ändrat"))
    )
    st.html(
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{escape(_(chosen.title))}">'
        f'<table class="sb-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
    if pages > 1:
        _show_pager(chosen, asked, number, pages)


def _show_pager(chosen: Worklist, asked: str, number: int, pages: int) -> None:
    def to(page: int, words: str) -> str:
        kept = {"filter": asked} if asked else {}
        return page_link("redaktion", words, lista=chosen.slug, sida=str(page), **kept)

    links = [to(number - 1, _("Föregående"))] if number > 1 else []
    links += [escape(_("Sida {n} av {all}").format(n=number, all=pages))]
    links += [to(number + 1, _("Nästa"))] if number < pages else []
    st.html(f'<nav class="sb-pager" aria-label="{escape(_("Sidor"))}">{" ".join(links)}</nav>')


def _asked_page() -> int:
    asked = st.query_params.get("sida", "1")
    return int(asked) if asked.isdecimal() else 1


def _waiting(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Those in review, the one that has waited longest first."""
    return sorted((one for one in proposals if one.status is Status.IN_REVIEW), key=lambda one: one.changed_at)


def _drafts(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The drafts, last changed first."""
    return sorted(
        (one for one in proposals if one.status is Status.DRAFT), key=lambda one: one.changed_at, reverse=True
    )


def _sent_back(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Drafts that a reviewer has sent back and that have not been sent in again."""
    drafts = _drafts(proposals)
    kinds = {one.id: [event.kind for event in context().proposals.events(one.id)] for one in drafts}
    return [one for one in drafts if EventKind.SENT_BACK in kinds[one.id]]


def _from(proposals: Sequence[Proposal], origin: Origin) -> list[Proposal]:
    return _drafts([one for one in proposals if one.origin is origin])


def _lacking() -> list[Worklist]:
    today = dt.date.today()
    records = sorted(context().live.current.index.records, key=lambda record: swedish_order(record.name))
    found = [finding for record in records for finding in lacks_of(record, today, {})]
    return [
        Worklist(slug, title, [one for one in found if one.lack is lack], empty)
        for slug, title, lack, empty in (
            ("kalla", later("Saknar källa"), Lack.SOURCE, later("Alla uppgifter har en källa utanför redaktionen.")),
            (
                "kontroll",
                later("Ej kontrollerade på ett år"),
                Lack.CHECK,
                later("Allt är kontrollerat under det senaste året."),
            ),
        )
    ]


def _name(item: Proposal | Finding) -> str:
    if isinstance(item, Finding):
        return item.record.name
    return str(item.fields.get("name") or _("utan namn"))


def _link(item: Proposal | Finding) -> str:
    if isinstance(item, Finding):
        return page_link("initiativ", item.record.name, id=item.record.id)
    page = "redigera" if item.status is Status.DRAFT and item.origin is not Origin.TIP else "granska"
    return page_link(page, _name(item), forslag=item.id)


def _what(item: Proposal | Finding) -> str:
    if isinstance(item, Finding):
        return (
            ", ".join(field_word(field).lower() for field in item.details)
            if item.lack is Lack.SOURCE
            else item.details[0]
        )
    kind = _("ändring") if item.initiative_id else _("nytt initiativ")
    return _("{kind}, av {author}").format(kind=kind, author=item.author or _("okänd"))


def _when(item: Proposal | Finding) -> str:
    return day_and_clock(item.record.updated_at if isinstance(item, Finding) else item.changed_at)
