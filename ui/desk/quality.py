"""Kvalitet: what the records lack, as a table and as lists to act on. The address names the list: ?brist=."""

import datetime as dt
from collections.abc import Sequence
from html import escape
from math import ceil

import streamlit as st

from registry.editing.access import Act, may, require
from registry.initiative import Initiative
from registry.places import swedish_order
from registry.upkeep.links import LinkChecker, LinkFinding, addresses_of
from registry.upkeep.quality import Finding, Lack, Share, as_csv, confirm_checked, findings, overview
from ui.context import context, publish
from ui.field_words import field_word
from ui.language import _, later, ngettext
from ui.markup import bullets, initiative_link, link, page_link, paragraph, table
from ui.problems import shown_calmly
from ui.signing_in.identity import current_person, sign_in_row

_A_PAGE = 25
_MOST_DETAILS = 4
_SLUGS = {
    Lack.SOURCE: "kalla",
    Lack.CHECK: "kontroll",
    Lack.PLACE: "plats",
    Lack.CONTENT: "tunn",
    Lack.CERTAINTY: "osakert",
    Lack.LINKS: "lankar",
}
_MEANS = {
    Lack.SOURCE: later(
        "Uppgifter som bara bygger på redaktionens egen bedömning. Leta upp en källa och lägg till den."
    ),
    Lack.CHECK: later(
        "Poster som ingen har gått igenom på ett år. Läs igenom dem, rätta det som inte stämmer och markera dem som kontrollerade."
    ),
    Lack.PLACE: later("Poster utan län, land eller kommun. Fyll i var de finns eller har prövats."),
    Lack.CONTENT: later(
        "Poster där nästan allt som en mottagare frågar efter saknas. Kontakta ägaren eller sök fler källor."
    ),
    Lack.CERTAINTY: later(
        "Det som källorna lämnar öppet eller säger emot. Ta reda på det och ta bort frågan när den är besvarad."
    ),
    Lack.LINKS: later(
        "Adresser som inte svarade som de ska vid den senaste kontrollen. Byt adressen eller ta bort den."
    ),
}


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Kvalitet i registret"), anchor=False)
    records = sorted(context().live.current.index.records, key=lambda record: swedish_order(record.name))
    links = context().links.all()
    found = findings(records, dt.date.today(), links)
    st.html(paragraph(_("Vad de publicerade posterna saknar. Välj en rad för att se vilka det gäller."), "sb-lead"))
    _overview(overview(found, len(records)))
    st.download_button(
        _("Ladda ner allt som CSV"),
        lambda: as_csv(found),
        "spridbart-kvalitet.csv",
        "text/csv",
        on_click="ignore",
        type="tertiary",
    )
    asked = st.query_params.get("brist", "")
    lack = next((lack for lack, slug in _SLUGS.items() if slug == asked), None)
    if lack:
        _worklist(lack, [finding for finding in found if finding.lack is lack], links)
    _links(records, links)
    sign_in_row()


def _overview(shares: Sequence[Share]) -> None:
    rows = [
        (
            page_link("kvalitet", _capital(_(str(share.lack))), brist=_SLUGS[share.lack]),
            str(share.lacking),
            f"{share.lacking / share.records:.0%}".replace("%", "\u00a0%") if share.records else "–",
        )
        for share in shares
    ]
    st.html(table(_("Kvalitet"), (_("Vad som saknas"), _("Poster"), _("Andel")), rows, numbers=(1, 2)))


def _worklist(lack: Lack, found: Sequence[Finding], links: dict[str, LinkFinding]) -> None:
    st.header(_capital(_(str(lack))), anchor=False)
    st.html(paragraph(_(_MEANS[lack])))
    if not found:
        st.html(paragraph(_("Ingen post i listan. Välj en annan rad i tabellen.")))
        return
    pages = ceil(len(found) / _A_PAGE)
    asked = st.query_params.get("sida", "1")
    number = min(max(1, int(asked) if asked.isdecimal() else 1), pages)
    person = current_person()
    for finding in found[(number - 1) * _A_PAGE : number * _A_PAGE]:
        _show_finding(finding, links, confirms=lack is Lack.CHECK and may(person, Act.REVIEW))
    _pager(lack, number, pages)
    if person is None:
        st.html(
            paragraph(
                _("Öppna en post och välj ”Föreslå ändring” för att rätta den. Redaktörer kan logga in här nedanför."),
                "sb-meta",
            )
        )


