"""What a person sees and does, in a real browser over the real app."""

import json
import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.test_language import catalogue_words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "first": "/",
    "results": "/?q=UVAS+i+glesbygd&kommun=Sorsele",
    "nothing": "/?q=Sn%C3%B6r%C3%B6jning+av+trottoarer+och+gator",
    "refused": "/?q=a",
    "record": "/initiativ?id=kultur-pa-recept",
    "list": "/initiativ",
    "about": "/om",
}
IN_ENGLISH = (
    "/?q=UVAS+i+glesbygd&kommun=Sorsele&malgrupp=uvas",
    "/initiativ?id=kultur-pa-recept",
    "/utforska?malgrupp=uvas",
    "/utforska?vy=matris",
    "/utforska?vy=diagram",
    "/utforska?vy=saknas",
    "/jamfor?id=unga-in&id=urkraft",
    "/policyfonster?malgrupp=unga",
    "/mottagarkoll?id=kultur-pa-recept",
    "/beslutsunderlag?q=UVAS+i+glesbygd&id=unga-in",
    "/kommuner?kommun=Vetlanda&logg=alla",
    "/behov",
    "/om",
)
# The drop zone of st.file_uploader has role=presentation beside a label: a best practice that Streamlit itself breaks.
STREAMLITS_OWN = "[data-testid=stFileUploaderDropzone]"
SAID_IN_ENGLISH = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [];
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest("[lang]").lang === "en") said.push(texts.currentNode.data);
  }
  return said.join("\\n");
}"""
BOX = "Beskriv er utmaning"


def open_page(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Söker på ord")).to_have_count(0, timeout=60_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, name: str, width: int) -> None:
    """No page has an accessibility fault that axe-core can find, wide, on a phone, or at 400 % zoom (320 px)."""
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, PAGES[name])
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.lang") == "sv"


def test_the_english_pages_say_what_is_swedish_in_them(page: Page) -> None:
    """Axe-core finds nothing on a public page in English, and what stays Swedish stands within ``lang="sv"``."""
    catalogue = catalogue_words()
    for path in IN_ENGLISH:
        open_page(page, f"{path}{'&' if '?' in path else '?'}sprak=en")
        results = Axe().run(page, context={"exclude": [[STREAMLITS_OWN]]})
        assert results.violations_count == 0, f"{path}: {results.generate_report()}"
        said = page.evaluate(SAID_IN_ENGLISH)
        assert [words for words in catalogue if words in said] == [], path


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_phone(page: Page, name: str) -> None:
    """At 320 pixels nothing has to be scrolled sideways but the table of sources."""
    page.set_viewport_size({"width": 320, "height": 900})
    open_page(page, PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_from_the_box_to_a_record_by_keyboard_alone(page: Page) -> None:
    """Type, Enter, Tab to the first match, Enter: the record is there. Back leads to the same search."""
    open_page(page, "/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    expect(page.get_by_label(BOX)).to_be_focused()
    page.keyboard.type("Utländska akademiker utan jobb")
    expect(page.get_by_label(BOX)).to_have_value("Utländska akademiker utan jobb")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Hittade"))).to_be_visible(timeout=30_000)
    first = page.locator("h3 a").first
    name = first.inner_text()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name, timeout=30_000)
    page.go_back()
    expect(page.get_by_label(BOX)).to_have_value("Utländska akademiker utan jobb", timeout=30_000)
    expect(page.locator("h3 a").first).to_have_text(name)


def test_shift_enter_makes_a_new_line(page: Page) -> None:
    """A longer text can be written in the box; Shift+Enter does not search."""
    open_page(page, "/")
    box = page.get_by_label(BOX)
    box.click()
    page.keyboard.type("unga")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("i glesbygd")
    assert box.input_value() == "unga\ni glesbygd"
    expect(page.get_by_text("Hittade")).to_have_count(0)


def test_the_address_leads_back_to_the_same_view(page: Page) -> None:
    """Search, municipality, filter and correction stand in the address, and it can be shared."""
    open_page(page, "/?q=UVAS+i+glesbygd&kommun=Sorsele&lan=25")
    page.get_by_role("button", name="Plats: glesbygd").click()
    expect(page.get_by_role("button", name="Ångra borttagna")).to_be_visible()
    expect(page).to_have_url(re.compile("utan=settings.glesbygd"))
    other = page.context.new_page()
    open_page(other, page.url)
    expect(other.get_by_role("button", name="Ångra borttagna")).to_be_visible()
    expect(other.get_by_label("Kommun", exact=True)).to_have_value("Sorsele")
    other.get_by_text("Filter: målgrupp").click()
    expect(other.get_by_text("Norrbottens län", exact=True)).to_be_visible()
    expect(other.locator("h3 a").first).to_be_visible()
    expect(page.locator("h3 a")).to_have_text(other.locator("h3 a").all_inner_texts())


def test_no_text_is_run_as_code(page: Page) -> None:
    """Script and Markdown in the address or the box are shown as text, or not at all."""
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    open_page(page, "/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+unga&utan=%3Cscript%3Ealert(2)%3C/script%3E")
    open_page(page, "/initiativ?id=%3Cscript%3Ealert(3)%3C/script%3E")
    assert ran == []
    assert page.locator("img[src=x]").count() == 0


def test_nothing_is_fetched_from_elsewhere(page: Page, address: str) -> None:
    """No page asks any other host for anything: the map, fonts and scripts are all here."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES.values():
        open_page(page, path)
    expect(page.locator("h1")).to_be_visible()
    elsewhere = [url for url in asked if not url.startswith((address, "data:", "blob:", address.replace("http", "ws")))]
    assert elsewhere == []


def test_the_map_is_drawn(page: Page) -> None:
    """The record's page draws all 21 län, with a sentence that says what is filled."""
    open_page(page, "/initiativ?id=kultur-pa-recept")
    expect(page.locator(".choroplethlayer path")).to_have_count(21, timeout=30_000)
    expect(page.get_by_text("Kartan visar Sveriges län")).to_be_visible()


def test_prints_without_controls(page: Page) -> None:
    """On paper the search box, buttons and menu are gone and the cards stay."""
    open_page(page, PAGES["results"])
    page.emulate_media(media="print")
    expect(page.get_by_label(BOX)).to_be_hidden()
    expect(page.get_by_role("button", name="Sök")).to_be_hidden()
    expect(page.locator(".sb-card").first).to_be_visible()
    expect(page.get_by_text("Utmaning: UVAS i glesbygd")).to_be_visible()


def test_api_is_served_by_the_same_process(address: str) -> None:
    """The monitor's question, a match and the files have their addresses beside the pages."""
    with urllib.request.urlopen(f"{address}/halsa") as answer:
        assert json.load(answer)["status"] == "ok"
    request = urllib.request.Request(
        f"{address}/api/v1/match",
        data=json.dumps({"text": "UVAS i glesbygd"}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["results"]
    with urllib.request.urlopen(f"{address}/data/initiatives.csv") as answer:
        assert answer.read(3) == b"\xef\xbb\xbf"
