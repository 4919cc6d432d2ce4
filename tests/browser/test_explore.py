"""Utforska in a real browser: pressing places and cells, the address, the keyboard, and what axe finds."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

expect.set_options(timeout=30_000)
VIEWS = ("tabell", "karta", "matris", "diagram", "saknas")


def shown(page: Page) -> str:
    """The heading that says how many are shown, when the page has come to rest."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    return page.locator(".sb-shown").inner_text()


def press_orebro(page: Page) -> None:
    """Presses the middle of Örebro län, the fourteenth by code; the map itself finds the place under the pointer."""
    box = page.locator(".choroplethlayer path").nth(13).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def press_third_bar(page: Page, chart: str) -> None:
    """Presses the third bar of a chart, in the middle; the chart itself finds the bar under the pointer."""
    bar = page.locator(f"{chart}:not([data-stale=true]) .point path").nth(2)
    bar.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_any_view(page: Page, width: int) -> None:
    """No view has an accessibility fault that axe-core can find, and none is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 900})
    for view in VIEWS:
        open_page(page, f"/utforska?vy={view}&malgrupp=uvas&lan=18")
        results = Axe().run(page)
        assert results.violations_count == 0, f"{view}: {results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_a_press_on_the_map_filters(page: Page) -> None:
    """Örebro län pressed on the map stands in the address, as a chip and in the count; pressed again it is gone."""
    page.set_viewport_size({"width": 1280, "height": 1300})
    open_page(page, "/utforska?vy=karta")
    everything = shown(page)
    expect(page.locator(".choroplethlayer path")).to_have_count(21, timeout=30_000)
    press_orebro(page)
    expect(page).to_have_url(re.compile("lan=18"))
    expect(page.get_by_role("link", name="Län eller land: Örebro län")).to_be_visible()
    assert shown(page) != everything
    expect(page.locator(".choroplethlayer path")).to_have_count(21)
    press_orebro(page)
    expect(page).not_to_have_url(re.compile("lan=18"))
    assert shown(page) == everything


def test_a_press_on_a_bar_filters(page: Page) -> None:
    """A bar pressed stands in the address, as a chip and marked; pressed again it is gone; the table does the same."""
    open_page(page, "/utforska?vy=diagram")
    press_third_bar(page, ".st-key-chart-maturity-png")
    expect(page).to_have_url(re.compile("mognad=pr%C3%B6vad"))
    expect(page.get_by_role("link", name="Mognad: Prövad")).to_be_visible()
    shown(page)
    chosen = '[class*="st-key-chart-maturity-png-pr"]'
    expect(page.locator(f"{chosen}:not([data-stale=true])").get_by_text("✓ Prövad")).to_be_visible()
    press_third_bar(page, chosen)
    expect(page).not_to_have_url(re.compile("mognad="))
    shown(page)
    page.locator('a[data-here="row-mognad-prövad"]').press("Enter")
    expect(page).to_have_url(re.compile("mognad=pr%C3%B6vad"))


def test_a_cell_opens_its_initiatives_and_back_leads_back(page: Page) -> None:
    """A cell of the matrix shows as many as it says; the browser's way back leads to the matrix again."""
    open_page(page, "/utforska?vy=matris&matris=lan")
    cell = page.locator('a[data-here="cell-uvas-18"]')
    count = cell.inner_text()
    cell.click()
    expect(page.locator(".sb-shown")).to_have_text(re.compile(f"Visar {count} initiativ"))
    expect(page.locator(".sb-table tbody tr")).to_have_count(int(count))
    assert "malgrupp=uvas" in page.url
    page.go_back()
    expect(page.locator(".sb-matrix")).to_be_visible()


def test_the_address_gives_the_same_view_anew(page: Page) -> None:
    """Filters, words, sorting and selection are still there when the address is loaded again."""
    open_page(page, "/utforska")
    page.get_by_role("link", name=re.compile("^Unga som varken arbetar")).click()
    page.get_by_role("link", name="Namn", exact=False).first.click()
    expect(page).to_have_url(re.compile("sortera=-namn"))
    page.get_by_label("Ord i namn eller sammanfattning").fill("unga")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sok=unga"))
    before = shown(page)
    names = page.locator(".sb-table tbody th").all_inner_texts()
    page.get_by_role("link", name=f"Välj {names[0]}").click()
    expect(page.get_by_role("link", name="Jämför dem sida vid sida")).to_have_attribute(
        "href", re.compile("jamfor.id=")
    )
    page.reload()
    assert shown(page) == before
    assert page.locator(".sb-table tbody th").all_inner_texts() == names
    expect(page.get_by_role("link", name=f"✓ Vald {names[0]}")).to_be_visible()
    expect(page.get_by_label("Ord i namn eller sammanfattning")).to_have_value("unga")


def test_filters_by_keyboard_alone(page: Page) -> None:
    """A filter that is followed by Enter keeps the focus; one taken away hands it to the heading that says what is shown."""
    open_page(page, "/utforska?vy=karta")
    page.locator('a[data-here="row-lan-18"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("lan=18"))
    expect(page.locator('a[data-here="row-lan-18"]')).to_be_focused()
    shown(page)
    page.locator('a[data-here="chip-lan-18"]').focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("lan=18"))
    expect(page.locator(".sb-shown")).to_be_focused()


def test_two_links_pressed_quickly_keep_the_focus(page: Page) -> None:
    """A link pressed while the one before is still being shown has the focus when all is shown."""
    open_page(page, "/utforska?vy=karta")
    page.evaluate(
        """async () => {
          const link = (name) => document.querySelector(`a[data-here="${name}"]`);
          link("facet-malgrupp-uvas").click();
          while (!link("row-lan-18")?.href.includes("malgrupp=uvas")) await new Promise(requestAnimationFrame);
          link("row-lan-18").focus();
          link("row-lan-18").click();
        }"""
    )
    expect(page).to_have_url(re.compile("malgrupp=uvas&lan=18"))
    expect(page.locator('a[data-here="chip-lan-18"]')).to_be_visible()
    shown(page)
    expect(page.locator('a[data-here="row-lan-18"]')).to_be_focused()


def test_a_picture_can_be_taken_away(page: Page) -> None:
    """The chart's button gives a PNG, or an SVG when that is chosen; the figures come as CSV, the records as a workbook."""
    open_page(page, "/utforska?vy=diagram")
    for kind in ("PNG", "SVG"):
        page.get_by_role("radio", name=kind).click()
        shown(page)
        chart = page.locator(f".st-key-chart-maturity-{kind.lower()}:not([data-stale=true])")
        chart.hover()
        with page.expect_download() as download:
            chart.locator(".modebar-btn").click()
        assert download.value.suggested_filename == f"spridbart-mognad.{kind.lower()}"
    with page.expect_download() as download:
        page.locator(".st-key-download-mognad button").click()
    assert download.value.suggested_filename == "spridbart-mognad.csv"
    open_page(page, "/utforska?vald=unga-in")
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel: 1 initiativ").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def test_the_filters_open_on_a_phone(page: Page) -> None:
    """On a phone the filters are folded away behind a button."""
    page.set_viewport_size({"width": 390, "height": 900})
    open_page(page, "/utforska")
    expect(page.get_by_role("link", name=re.compile("^Arbetssökande"))).not_to_be_in_viewport()
    page.get_by_role("button", name="Visa filter").click()
    expect(page.get_by_role("link", name=re.compile("^Arbetssökande"))).to_be_in_viewport()
