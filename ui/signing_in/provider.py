"""Asks the provider that people sign in with what it says of a person now."""

import httpx
import streamlit as st

from registry.errors import DutyUnknown
from ui.signing_in.duties import User

_SECONDS = 5.0
_REFUSED = (400, 401, 403)  # providers differ in how they say that a token is no longer taken


def claims_now(metadata_address: str, user: User) -> User | None:
    """What the provider's userinfo endpoint (OpenID Connect Core 1.0, 5.3) says; None when the sign-in is over there.

    Raises:
        DutyUnknown: the provider does not answer, or not about this person.
    """
    token = user.get("tokens", {}).get("access")
    if not token:
        raise DutyUnknown("the provider gave no access token")
    try:
        answer = httpx.get(
            _userinfo_address(metadata_address), headers={"Authorization": f"Bearer {token}"}, timeout=_SECONDS
        )
        if answer.status_code in _REFUSED:
            return None
        claims = answer.raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise DutyUnknown(f"{type(error).__name__}: {error}") from error
    if not isinstance(claims, dict) or claims.get("sub") != user["sub"]:
        raise DutyUnknown("the provider answered about somebody else")
    return claims


@st.cache_data(ttl=3600, show_spinner=False)
def _userinfo_address(metadata_address: str) -> str:
    found = httpx.get(metadata_address, timeout=_SECONDS).raise_for_status().json()
    address = found.get("userinfo_endpoint") if isinstance(found, dict) else None
    if not isinstance(address, str):
        raise DutyUnknown(f"{metadata_address} names no userinfo_endpoint")
    return address
