"""Jämför, Policyfönster and Mottagarkoll in a real browser: by keyboard, on a phone, on paper, and by their addresses."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_browser import open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "compare": "/jamfor?id=unga-in&id=youth-guarantee&id=urkraft&id=framtidsspar",
    "policy": "/policyfonster?malgrupp=unga",
    "check": "/mottagarkoll?id=kultur-pa-recept",
}
# The drop zone of st.file_uploader has role=presentation beside a label: a best practice that Streamlit itself breaks.
STREAMLITS_OWN = "[data-testid=stFileUploaderDropzone]"
QUIET = re.compile("notRunning")


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", QUIET, timeout=30_000)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_the_page_fits(page: Page, name: str, width: int) -> None:
    """No accessibility fault that axe-core can find; nothing but a table that scrolls is wider than the screen."""
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, PAGES[name])
    results = Axe().run(page, context={"exclude": [[STREAMLITS_OWN]]})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_choosing_comparing_and_sharing_by_keyboard(page: Page) -> None:
    """ "+ Jämför" on two cards, then the menu: the comparison has both, and its address shows the same to another."""
    open_page(page, "/?q=UVAS+i+glesbygd")
    for count in (1, 2):
        page.get_by_role("button", name="+ Jämför").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[class*=st-key-compare-]").get_by_text(f"Jämför ({count})").first).to_be_visible(
            timeout=30_000
        )
        settled(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Jämför (2)").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sb-compare thead a")).to_have_count(2, timeout=30_000)
    expect(page).to_have_url(re.compile(r"/jamfor\?id=[a-z0-9-]+&id=[a-z0-9-]+"))
    names = page.locator(".sb-compare thead a").all_inner_texts()
    other = page.context.new_page()
    open_page(other, page.url)
    expect(other.locator(".sb-compare thead a")).to_have_text(names)
    other.get_by_role("button", name=f"Ta bort {names[0]}").press("Enter")
    expect(other.locator(".sb-compare thead a")).to_have_text(names[1:], timeout=30_000)


def test_the_first_column_stays_in_sight_on_a_phone(page: Page) -> None:
    """When the table is moved sideways by keyboard, the names of the rows stay."""
    page.set_viewport_size({"width": 390, "height": 900})
    open_page(page, PAGES["compare"])
    region = page.get_by_role("region", name="Jämförelse")
    region.focus()
    before = page.get_by_role("rowheader", name="Vad det är").bounding_box()
    region.evaluate("element => element.scrollBy(300, 0)")
    after = page.get_by_role("rowheader", name="Vad det är").bounding_box()
    assert region.evaluate("element => element.scrollLeft") == 300
    assert before
    assert after
    assert before["x"] == after["x"]


def test_the_comparison_fits_on_paper(page: Page) -> None:
    """Four columns fit on an A4 lying down, without buttons."""
    open_page(page, PAGES["compare"])
    page.set_viewport_size({"width": 1032, "height": 730})  # 297 mm less margins, at 96 dots an inch
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name=re.compile("Ta bort"))).to_have_count(0)
    table = page.locator(".sb-compare")
    assert table.evaluate("table => table.getBoundingClientRect().right") <= 1032
    assert "landscape" in page.content()


def test_the_check_is_answered_saved_and_read_back(page: Page, tmp_path: Path) -> None:
    """Answer with the keyboard, see the step, download, and read the file back in a new visit; another file is refused."""
    open_page(page, PAGES["check"])
    question = page.get_by_role("radiogroup", name=re.compile("överenskommelse om vem som betalar"))
    question.get_by_role("radio", name="Ja", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("0 av 10 på plats, 1 saknas")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Skriv ett utkast på en sida")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner svaren").press("Enter")
    file = tmp_path / "svar.json"
    download.value.save_as(file)
    assert [saved["answer"] for saved in json.loads(file.read_text("utf-8"))["answers"]] == ["nej"]

    open_page(page, "/mottagarkoll")
    page.locator("input[type=file]").set_input_files({"name": "x.json", "mimeType": "application/json", "buffer": b"{"})
    expect(page.get_by_text("Filen är inte svaren från en mottagarkoll")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("x.json")).to_have_count(0)
    settled(page)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("1 svar är inlästa")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("0 av 10 på plats, 1 saknas")).to_be_visible()
    expect(page).to_have_url(re.compile("id=kultur-pa-recept"))
    page.emulate_media(media="print")
    expect(page.get_by_role("cell", name="nej", exact=True)).to_be_visible()
    expect(page.locator("input[type=radio]").first).to_be_hidden()


def test_a_policy_window_is_reached_from_the_contents(page: Page) -> None:
    """The list at the top leads to each policy object, and the filter in the address is on."""
    open_page(page, PAGES["policy"])
    expect(page.get_by_text("Visar bara initiativ med: Unga.")).to_be_visible()
    page.get_by_role("link", name="Regionalfonden").press("Enter")
    expect(page.get_by_role("heading", name="Regionalfonden")).to_be_in_viewport(timeout=10_000)
