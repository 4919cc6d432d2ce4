"""From a search to a brief on one's own disk, by keyboard; and the page as axe-core and a phone see it."""

import io
import re
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BRIEF = "/beslutsunderlag?q=UVAS+i+glesbygd&kommun=Sorsele&id=unga-in"


def test_from_hitta_to_a_finished_brief_by_keyboard_alone(page: Page) -> None:
    """Type, search, "Gör beslutsunderlag", "Ladda ner som Word": the file holds the need and real headings."""
    open_page(page, "/")
    page.get_by_label("Beskriv er utmaning").focus()
    page.keyboard.type("UVAS i glesbygd")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Gör beslutsunderlag")
    expect(link).to_be_visible(timeout=60_000)
    for _ in range(40):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Förslag till beslut")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Ladda ner som Word").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    document = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).read("word/document.xml").decode()
    assert "Heading1" in document
    assert "glesbygd" in re.sub(r"<[^>]+>", "", document)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_the_page_fits(page: Page, width: int) -> None:
    """No accessibility fault that axe-core can find, and nothing is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, BRIEF)
    expect(page.get_by_role("heading", name="Uppföljning")).to_be_visible(timeout=60_000)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
