"""Kommuner som er in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOME = "/kommuner?kommun=Vetlanda&logg=alla"


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page: Page, width: int) -> None:
    """No accessibility fault that axe-core can find, and nothing wider than the screen, wide or on a phone."""
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, HOME)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_choice_address_and_the_way_to_hitta(page: Page) -> None:
    """A choice stands in the address, can be shared, and follows to Hitta; on paper the controls are gone."""
    open_page(page, "/kommuner")
    page.get_by_label("Kommun", exact=True).fill("Sorsele")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sorsele", exact=True)).to_be_visible(timeout=30_000)
    expect(page).to_have_url(re.compile("kommun=Sorsele"))
    page.emulate_media(media="print")
    expect(page.get_by_label("Kommun", exact=True)).to_be_hidden()
    expect(page.get_by_text("Västerbottens län").first).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Sök med kommunen vald").click()
    expect(page.get_by_label("Kommun", exact=True)).to_have_value("Sorsele", timeout=30_000)
