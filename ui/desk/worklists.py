"""The editors' worklists: what waits, how much of it, and where it leads."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from math import ceil

import streamlit as st

from registry.editing.access import Act, Person, may
from registry.editing.proposal_lists import Listing, count_in, page_of
from registry.editing.proposals import Origin, Proposal
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
    """Things to do, best first; ``empty`` says what to do when there is none.

    ``items`` are what is lacking in records; of proposals, which may be very many, only ``listing`` and how many they are.
    """

    slug: str
    title: str
    empty: str
    count: int
    items: Sequence[Finding] = ()
    listing: Listing | None = None


def worklists(person: Person) -> list[Worklist]:
    """The lists that concern this person: one's own, and for an editor those of the whole registry."""
    own = partial(Listing, author=person.name, origin=Origin.DESK)
    lists = [
        _proposals(
            "mina",
            later("Mina utkast"),
            later("Ni har inga utkast. Lägg till ett initiativ för att börja."),
            own(Status.DRAFT, sent_back=False),
        ),
        _proposals(
            "tillbaka",
            later("Återsända till mig"),
            later("Inget har skickats tillbaka till er."),
            own(Status.DRAFT, sent_back=True),
        ),
    ]
    if not may(person, Act.REVIEW):
        nothing = later("Inget av ert väntar på granskning.")
        return [*lists, _proposals("inskickade", later("Mina hos granskare"), nothing, own(Status.IN_REVIEW))]
    tips, imported = (Listing(Status.DRAFT, origin=origin) for origin in (Origin.TIP, Origin.IMPORT))
    return [
        _proposals("granska", later("Att granska"), later("Inget väntar på granskning."), Listing(Status.IN_REVIEW)),
        *lists,
        _proposals("tips", later("Tips"), later("Inga nya tips."), tips),
        _proposals("importerade", later("Importerade"), later("Inget importerat väntar."), imported),
        *_lacking(),
    ]


def show_worklist(chosen: Worklist) -> None:
    """Shows the list a page at a time, narrowed by name where something is written in the filter."""
    st.header(_(chosen.title), anchor=False)
    if not chosen.count:
        st.html(paragraph(_(chosen.empty)))
        return
    asked = ""
    if chosen.count > _A_PAGE:
        asked = st.text_input(_("Visa bara dem vars namn innehåller"), key="filter", bind="query-params") or ""
    number = max(1, _asked_page())
    shown, found = _page(chosen, asked, number)
    pages = max(1, ceil(found / _A_PAGE))
    if number > pages:
        number = pages
        shown, found = _page(chosen, asked, number)
    if not shown:
        st.html(paragraph(_("Inget namn i listan innehåller det. Ändra eller töm rutan.")))
        return
    _show_table(chosen, shown)
    if pages > 1:
        _show_pager(chosen, asked, number, pages)


def _page(chosen: Worklist, asked: str, number: int) -> tuple[Sequence[Proposal | Finding], int]:
    """A page of what the list holds by that name, and how many there are on all pages."""
    first = (number - 1) * _A_PAGE
    if chosen.listing:
        page = page_of(context().store.database, chosen.listing, first=first, most=_A_PAGE, containing=asked)
        return page.proposals, page.found
    found = [one for one in chosen.items if fold(asked) in fold(one.record.name)]
    return found[first : first + _A_PAGE], len(found)


def _show_table(chosen: Worklist, shown: Sequence[Proposal | Finding]) -> None:
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


def _proposals(slug: str, title: str, empty: str, listing: Listing) -> Worklist:
    return Worklist(slug, title, empty, count_in(context().store.database, listing), listing=listing)


def _lacking() -> list[Worklist]:
    today = dt.date.today()
    records = sorted(context().live.current.index.records, key=lambda record: swedish_order(record.name))
    found = [finding for record in records for finding in lacks_of(record, today, {})]
    lacking = {lack: [one for one in found if one.lack is lack] for lack in (Lack.SOURCE, Lack.CHECK)}
    said = {
        Lack.SOURCE: ("kalla", later("Saknar källa"), later("Alla uppgifter har en källa utanför redaktionen.")),
        Lack.CHECK: (
            "kontroll",
            later("Ej kontrollerade på ett år"),
            later("Allt är kontrollerat under det senaste året."),
        ),
    }
    return [Worklist(*said[lack], len(items), items) for lack, items in lacking.items()]


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
