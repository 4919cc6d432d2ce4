"""Who is at the page, and what they may do: found out anew at each call, for the sign-in outlives a duty."""

import logging
import os
import time
from dataclasses import dataclass
from enum import Enum, auto
from html import escape

import streamlit as st

from registry.editing.access import Duty, Person
from registry.errors import DutyUnknown
from ui.context import context
from ui.language import _
from ui.signing_in.duties import (
    Secrets,
    User,
    claimed_duty,
    display_name,
    is_from_this_machine,
    listed_duty,
    read_secrets,
)
from ui.signing_in.provider import claims_now
from ui.signing_in.sign_ins import SignIns

LOCAL_EDITOR = "SPRIDBART_LOCAL_EDITOR"
BROWSER_COOKIE = "spridbart_browser"
_log = logging.getLogger(__name__)


class Why(Enum):
    """Why somebody may write here, or may not."""

    SIGNED_IN = auto()
    OWN_MACHINE = auto()
    SIGNED_OUT = auto()
    EXPIRED = auto()
    NO_DUTY = auto()
    NOT_FOUND_OUT = auto()
    NOT_SET_UP = auto()


@dataclass(frozen=True)
class Standing:
    """What was found out about whoever is at the page. ``user`` are the provider's claims, {} for nobody."""

    why: Why
    person: Person | None
    user: User


def current_person() -> Person | None:
    """The person at the page with the duty they have now, or None for whoever may only read.

    Nothing is remembered between calls. None also where the duty cannot be found out; ``sign_in_row`` says why.
    """
    return _standing().person


def sign_in_row() -> None:
    """Shows who is signed in and the way in or out."""
    standing = _standing()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sign-in"):
        st.html(f'<p class="sb-sign-in" role="status">{escape(_words(standing))}</p>', width="content")
        if standing.why in (Why.SIGNED_OUT, Why.EXPIRED):
            st.button(_("Logga in"), key="sign-in-button", on_click=st.login)
        if standing.why in (Why.EXPIRED, Why.NO_DUTY, Why.NOT_FOUND_OUT):
            st.button(_("Försök igen"), key="again-button")
        if standing.user and standing.why is not Why.EXPIRED:
            st.button(_("Logga ut"), key="sign-out-button", type="tertiary", on_click=_sign_out, args=(standing.user,))


def _words(standing: Standing) -> str:
    match standing.why:
        case Why.SIGNED_IN:
            words = _("Inloggad som {name}, {duty}.")
        case Why.OWN_MACHINE:
            words = _("Ni redigerar som {name}, {duty}, utan inloggning: bara på den här datorn ({variable}).")
        case Why.SIGNED_OUT:
            words = _("Ni är inte inloggad. Alla kan läsa; för att ändra något behöver ni logga in.")
        case Why.EXPIRED:
            words = _(
                "Er inloggning har gått ut. Sparade utkast finns kvar. Har ni text på sidan som inte är sparad: "
                "öppna en ny flik, logga in där och tryck sedan på Försök igen här."
            )
        case Why.NO_DUTY:
            words = _(
                "Inloggad som {name}, men utan roll i Spridbart: ni kan bara läsa. Sparade utkast finns kvar. Be den som "
                "driver tjänsten om en roll och uppge er beteckning: {subject}"
            )
        case Why.NOT_FOUND_OUT:
            words = _(
                "Det gick inte att kontrollera er roll, så inget kan ändras just nu. Sparade utkast finns kvar, och det ni "
                "har skrivit på sidan. Vänta en stund och försök igen."
            )
        case Why.NOT_SET_UP:
            words = _("Inloggning är inte inställd här. Registret går att läsa men inte att ändra.")
    person = standing.person
    return words.format(
        name=person.name if person else standing.user and display_name(standing.user),
        duty=person.duty if person else "",
        subject=standing.user.get("sub", ""),
        variable=LOCAL_EDITOR,
    )


def _standing() -> Standing:
    try:
        secrets = read_secrets(st.get_option("secrets.files"))
        return _by_provider(secrets) if secrets.auth else _by_machine()
    except DutyUnknown as error:
        _log.warning("nobody may write: %s", error.detail)
        return Standing(Why.NOT_FOUND_OUT, None, _signed_in_user())


def _by_provider(secrets: Secrets) -> Standing:
    """Raises DutyUnknown where the provider must be asked and does not answer."""
    opened_with = _signed_in_user()
    if not opened_with:
        return Standing(Why.SIGNED_OUT, None, {})
    browser = st.context.cookies.to_dict().get(BROWSER_COOKIE, "")
    user = _sign_ins().current(opened_with, browser, time.time(), secrets.spridbart.sign_in_hours)
    if user is None:
        return Standing(Why.EXPIRED, None, opened_with)
    duty = listed_duty(user, secrets.spridbart.roles)
    if duty is None and secrets.auth and secrets.spridbart.role_claim:
        claims = claims_now(secrets.auth.server_metadata_url, user)
        if claims is None:
            return Standing(Why.EXPIRED, None, user)
        duty = claimed_duty(claims, secrets.spridbart)
    if duty is None:
        return Standing(Why.NO_DUTY, None, user)
    name = context().names.name_of(f"{user.get('iss', '')}|{user['sub']}", display_name(user))
    return Standing(Why.SIGNED_IN, Person(name, duty), user)


def _by_machine() -> Standing:
    name = " ".join(os.environ.get(LOCAL_EDITOR, "").split())
    if name and is_from_this_machine(st.context.headers.to_dict(), st.context.ip_address):
        return Standing(Why.OWN_MACHINE, Person(name, Duty.ADMINISTRATOR), {})
    return Standing(Why.NOT_SET_UP, None, {})


def _signed_in_user() -> User:
    """The claims that the window was opened with; ``st.user.is_logged_in`` itself raises where nothing is set up."""
    user = st.user.to_dict()
    return user if user.get("is_logged_in") is True and user.get("sub") else {}


@st.cache_resource(show_spinner=False)
def _sign_ins() -> SignIns:
    return SignIns()


def _sign_out(user: User) -> None:
    _sign_ins().end(user)
    st.logout()
