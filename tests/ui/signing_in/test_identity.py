"""Who may write: each decision as a table, and that whatever cannot be found out gives no leave."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from registry.editing.access import Duty
from registry.errors import DutyUnknown
from ui.signing_in.duties import (
    Rules,
    claimed_duty,
    display_name,
    is_from_this_machine,
    lasts,
    listed_duty,
    read_secrets,
)
from ui.signing_in.provider import claims_now
from ui.signing_in.sign_ins import SignIns

EDITOR, ADMINISTRATOR, CONTRIBUTOR = Duty.EDITOR, Duty.ADMINISTRATOR, Duty.CONTRIBUTOR
NOW = 1_800_000_000.0
AUTH = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "en hemlighet som är lång nog, minst 32"
client_id = "spridbart"
client_secret = "hemlig"
server_metadata_url = "http://localhost:9/.well-known/openid-configuration"
"""


@pytest.fixture(autouse=True)
def _fresh_app() -> None:
    """In place of the shared one: nothing here opens the registry."""
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The secrets file that is read; there is none at first."""
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    yield tmp_path / "secrets.toml"
    config.set_option("secrets.files", before)


LISTED = {"anna": EDITOR, "Bo@msi.example": CONTRIBUTOR}


@pytest.mark.parametrize(
    ("user", "duty"),
    [
        ({"sub": "anna"}, EDITOR),
        ({"sub": "Anna"}, None),
        ({"sub": "x", "email": "bo@MSI.example", "email_verified": True}, CONTRIBUTOR),
        ({"sub": "x", "email": "bo@msi.example", "email_verified": "true"}, CONTRIBUTOR),
        ({"sub": "x", "email": "bo@msi.example"}, None),
        ({"sub": "x", "email": "bo@msi.example", "email_verified": False}, None),
        ({"sub": "x", "email": "bo@msi.example", "email_verified": 1.5}, None),
        ({"sub": "x", "email": "anna", "email_verified": True}, None),
        ({"sub": "x", "email": "", "email_verified": True}, None),
        ({"sub": "x"}, None),
    ],
)
def test_the_list_gives_a_duty_to_a_subject_or_a_confirmed_address(user: dict[str, Any], duty: Duty | None) -> None:
    """A subject is compared to the letter; an address the provider has not confirmed counts for nothing."""
    assert listed_duty(user, LISTED) is duty


@pytest.mark.parametrize(
    ("groups", "duty"),
    [
        ("red", EDITOR),
        (["red", "chef", "annat"], ADMINISTRATOR),
        (["chef", "red"], ADMINISTRATOR),
        (["annat"], None),
        ([], None),
        (None, None),
        ({"red": True}, None),
        ([["red"], 7], None),
        ("redaktör", None),
    ],
)
def test_the_claim_gives_the_highest_duty_of_its_values(groups: object, duty: Duty | None) -> None:
    """Only values that the operator has named give anything, whatever shape the provider sends."""
    rules = Rules(role_claim="groups", claim_roles={"red": EDITOR, "chef": ADMINISTRATOR})
    assert claimed_duty({"sub": "x", "groups": groups}, rules) is duty


@pytest.mark.parametrize(
    ("signed_in", "still"),
    [(NOW, True), (NOW - 3599, True), (NOW - 3600, False), (NOW + 60, True), (NOW + 3600, False), (None, False), ("1", False)],
)  # fmt: skip
def test_a_sign_in_lasts_its_hours(signed_in: object, still: bool) -> None:
    """Too old, from the future, or without a time: it is over."""
    assert lasts({"sub": "x", "iat": signed_in}, NOW, 1) is still


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"sub": "x", "name": " Anna \n Berg "}, "Anna Berg"),
        ({"sub": "x", "name": "anna@msi.example"}, "x"),
        ({"sub": "anna@msi.example"}, "anna"),
        ({"sub": "x", "name": "A" * 200}, "A" * 80),
    ],
)
def test_the_name_in_the_history_is_never_an_address(user: dict[str, Any], name: str) -> None:
    """The display name, or the subject; no e-mail address whichever the provider puts where."""
    assert display_name(user) == name


HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize(
    ("headers", "address", "here"),
    [
        (HERE, None, True),
        (HERE, "127.0.0.1", True),
        (HERE, "127.8.9.1", True),
        (HERE, "::1", True),
        ({"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}, None, True),
        ({"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}, None, True),
        (HERE, "10.0.0.7", False),
        (HERE, "inte en adress", False),
        ({"Host": "elak.example:8501", "Origin": "http://elak.example:8501"}, None, False),
        ({"Host": "localhost:8501", "Origin": "https://spridbart.example"}, None, False),
        ({"Host": "localhost:8501"}, None, False),
        ({"Host": "localhost.elak.example", "Origin": "http://localhost.elak.example"}, None, False),
        ({"Host": "[", "Origin": "http://["}, None, False),
        ({}, None, False),
        *(
            ({**HERE, name: "127.0.0.1"}, None, False)
            for name in ("X-Forwarded-For", "x-forwarded-host", "Forwarded", "X-Real-Ip", "Via", "CF-Connecting-IP")
        ),
    ],
)
def test_only_this_machine_itself_is_this_machine(headers: dict[str, str], address: str | None, here: bool) -> None:
    """A stranger, a proxy, or another site's page that points its name here, does not count as this machine."""
    assert is_from_this_machine(headers, address) is here


