"""Tipsa: a tip of an initiative that is not here, or of something wrong in one that is (?id=). No account is needed."""

from html import escape

import streamlit as st

from registry.address import contact_address
from registry.errors import RegistryError
from registry.inbox.tips import LONGEST, LONGEST_ADDRESS, LONGEST_NAME, MOST_A_VISIT, Tip, TipBox
from registry.initiative import Initiative
from registry.places import swedish_order
from registry.wording import for_visitors
from ui.context import context, places
from ui.editing.duplicates import similar_records
from ui.inbox.visit import visit
from ui.language import _
from ui.markup import initiative_link, page_link, paragraph
from ui.problems import shown_calmly

_SENT, _PROBLEM = "tip sent", "tip problem"


@shown_calmly()
def page() -> None:
    """Shows the page."""
    id = st.query_params.get("id", "")
    record = context().live.current.index.get(id) if id else None
    st.title(_("Föreslå en ändring") if record else _("Tipsa om ett initiativ"), anchor=False)
    if id and record is None:
        st.warning(_("Det finns inget initiativ med beteckningen {id}. Ni kan tipsa om ett nytt här.").format(id=id))
    if st.session_state.get(_SENT) == id:
        _thank(record)
        return
    if record:
        _correction(record)
    else:
        _new()
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(problem)
    _no_personal_data()


def _no_personal_data() -> None:
    contact = contact_address()
    instead = (
        _("Mötesplats Social Innovation ({address})").format(address=contact)
        if contact
        else _("Mötesplats Social Innovation")
    )
    words = _(
        "Skriv inga namn, telefonnummer, e-postadresser eller andra personuppgifter. De sparas inte här. Vill ni bli "
        "kontaktade, skriv till {instead} i stället."
    )
    about = page_link("om", _("Så arbetar redaktionen"))
    st.html(paragraph(words.format(instead=instead), "sb-meta") + f'<p class="sb-meta">{about}</p>')


def _new() -> None:
    st.html(
        paragraph(
            _(
                "Känner ni till en social innovation som borde finnas här? Redaktionen granskar alla tips innan något publiceras."
            ),
            "sb-lead",
        )
    )
    name = st.text_input(_("Vad heter initiativet?"), max_chars=LONGEST_NAME, key="tip name")
    _already_here(name)
    st.text_area(_("Vad är det, och för vem?"), max_chars=LONGEST, height=160, key="tip text")
    codes = sorted(places().municipalities, key=lambda code: swedish_order(places().municipalities[code].name))
    st.selectbox(
        _("I vilken kommun finns det? (frivilligt)"),
        codes,
        index=None,
        format_func=lambda code: places().municipalities[code].name,
        placeholder=_("Välj kommun"),
        key="tip place",
    )
    st.text_input(_("Vilken organisation driver det? (frivilligt)"), max_chars=LONGEST_NAME, key="tip owner")
    st.text_input(_("Webbadress där man kan läsa mer (frivilligt)"), max_chars=LONGEST_ADDRESS, key="tip address")
    st.button(_("Skicka tipset"), type="primary", on_click=_send, args=("",))


def _correction(record: Initiative) -> None:
    st.html(
        f"<p>{escape(_('Det gäller'))} {initiative_link(record.id, record.name)}. "
        f"{escape(_('Redaktionen granskar alla förslag innan något ändras.'))}</p>"
    )
    st.text_area(
        _("Vad stämmer inte, eller saknas, och vad ska det stå?"), max_chars=LONGEST, height=160, key="tip text"
    )
    st.text_input(
        _("Var kan vi läsa det? Webbadress eller rapport (frivilligt)"), max_chars=LONGEST_ADDRESS, key="tip address"
    )
    st.button(_("Skicka förslaget"), type="primary", on_click=_send, args=(record.id,))


def _already_here(name: str) -> None:
    found = similar_records({"name": name})
    if found:
        links = ", ".join(initiative_link(record.id, record.name) for record in found)
        st.html(f'<p role="status">{escape(_("Menar ni något av det här, som redan finns?"))} {links}.</p>')


def _send(id: str) -> None:
    """Sends what stands in the form now; what the last run of the page saw may be older than the text."""
    mine, box = visit("tips", MOST_A_VISIT), TipBox(context().proposals, places())
    try:
        if id:
            box.correct(id, _written("text"), _written("address"), mine)
        else:
            tip = Tip(*(_written(part) for part in ("name", "text", "place", "owner", "address")))
            box.send(tip, mine)
    except RegistryError as error:
        st.session_state[_PROBLEM] = for_visitors(error)
    else:
        st.session_state[_SENT] = id


def _written(part: str) -> str:
    return str(st.session_state.get(f"tip {part}") or "")


def _thank(record: Initiative | None) -> None:
    words = (
        _("Tack. Förslaget är skickat till redaktionen.") if record else _("Tack. Tipset är skickat till redaktionen.")
    )
    back = initiative_link(record.id, _("Tillbaka till initiativet")) if record else page_link("./", _("Till Hitta"))
    st.html(
        f'<div class="sb-calm"><p role="status"><strong>{escape(words)}</strong> '
        f"{escape(_('Det syns i registret först när någon har granskat det.'))}</p><p>{back}</p></div>"
    )
    st.button(_("Skriv ett till"), on_click=_again)


def _again() -> None:
    for key in (_SENT, "tip name", "tip text", "tip place", "tip owner", "tip address"):
        st.session_state.pop(key, None)


page()