def _show_finding(finding: Finding, links: dict[str, LinkFinding], *, confirms: bool) -> None:
    record = finding.record
    with st.container(border=True, key=f"lack-{record.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<p><strong>{initiative_link(record.id, record.name)}</strong></p>{_details(finding, links)}")
        if confirms:
            words = _("Markera som kontrollerad i dag")
            st.button(words, key=f"check {record.id}", on_click=_confirm, args=(record,))


def _details(finding: Finding, links: dict[str, LinkFinding]) -> str:
    match finding.lack:
        case Lack.CHECK:
            when = finding.details[0]
            words = (
                _("Aldrig kontrollerad efter inläggningen.")
                if when == "aldrig"
                else _("Senast kontrollerad {day}.").format(day=when)
            )
            return paragraph(words)
        case Lack.LINKS:
            items = (
                f"<li>{link(address, address)}: {escape(links[address].detail)} ({links[address].day.isoformat()})</li>"
                for address in finding.details
            )
            return f'<ul class="sb-plain">{"".join(items)}</ul>'
        case Lack.CERTAINTY:
            more = len(finding.details) - _MOST_DETAILS
            rest = ngettext("och 1 till", "och {n} till", more).format(n=more)
            return bullets(finding.details[:_MOST_DETAILS]) + (paragraph(rest) if more > 0 else "")
        case _:
            return paragraph(
                _("Gäller: {fields}.").format(fields=", ".join(field_word(field).lower() for field in finding.details))
            )


def _pager(lack: Lack, number: int, pages: int) -> None:
    if pages == 1:
        return
    places = [
        page_link("kvalitet", words, brist=_SLUGS[lack], sida=str(to))
        for words, to in ((_("Föregående"), number - 1), (_("Nästa"), number + 1))
        if 1 <= to <= pages
    ]
    here = escape(_("Sida {n} av {all}").format(n=number, all=pages))
    st.html(f'<nav class="sb-pager" aria-label="{escape(_("Sidor"))}">{here} {" ".join(places)}</nav>')


def _confirm(record: Initiative) -> None:
    with shown_calmly():
        person = require(current_person(), Act.REVIEW)
        publish([confirm_checked(context().store, record, by=person.name, today=dt.date.today())])


def _links(records: Sequence[Initiative], links: dict[str, LinkFinding]) -> None:
    st.header(_("Länkar och källors adresser"), anchor=False)
    addresses = sorted({address for record in records for address in addresses_of(record)})
    visited = [links[address] for address in addresses if address in links]
    if visited:
        last = max(finding.day for finding in visited).isoformat()
        bad = sum(finding.is_bad for finding in visited)
        words = _("Senast kontrollerade {day}: {visited} av {all} adresser, {bad} döda eller tveksamma.")
        st.html(paragraph(words.format(day=last, visited=len(visited), all=len(addresses), bad=bad)))
    else:
        st.html(
            paragraph(
                _("Inga adresser är kontrollerade än. Registret hänvisar till {n} adresser.").format(n=len(addresses))
            )
        )
    if not may(current_person(), Act.REVIEW):
        return
    st.html(
        paragraph(
            _(
                "En kontroll besöker varje adress en gång, i lugn takt. Det tar några minuter och kan avbrytas när som helst."
            ),
            "sb-meta",
        )
    )
    if st.button(_("Kontrollera adresserna nu")):
        require(current_person(), Act.REVIEW)
        _check(addresses)
        st.rerun()


def _check(addresses: Sequence[str]) -> None:
    progress = st.progress(0.0, _("Besöker adresser …"))
    st.button(_("Avbryt"), key="stop checking")
    for done, finding in enumerate(LinkChecker().check(addresses), start=1):
        context().links.save(finding)
        progress.progress(done / len(addresses), _("{done} av {all} adresser").format(done=done, all=len(addresses)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


page()