@pytest.mark.parametrize(
    "text",
    [
        "[auth",
        "[auth]\nclient_id = 'x'",
        AUTH.replace("en hemlighet som är lång nog, minst 32", "kort"),
        AUTH + "[spridbart.roles]\nanna = 'redaktor'",
        AUTH + "[spridbart]\nroll_claim = 'groups'",
        AUTH + "[spridbart]\nrole_claim = 'groups'",
        AUTH + "[spridbart]\nsign_in_hours = 0",
        "auth = 7",
    ],
)
def test_what_cannot_be_meant_gives_nobody_a_duty(secrets: Path, text: str) -> None:
    """A slip in the secrets file shuts the door; the secrets themselves do not get into the error."""
    secrets.write_text(text, encoding="utf-8")
    with pytest.raises(DutyUnknown) as failure:
        read_secrets([str(secrets)])
    assert "hemlig" not in failure.value.detail


def test_the_list_is_read_anew_each_time(secrets: Path) -> None:
    """A role taken out of the file is gone at the next look."""
    secrets.write_text(f"{AUTH}[spridbart.roles]\nanna = 'redaktör'", encoding="utf-8")
    assert read_secrets([str(secrets)]).spridbart.roles == {"anna": EDITOR}
    secrets.write_text(AUTH, encoding="utf-8")
    assert read_secrets([str(secrets)]).spridbart.roles == {}


def sign_in(sub: str, at: float, nonce: str = "") -> dict[str, Any]:
    return {"sub": sub, "iat": at, "nonce": nonce}


def test_signing_out_in_one_window_reaches_the_others() -> None:
    """The sign-in that was ended counts nowhere; a new one of the same person does, also in the old window."""
    known = SignIns()
    first, second = sign_in("anna", NOW, "1"), sign_in("anna", NOW, "2")
    assert known.current(first, "b", NOW, 1) == first
    known.end(first)
    assert known.current(first, "b", NOW, 1) is None
    assert known.current(second, "b", NOW, 1) == second
    assert known.current(first, "b", NOW, 1) == second


def test_a_new_sign_in_gives_life_to_an_old_window_only_in_the_same_browser() -> None:
    """Not in another browser, not for another person, and not where the browser is unknown."""
    known = SignIns()
    old, new = sign_in("anna", NOW - 9999), sign_in("anna", NOW)
    assert known.current(old, "b", NOW, 1) is None
    assert known.current(new, "b", NOW, 1) == new
    assert known.current(old, "b", NOW, 1) == new
    assert known.current(old, "annan", NOW, 1) is None
    assert known.current(old, "", NOW, 1) is None
    assert known.current(sign_in("bo", NOW - 9999), "b", NOW, 1) is None


class _Provider(BaseHTTPRequestHandler):
    """Answers with what the test has put in ``answers``, by path."""

    answers: dict[str, tuple[int, Any]]

    def do_GET(self) -> None:
        status, body = self.answers.get(self.path, (404, {}))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def provider() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Provider)
    address = f"http://127.0.0.1:{server.server_port}"
    _Provider.answers = {"/meta": (200, {"userinfo_endpoint": f"{address}/me"})}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


