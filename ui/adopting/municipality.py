"""Kommuner som er: what is used or has been tried where it is like at home, and whom to do it with. ?kommun= names the home."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from registry.adopting.associations import Associations, load_associations
from registry.adopting.neighbours import Neighbourhood, Use, by_municipality, companions, neighbourhood, uses
from registry.exploring.filters import is_match
from registry.initiative import Initiative
from registry.places import NATIONAL, Municipality, swedish_order
from ui.adopting.adoption_log import show_log
from ui.choices import choose_municipality
from ui.context import context, places
from ui.language import _, ngettext
from ui.markup import facts, initiative_link, link, list_of, number, own_words, page_link, paragraph, table
from ui.own_words import mark_own_words, own_part
from ui.problems import shown_calmly

_CLUSTER, _ASSOCIATIONS = "samordningsforbundskluster", "finsam"  # the records that carry the idea


@st.cache_resource(show_spinner=False)
def associations() -> Associations:
    """The samordningsförbund whose members are known."""
    return load_associations()


@shown_calmly()
def page() -> None:
    """Shows the page."""
    st.title(_("Kommuner som er"), anchor=False)
    mark_own_words()
    municipality = choose_municipality()
    records = context().live.current.index.records
    if municipality is None:
        _overview(records)
        return
    around = neighbourhood(municipality, records, places())
    st.set_page_config(page_title=f"{municipality.name} – {_('Kommuner som er')} – Spridbart")
    _home(municipality)
    _used(around)
    _together(municipality, records)
    show_log(records, around)


def _overview(records: Sequence[Initiative]) -> None:
    st.html(
        paragraph(
            _(
                "Välj er kommun, så visar vi vad som används eller har prövats hos er, i kommuner som liknar er och i "
                "länet, vad det ledde till, och vilka ni kan göra något tillsammans med."
            ),
            "sb-lead",
        )
    )
    st.header(_("Kommuner som registret nämner"), anchor=False)
    named = by_municipality(records, places())
    if not named:
        st.html(paragraph(_("Ingen post nämner någon kommun än.")))
        return
    rows = [
        (
            page_link("kommuner", municipality.name, kommun=municipality.name),
            str(len(its)),
            "; ".join(map(_record, its)),
        )
        for municipality, its in named.items()
    ]
    st.html(table(_("Kommuner som registret nämner"), (_("Kommun"), _("Poster"), _("Vad")), rows, numbers=(1,)))


def _home(municipality: Municipality) -> None:
    st.header(municipality.name, anchor=False)
    settings = ", ".join(map(_, municipality.settings))
    st.html(
        facts(
            [
                (_("Län"), escape(places().lan[municipality.lan])),
                (_("Kommungrupp (SKR 2023)"), own_words(escape(f"{municipality.group} {municipality.group_name}"))),
                (_("Invånare (31 december 2025)"), number(municipality.population)),
                (_("Invånare per kvadratkilometer"), _density(municipality)),
                (_("Slags plats"), escape(settings[:1].upper() + settings[1:])),
            ]
        )
        + '<ul class="sb-inline sb-screen">'
        + f"<li>{page_link('./', _('Sök med kommunen vald'), kommun=municipality.name)}</li>"
        + f"<li>{page_link('utforska', _('Utforska länet'), lan=municipality.lan)}</li>"
        + f"<li>{page_link('utforska', _('Utforska kommungruppen'), kommuntyp=municipality.group)}</li></ul>"
    )


def _used(around: Neighbourhood) -> None:
    name = around.municipality.name
    _uses(
        _("Hos er"),
        around.at_home,
        _("Ingen post i registret nämner {name}. Vet ni något som saknas?").format(name=name),
    )
    _uses(
        _("I kommuner som liknar er"),
        around.where_alike,
        _("Ingen post nämner någon av dem."),
        _("Samma kommungrupp och närmast i invånartäthet: {names}.").format(names=_names(around.alike)),
    )
    if around.in_group:
        _uses(_("I andra kommuner i samma kommungrupp"), around.in_group)
    lan = places().lan[around.municipality.lan]
    _uses(
        _("I andra kommuner i länet"), around.in_lan, _("Ingen post nämner någon annan kommun i {lan}.").format(lan=lan)
    )
    if around.regional:
        st.subheader(_("Gäller länet, utan uppgift om kommun"), anchor=False)
        st.html(list_of(_record(record) for record in sorted(around.regional, key=lambda r: swedish_order(r.name))))
    st.subheader(_("I hela landet"), anchor=False)
    words = ngettext("{n} initiativ gäller hela Sverige.", "{n} initiativ gäller hela Sverige.", around.national)
    see = page_link("utforska", _("Se dem i Utforska"), lan=NATIONAL, bara_lan="ja")
    st.html(f"<p>{escape(words.format(n=around.national))} {see}</p>")


def _uses(title: str, found: Sequence[Use], otherwise: str = "", about: str = "") -> None:
    st.subheader(title, anchor=False)
    html = paragraph(about, "sb-meta") if about else ""
    st.html(
        html
        + (list_of(map(_use, found)) if found else f"<p>{escape(otherwise)} {page_link('tipsa', _('Tipsa oss'))}</p>")
    )


def _use(use: Use) -> str:
    tied = _("används eller har prövats i {names}") if use.record.is_tried else _("knyts i källorna till {names}")
    return f"{_record(use.record)}: {escape(tied.format(names=_names(use.municipalities)))}"


def _together(municipality: Municipality, records: Sequence[Initiative]) -> None:
    st.header(_("Göra det tillsammans"), anchor=False)
    by_id = {record.id: record for record in records}
    if _CLUSTER in by_id:
        cluster = by_id[_CLUSTER]
        st.html(f"<p>{initiative_link(cluster.id, cluster.name)}: {own_words(escape(cluster.summary))}</p>")
    association = associations().of(municipality.code)
    if association:
        members = [places().municipalities[code] for code in association.municipalities]
        with own_part("association"):
            st.subheader(association.name, anchor=False)
        source = own_words(link(association.source_address, association.source_title))
        says = f"{own_words(escape(association.says))} {_('Källa')}: {source}."
        st.html(f"<p>{says}</p>" + _gathered(members, records, exactly=association.whole))
    else:
        more = initiative_link(_ASSOCIATIONS, _("Vad ett samordningsförbund är")) if _ASSOCIATIONS in by_id else ""
        words = _("Ingen källa i registret säger vilket samordningsförbund {name} hör till.").format(
            name=municipality.name
        )
        st.html(f"<p>{escape(words)} {more}</p>")
    suggested = companions(municipality, places())
    st.subheader(_("Vårt förslag"), anchor=False)
    st.html(
        paragraph(_("De kommuner i länet som mest liknar er. Det är en uträkning, inte en uppgift om ett samarbete."), "sb-meta")
        + _gathered([municipality, *suggested], records)
    )  # fmt: skip


def _gathered(members: Sequence[Municipality], records: Sequence[Initiative], *, exactly: bool = True) -> str:
    """What these municipalities are together, and what is known among them."""
    size = sum(member.population for member in members)
    words = _("{names}: tillsammans {size} invånare.") if exactly else _("{names}: tillsammans minst {size} invånare.")
    sentence = words.format(names=_names(members), size=number(size))
    found = uses(records, members)
    if not found:
        return paragraph(sentence) + paragraph(_("Inget i registret nämner någon av dem: ni skulle vara först."))
    known = ngettext("{n} post nämner någon av dem:", "{n} poster nämner någon av dem:", len(found)).format(
        n=len(found)
    )
    return paragraph(sentence) + paragraph(known) + list_of(map(_use, found))


def _record(record: Initiative) -> str:
    kind = "" if is_match(record) else f" ({escape(_(record.role))})"
    return initiative_link(record.id, record.name) + kind


def _names(municipalities: Sequence[Municipality]) -> str:
    names = [municipality.name for municipality in municipalities]
    return names[0] if len(names) == 1 else _("{some} och {last}").format(some=", ".join(names[:-1]), last=names[-1])


def _density(municipality: Municipality) -> str:
    return (
        f"{municipality.density:.1f}".replace(".", ",")
        if municipality.density < 100
        else number(round(municipality.density))
    )


page()
