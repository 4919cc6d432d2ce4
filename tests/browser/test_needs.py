"""A need reported in a real browser, seen by an editor; and the pages on needs, tips, quality and duplicates by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOTHING = "/?q=Sn%C3%B6r%C3%B6jning+av+gator+i+Sorsele"
PAGES = ("/behov", "/tipsa", "/tipsa?id=unga-in", "/kvalitet?brist=kontroll", "/dubbletter")


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Söker på ord")).to_have_count(0, timeout=60_000)
    settle(page)


def settle(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    page.wait_for_load_state("networkidle")


def axe(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_from_a_search_to_the_editors_list(page: Page, own_machine: str) -> None:
    """Nothing fits; the text is mended and sent by keyboard; the thanks name the day; the editor reads the text."""
    open_page(page, f"{own_machine}{NOTHING}")
    page.get_by_text("Anmäl behovet till MSI").click()
    box = page.get_by_label("Behovet", exact=True)
    box.fill("Äldre i Sorsele blir insnöade.")
    page.keyboard.press("Tab")
    settle(page)
    axe(page)
    page.get_by_text("Jag har läst igenom texten").click()
    send = page.get_by_role("button", name="Skicka behovet")
    expect(send).to_be_enabled()
    send.press("Enter")
    expect(page.get_by_text("Tack. Behovet är anmält.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Se vilka behov som har anmälts").click()
    expect(page.get_by_text("1 behov är anmält")).to_be_visible()
    expect(page.get_by_text("Äldre i Sorsele blir insnöade.")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    page.get_by_text("Hantera").click()
    settle(page)
    axe(page)


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_have_no_fault_that_axe_can_find(page: Page, own_machine: str, address: str) -> None:
    """As an editor sees them, on a laptop and at 320 pixels, where nothing is cut off."""
    open_page(page, f"{own_machine}{address}")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 900})
    settle(page)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
