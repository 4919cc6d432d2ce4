"""Signing in with a real OpenID Connect provider, in a real browser: in, out, too old, and with a role taken away."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from registry.backups.backup import read_manifest
from tests.browser.conftest import CHROMIUM, FLAGS, ROOT, Service

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SLOW = 60_000
NAME = "Namn (måste fyllas i)"


@pytest.fixture
def window(chromium: Browser, service: Service) -> Iterator[BrowserContext]:
    """A browser with no cookies, at the app where people sign in."""
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, base_url=service.address)
    context.set_default_timeout(SLOW)
    yield context
    context.close()


def tell_provider(service: Service, path: str, method: str, claims: dict[str, object] | None = None) -> None:
    body = json.dumps(claims or {}).encode()
    request = urllib.request.Request(
        f"{service.provider}/{path}", data=body, method=method, headers={"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=20).close()


def ready(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=SLOW)


def sign_in(window: BrowserContext, service: Service, sub: str, path: str = "/redaktion", **claims: object) -> Page:
    """Signs ``sub`` in from the page at ``path``; ``claims`` are what the provider says of them from now on."""
    tell_provider(service, f"users/{sub}", "PUT", {"email": f"{sub}@example.org", **claims})
    page = window.new_page()
    page.goto(path)
    page.get_by_role("button", name="Logga in").click()
    page.locator("input[name=sub]").fill(sub)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"**{path}", timeout=SLOW)
    ready(page)
    return page


def begin_draft(page: Page, name: str) -> None:
    """Opens the form for a new initiative and fills in its name, which is saved at once."""
    page.get_by_role("button", name="Lägg till initiativ").click()
    page.get_by_label(NAME).fill(name)
    page.get_by_label(NAME).press("Tab")
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible(timeout=SLOW)
    expect(page.get_by_text(re.compile(r"Sparat \d"))).to_be_visible()


def test_in_and_out_again(window: BrowserContext, service: Service) -> None:
    """Back on the same page with the role that the provider gives; signing out reaches the other windows too."""
    page = sign_in(window, service, "anna", path="/redaktion?sprak=sv", name="Anna Berg", groups=["annat", "red"])
    expect(page.get_by_text("Inloggad som Anna Berg, redaktör.")).to_be_visible()
    assert "anna@example.org" not in page.content()
    assert Axe().run(page).violations_count == 0
    cookie = next(one for one in window.cookies() if one["name"] == "_streamlit_user")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    other = window.new_page()
    other.goto("/redaktion")
    expect(other.get_by_text("Inloggad som Anna Berg, redaktör.")).to_be_visible()
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="End session").click()
    page.goto("/redaktion")
    expect(page.get_by_text("Ni är inte inloggad")).to_be_visible()
    assert not [one for one in window.cookies() if one["name"].startswith("_streamlit_user")]
    other.get_by_role("button", name="Lägg till initiativ").click()
    expect(other.get_by_text("Er inloggning har gått ut")).to_be_visible()


def test_an_expired_sign_in_writes_nothing_and_loses_nothing(window: BrowserContext, service: Service) -> None:
    """What was typed stays; after a new sign-in in another tab it is saved, and a lost cookie leaves the draft."""
    page = sign_in(window, service, "bo", name="Bo Ek", groups="bidrag")
    begin_draft(page, "Odling i parken")
    tell_provider(service, "users/bo/revoke-tokens", "POST")
    page.get_by_label(NAME).fill("Odling i hela parken")
    page.get_by_label(NAME).press("Tab")
    expect(page.get_by_text("Er inloggning har gått ut")).to_be_visible()
    expect(page.get_by_text("Odling i hela parken")).to_be_visible()

    sign_in(window, service, "bo", name="Bo Ek", groups="bidrag").close()
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_label(NAME)).to_have_value("Odling i hela parken")
    page.get_by_role("button", name="Försök spara igen").click()
    expect(page.get_by_text(re.compile(r"Sparat \d"))).to_be_visible()

    window.clear_cookies(name=re.compile("^_streamlit_user"))
    page.reload()
    expect(page.get_by_text("Ni är inte inloggad")).to_be_visible()
    expect(page.get_by_label(NAME)).to_have_count(0)
    draft = page.url.removeprefix(service.address)
    again = sign_in(window, service, "bo", path=draft, name="Bo Ek", groups="bidrag")
    expect(again.get_by_label(NAME)).to_have_value("Odling i hela parken")


def test_a_role_taken_from_the_list_while_the_form_is_open(window: BrowserContext, service: Service) -> None:
    """The next change is refused in words and the text is kept; with the role back it can be saved."""
    plain = service.secrets.read_text(encoding="utf-8")
    service.secrets.write_text(f'{plain}\n[spridbart.roles]\ncarin = "redaktör"\n', encoding="utf-8")
    page = sign_in(window, service, "carin", name="Carin Dal")
    expect(page.get_by_text("Inloggad som Carin Dal, redaktör.")).to_be_visible()
    begin_draft(page, "Språkkafé")
    service.secrets.write_text(plain, encoding="utf-8")
    page.get_by_label(NAME).fill("Språkkafé på biblioteket")
    page.get_by_label(NAME).press("Tab")
    expect(page.get_by_text("men utan roll i Spridbart")).to_be_visible()
    expect(page.get_by_text("Språkkafé på biblioteket")).to_be_visible()
    service.secrets.write_text(f'{plain}\n[spridbart.roles]\ncarin = "bidragsgivare"\n', encoding="utf-8")
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_label(NAME)).to_have_value("Språkkafé på biblioteket")
    page.get_by_role("button", name="Försök spara igen").click()
    expect(page.get_by_text(re.compile(r"Sparat \d"))).to_be_visible()
    service.secrets.write_text(plain, encoding="utf-8")


def test_a_role_taken_by_the_provider_and_a_provider_that_says_nothing(
    window: BrowserContext, service: Service
) -> None:
    """The claim is asked for anew at each change; a secrets file with a slip in it shuts the door, in words."""
    page = sign_in(window, service, "dag", name="Dag Fors", groups=["red"])
    expect(page.get_by_text("Inloggad som Dag Fors, redaktör.")).to_be_visible()
    tell_provider(service, "users/dag", "PUT", {"name": "Dag Fors", "groups": []})
    page.get_by_role("button", name="Lägg till initiativ").click()
    expect(page.get_by_text("men utan roll i Spridbart")).to_be_visible()
    tell_provider(service, "users/dag", "PUT", {"name": "Dag Fors", "groups": ["chef"]})
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_text("Inloggad som Dag Fors, administratör.")).to_be_visible()
    plain = service.secrets.read_text(encoding="utf-8")
    service.secrets.write_text(f"{plain}\nslip", encoding="utf-8")
    page.get_by_role("button", name="Lägg till initiativ").click()
    expect(page.get_by_text("Det gick inte att kontrollera er roll")).to_be_visible()
    service.secrets.write_text(plain, encoding="utf-8")


def test_ones_own_machine_is_not_anybody_elses(chromium: Browser, own_machine: str) -> None:
    """Whoever runs the app edits without signing in; a page that points its own name at this machine only reads."""
    port = own_machine.rpartition(":")[2]
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, "--host-resolver-rules=MAP elak.example 127.0.0.1"]
    )
    page = browser.new_page(locale="sv-SE")
    page.goto(f"{own_machine}/redaktion")
    expect(page.get_by_text("Ni redigerar som Anna Berg, administratör, utan inloggning")).to_be_visible(timeout=SLOW)
    page.goto(f"http://elak.example:{port}/redaktion")
    expect(page.get_by_text("Registret går att läsa men inte att ändra.")).to_be_visible(timeout=SLOW)
    browser.close()


def test_a_backup_is_taken_while_the_app_runs(service: Service, tmp_path: Path) -> None:
    """The command gets its copy from the app that holds the database, proves it, and exits with 0."""
    command = [sys.executable, "-m", "registry", "backup", str(tmp_path)]
    environment = {**os.environ, "SPRIDBART_HOME": str(service.home)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    [backup] = tmp_path.glob("*.zip")
    rows = {table.name: table.rows for table in read_manifest(backup).tables}
    assert rows["initiative"] >= 82
    assert {"revision", "proposal", "feedback", "erasure"} <= set(rows)
