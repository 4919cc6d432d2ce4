"""The editorial desk in a real browser: from a tip of the pen to the matcher, and what is kept when things break."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import CHROMIUM, FLAGS, Service, free_port, running
from tests.browser.test_sign_in import ready, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAME, SUMMARY = "Namn (måste fyllas i)", "Vad det är (måste fyllas i)"
SAVED = re.compile(r"Sparat \d\d:\d\d")


@contextmanager
def a_window(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900}, base_url=address)
    context.set_default_timeout(60_000)
    yield context
    context.close()


def opened(page: Page, path: str) -> Page:
    page.goto(path)
    expect(page.locator("h1").first).to_be_visible()
    ready(page)
    return page


def begin(page: Page) -> str:
    """Begins a proposal; gives its address."""
    opened(page, "/redaktion").get_by_role("button", name="Lägg till initiativ").click()
    expect(page.get_by_text("Steg 1 av 7")).to_be_visible()
    ready(page)
    return page.url


def write(page: Page, label: str, text: str) -> None:
    """Writes in the field and goes on by Tab, until the page says that it is saved."""
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Tab")
    ready(page)
    expect(page.get_by_text(SAVED)).to_be_visible()


def step(page: Page, title: str) -> None:
    page.get_by_role("button", name=re.compile(f"^(Vidare|Tillbaka): {title}")).click()
    expect(page.get_by_role("heading", level=2, name=re.compile(f"Steg . av 7: {title}"))).to_be_focused()
    ready(page)


def decide(page: Page, button: str, words: str = "") -> None:
    page.get_by_label("Kommentar eller motivering").fill(words)
    page.get_by_role("button", name=button).click()


def test_from_an_entry_to_the_matcher_and_back_to_an_earlier_version(chromium: Browser, service: Service) -> None:
    """Bo adds an initiative, is warned of a duplicate, and sends it in; Eva sends it back, approves, and restores."""
    with a_window(chromium, service.address) as bos, a_window(chromium, service.address) as evas:
        bo = sign_in(bos, service, "bo-ek", name="Bo Ek", groups="bidrag")
        draft = begin(bo)
        write(bo, NAME, "Jobbspranget")
        expect(bo.get_by_text("Det här kan finnas redan")).to_be_visible()
        write(bo, NAME, "Grannköket vid torget")
        expect(bo.get_by_text("Det här kan finnas redan")).to_have_count(0)
        bo.get_by_label("Form (måste fyllas i)").click()
        bo.get_by_role("option", name="Verksamhet").click()
        write(bo, SUMMARY, "Tonåringar och ensamma äldre lagar middag ihop i kvarterets kök.")
        for title in ("Målgrupp och tema", "Plats", "Så fungerar det"):
            step(bo, title)
        write(bo, "Beskrivning (måste fyllas i)", "En kväll i veckan lagar grannar mat tillsammans och äter den ihop.")
        for title in ("Spridning", "Källor", "Granska"):
            step(bo, title)
        bo.get_by_role("button", name="Skicka till granskning").click()
        expect(bo.get_by_text("skickat till granskning")).to_be_visible()

        eva = sign_in(evas, service, "eva-berg", name="Eva Berg", groups="red")
        opened(eva, "/redaktion?lista=granska")
        eva.get_by_role("link", name="Grannköket vid torget").click()
        decide(eva, "Skicka tillbaka", "Skriv några situationer.")
        expect(eva.get_by_text("skickat tillbaka till Bo Ek")).to_be_visible()

        opened(bo, "/redaktion?lista=tillbaka").get_by_role("link", name="Grannköket vid torget").click()
        expect(bo.get_by_text("Skriv några situationer.")).to_be_visible()
        opened(bo, f"{draft}&steg=M%C3%A5lgrupp+och+tema")
        write(bo, "Situationer", "Grannen äter ensam varje kväll.\nTonåringarna hänger i trapphuset.")
        opened(bo, f"{draft}&steg=Granska")
        bo.get_by_role("button", name="Skicka till granskning").click()
        expect(bo.get_by_text("skickat till granskning")).to_be_visible()

        opened(eva, "/redaktion?lista=granska").get_by_role("link", name="Grannköket vid torget").click()
        expect(eva.get_by_text("Grannen äter ensam varje kväll.").first).to_be_visible()
        decide(eva, "Godkänn och publicera")
        expect(eva.get_by_text("är publicerat och finns i sökningen")).to_be_visible()
        opened(eva, "/?q=grannar+lagar+mat+tillsammans+med+ensamma+%C3%A4ldre")
        expect(eva.get_by_role("link", name="Grannköket vid torget")).to_be_visible()

        opened(eva, "/initiativ?id=grannkoket-vid-torget").get_by_role("button", name="Föreslå ändring").click()
        write(eva, SUMMARY, "En helt annan sammanfattning.")
        change = eva.url
        opened(eva, f"{change}&steg=Granska").get_by_role("button", name="Skicka till granskning").click()
        eva.get_by_role("link", name="Se förslaget").click()
        expect(eva.get_by_text("ert eget förslag")).to_be_visible()
        decide(eva, "Godkänn och publicera")
        expect(eva.get_by_text("är publicerat")).to_be_visible()
        opened(eva, "/historik?id=grannkoket-vid-torget")
        eva.get_by_label("Motivering (måste fyllas i)").fill("Den första var rätt.")
        eva.get_by_role("button", name="Återställ version 1").click()
        expect(eva.get_by_text("Version 1 är återställd som version 3.")).to_be_visible()
        opened(eva, "/initiativ?id=grannkoket-vid-torget")
        expect(eva.get_by_text("Tonåringar och ensamma äldre lagar middag")).to_be_visible()


def test_two_windows_on_one_field_show_both_versions(chromium: Browser, own_machine: str) -> None:
    """Whoever saves last overwrites nothing: both texts stand side by side, and "both" keeps both."""
    with a_window(chromium, own_machine) as one, a_window(chromium, own_machine) as two:
        first, second = one.new_page(), two.new_page()
        opened(second, begin(first))
        write(second, SUMMARY, "Skrivet i det andra fönstret.")
        first.get_by_label(SUMMARY).fill("Skrivet i det första fönstret.")
        first.get_by_label(SUMMARY).press("Tab")
        expect(first.get_by_text("båda versionerna finns kvar")).to_be_visible()
        for text in ("Skrivet i det första fönstret.", "Skrivet i det andra fönstret."):
            expect(first.get_by_role("paragraph").filter(has_text=text)).to_be_visible()
        first.get_by_text("Båda, efter varandra").click()
        first.get_by_role("button", name="Använd valen").click()
        expect(first.get_by_label(SUMMARY)).to_have_value(re.compile("första.*\n\n.*andra"))


def test_what_is_being_typed_stays_when_somebody_elses_change_comes_in(chromium: Browser, own_machine: str) -> None:
    """The other's field shows what came; one's own keeps its text and the focus, and one can type on."""
    with a_window(chromium, own_machine) as one, a_window(chromium, own_machine) as two:
        first, second = one.new_page(), two.new_page()
        opened(second, begin(first))
        write(second, SUMMARY, "Skrivet i det andra fönstret.")
        partners = first.get_by_label("Samarbetspartner")
        partners.click()
        first.keyboard.type("Föreningen")
        expect(first.get_by_text("Någon annan har ändrat")).to_be_visible()
        expect(first.get_by_label(SUMMARY)).to_have_value("Skrivet i det andra fönstret.")
        expect(partners).to_be_focused()
        first.keyboard.type(" Grannsämja")
        first.keyboard.press("Tab")
        expect(partners).to_have_value("Föreningen Grannsämja")
        ready(first)
        expect(opened(second, first.url).get_by_label("Samarbetspartner")).to_have_value("Föreningen Grannsämja")


def test_a_killed_browser_loses_nothing_that_was_typed(chromium: Browser, own_machine: str, tmp_path: Path) -> None:
    """Typed without leaving the field, then kill -9: a new browser opens the draft with the text in it."""
    doomed = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=FLAGS, locale="sv-SE", base_url=own_machine
    )
    doomed.set_default_timeout(60_000)
    page = doomed.new_page()
    draft = begin(page)
    page.get_by_label("Samarbetspartner").click()
    page.keyboard.type("Föreningen Grannsämja")
    expect(page.locator(".sb-saved")).to_have_text(re.compile("Skriver"))
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_label("Samarbetspartner")).to_be_focused()
    process = int((tmp_path / "SingletonLock").readlink().name.rpartition("-")[2])
    os.kill(process, signal.SIGKILL)
    with a_window(chromium, own_machine) as window:
        again = opened(window.new_page(), draft)
        expect(again.get_by_label("Samarbetspartner")).to_have_value("Föreningen Grannsämja")


def test_a_killed_server_keeps_what_it_said_was_saved(chromium: Browser, tmp_path: Path) -> None:
    """kill -9 in the middle of a save: after a new start on the same home the draft is whole and can be saved again."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "SPRIDBART_HOME": str(tmp_path / "home"), "SPRIDBART_LOCAL_EDITOR": "Anna Berg"}
    with a_window(chromium, address) as window:
        page = window.new_page()
        with running(command, f"{address}/halsa", environment) as server:
            draft = begin(page)
            write(page, SUMMARY, "Det här är sparat.")
            page.get_by_label(SUMMARY).fill("Det här är sparat. Och det här var på väg.")
            page.get_by_label(SUMMARY).press("Tab")
            server.send_signal(signal.SIGKILL)
            server.wait(timeout=20)
        with running(command, f"{address}/halsa", environment):
            opened(page, draft)
            expect(page.get_by_label(SUMMARY)).to_have_value(
                re.compile(r"^Det här är sparat\.( Och det här var på väg\.)?$")
            )
            write(page, SUMMARY, "Och det går att spara igen.")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_at_the_desk(chromium: Browser, own_machine: str, width: int) -> None:
    """The desk, every step of the form, the review and the history have no fault that axe-core can find."""
    with a_window(chromium, own_machine) as window:
        page = window.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        opened(page, "/initiativ?id=unghasten").get_by_role("button", name="Föreslå ändring").click()
        write(page, SUMMARY, f"Sammanfattning {width}.")
        page.get_by_role("button", name="Lägg till källa till ägare").click()
        expect(page.get_by_role("button", name="Klar")).to_be_visible()
        draft = page.url
        steps = [f"{draft}&steg={title}" for title in ("Plats", "K%C3%A4llor", "Granska")]
        review = draft.replace("redigera", "granska")
        for path in (None, *steps, review, "/redaktion", "/historik?id=unghasten"):
            if path:
                opened(page, path)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{path}: {results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
