"""Which duty a signed-in person has, and which requests come straight from this machine. Pure decisions, no page.

The operator's list in the secrets, or a claim of the provider's, gives the duty. Whatever cannot be read gives none.
"""

import tomllib
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from registry.editing.access import Duty
from registry.errors import DutyUnknown

_HERE = {"localhost", "127.0.0.1", "::1"}
_FORWARDED = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"}
_MOST_LETTERS = 80
_CLOCKS_DIFFER = 300.0  # seconds by which the provider's clock may be ahead of ours
User = Mapping[str, Any]


class Provider(BaseModel):
    """What ``[auth]`` in the secrets must hold; Streamlit reads the rest of it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    redirect_uri: str
    cookie_secret: Annotated[str, Field(min_length=32)]
    client_id: str
    client_secret: str
    server_metadata_url: str
    expose_tokens: str | tuple[str, ...] = ()


class Rules(BaseModel):
    """``[spridbart]`` in the secrets: who has which duty, and for how long a sign-in counts.

    ``roles`` maps a subject or a confirmed e-mail address to a duty. ``claim_roles`` maps a value of the claim
    ``role_claim`` to one; it holds for those who are not in ``roles``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: Mapping[str, Duty] = Field(default_factory=dict)
    role_claim: str = ""
    claim_roles: Mapping[str, Duty] = Field(default_factory=dict)
    sign_in_hours: Annotated[float, Field(gt=0)] = 12


class Secrets(BaseModel):
    """The part of the secrets that signing in needs; ``auth`` is None where it is not set up."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    auth: Provider | None = None
    spridbart: Rules = Rules()


def read_secrets(paths: Iterable[str]) -> Secrets:
    """The secrets as the files say now; a later file replaces whole sections of an earlier one, as in Streamlit.

    Raises:
        DutyUnknown: a file cannot be read or says something that cannot be meant.
    """
    found: dict[str, Any] = {}
    for path in map(Path, paths):
        if path.suffix != ".toml":
            raise DutyUnknown(f"{path}: only .toml files can say who has which duty")
        try:
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise DutyUnknown(f"{path}: {error}") from error
    try:
        secrets = Secrets.model_validate(found)
    except ValidationError as error:
        raise DutyUnknown(_without_values(error)) from error
    if secrets.spridbart.role_claim and secrets.auth and "access" not in secrets.auth.expose_tokens:
        raise DutyUnknown('role_claim needs expose_tokens = ["access"] under [auth]')
    return secrets


def listed_duty(user: User, roles: Mapping[str, Duty]) -> Duty | None:
    """The duty the list gives this person, by subject or else by an e-mail address that the provider has confirmed.

    An unconfirmed address counts for nothing: with some providers a person can write any address there.
    """
    if user["sub"] in roles:
        return roles[user["sub"]]
    if user.get("email_verified") not in (True, "true"):
        return None
    email = str(user.get("email", "")).casefold()
    return next((duty for key, duty in roles.items() if "@" in key and key.casefold() == email), None)


def claimed_duty(claims: User, rules: Rules) -> Duty | None:
    """The highest duty among the values of the claim."""
    values = claims.get(rules.role_claim)
    held = [values] if isinstance(values, str) else values if isinstance(values, list) else []
    duties = [rules.claim_roles[value] for value in held if isinstance(value, str) and value in rules.claim_roles]
    return max(duties, key=list(Duty).index, default=None)


def lasts(user: User, now: float, hours: float) -> bool:
    """Whether the sign-in is recent enough, by the time (``iat``, seconds) that the provider wrote into it."""
    signed_in = user.get("iat")
    if not isinstance(signed_in, int | float):
        return False
    return -_CLOCKS_DIFFER <= now - signed_in < hours * 3600


def display_name(user: User) -> str:
    """The name that stands in the history: never an e-mail address."""
    name = " ".join(str(user.get("name", "")).split())
    if not name or "@" in name:
        name = str(user["sub"]).partition("@")[0]
    return name[:_MOST_LETTERS]


def is_from_this_machine(headers: Mapping[str, str], address: str | None) -> bool:
    """Whether a browser on this very machine asked, and asked us, with nothing in between.

    ``address`` is the caller's (None for loopback, as Streamlit says it). ``Host`` and ``Origin`` must be names of
    this machine too: otherwise another site's page could point its own name here (DNS rebinding), and a proxy that
    adds no header could pass strangers on.
    """
    asked = {name.lower(): value for name, value in headers.items()}
    if any(name in _FORWARDED or name.startswith("x-forwarded") for name in asked):
        return False
    if address is not None and not _is_loopback(address):
        return False
    return _host(f"//{asked.get('host', '')}") in _HERE and _host(asked.get("origin", "")) in _HERE


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _without_values(error: ValidationError) -> str:
    """What is wrong and where; the values stay out of it, for some of them are secret."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_input=False))