ANNA = {"sub": "anna", "tokens": {"access": "t"}}


def test_the_provider_is_asked_each_time(provider: str) -> None:
    """What it says now counts; where it no longer takes the token, the sign-in is over."""
    _Provider.answers["/me"] = 200, {"sub": "anna", "groups": ["red"]}
    assert claims_now(f"{provider}/meta", ANNA) == {"sub": "anna", "groups": ["red"]}
    _Provider.answers["/me"] = 200, {"sub": "anna", "groups": []}
    assert claims_now(f"{provider}/meta", ANNA) == {"sub": "anna", "groups": []}
    _Provider.answers["/me"] = 401, {}
    assert claims_now(f"{provider}/meta", ANNA) is None


@pytest.mark.parametrize("answer", [(500, {}), (200, {"sub": "bo"}), (200, ["anna"]), (302, {})])
def test_a_provider_that_does_not_answer_gives_no_duty(provider: str, answer: tuple[int, Any]) -> None:
    """An error, another person's claims, or something else than claims: the duty is unknown."""
    _Provider.answers["/me"] = answer
    with pytest.raises(DutyUnknown):
        claims_now(f"{provider}/meta", ANNA)


def test_a_provider_that_is_gone_gives_no_duty() -> None:
    """So does a sign-in without a token to ask with."""
    with pytest.raises(DutyUnknown):
        claims_now("http://127.0.0.1:9/meta", ANNA)
    with pytest.raises(DutyUnknown):
        claims_now("http://127.0.0.1:9/meta", {"sub": "anna"})


def shown(user: dict[str, Any] | None = None) -> tuple[str, list[str], object]:
    """The sign-in row's words and buttons for somebody with these claims, and the person found."""

    def page() -> None:
        import streamlit as st

        from ui.signing_in.identity import current_person, sign_in_row

        sign_in_row()
        st.session_state["person"] = current_person()

    app = AppTest.from_function(page, default_timeout=60)
    app.user = user or {}
    app.run()
    assert not app.exception
    words = " ".join(element.proto.body for element in app.get("html"))
    return words, [button.label for button in app.button], app.session_state["person"]


def test_the_row_says_who_may_write_and_why_not(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each case has words and the button that helps; whoever may only read is nobody to the core."""
    monkeypatch.setattr("time.time", lambda: NOW)
    anna = {"is_logged_in": True, "sub": "anna", "name": "Anna <b>", "email": "anna@msi.example", "iat": NOW}
    assert shown() == (
        '<p class="sb-sign-in" role="status">Inloggning är inte inställd här. Registret går att läsa men inte att ändra.</p>',
        [],
        None,
    )
    assert shown(anna)[2] is None
    secrets.write_text(AUTH, encoding="utf-8")
    words, buttons, person = shown({"is_logged_in": False})
    assert ("inte inloggad" in words, buttons, person) == (True, ["Logga in"], None)
    words, buttons, person = shown(anna)
    assert ("utan roll" in words, buttons, person) == (True, ["Försök igen", "Logga ut"], None)
    assert "anna@msi" not in words
    words, buttons, person = shown({**anna, "iat": NOW - 13 * 3600})
    assert ("gått ut" in words, buttons, person) == (True, ["Logga in", "Försök igen"], None)
    secrets.write_text(f"{AUTH}[spridbart.roles]\nanna = 'redaktör'", encoding="utf-8")
    words, buttons, person = shown(anna)
    assert ("Inloggad som Anna &lt;b&gt;, redaktör." in words, buttons) == (True, ["Logga ut"])
    assert str(person) == "Person(name='Anna <b>', duty=<Duty.EDITOR: 'redaktör'>)"
    secrets.write_text(f"{AUTH}[spridbart.roles]\nanna = 'fel'", encoding="utf-8")
    words, buttons, person = shown(anna)
    assert ("kontrollera er roll" in words, buttons, person) == (True, ["Försök igen", "Logga ut"], None)


def test_a_name_in_the_environment_is_not_enough(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a request that is known to come from this machine nobody edits, and never where sign-in is set up."""
    monkeypatch.setenv("SPRIDBART_LOCAL_EDITOR", "Anna")
    assert shown()[2] is None
    secrets.write_text(AUTH, encoding="utf-8")
    assert shown()[2] is None
