"""Streamlit's own HTML page in the reader's language."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.page_language import PageLanguage

STREAMLITS = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head>'
    "<body><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
)


@pytest.fixture
def browser() -> TestClient:
    app = Starlette(
        routes=[Route("/{page:path}", lambda _: HTMLResponse(STREAMLITS))], middleware=[Middleware(PageLanguage)]
    )
    return TestClient(app, headers={"accept": "text/html"})


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        ("/", "sv", "Sidan behöver JavaScript."),
        ("/utforska?sprak=en", "en", "This page needs JavaScript."),
        ("/utforska?sprak=en&sprak=sv", "sv", "Sidan behöver JavaScript."),
        ("/?sprak=tlh", "sv", "Sidan behöver JavaScript."),
        ("/?sprak=%22%3E%3Cscript%3E", "sv", "Sidan behöver JavaScript."),
    ],
)
def test_page_says_its_language(browser: TestClient, address: str, language: str, words: str) -> None:
    """The page is marked with the language that the address asks for; anything unknown is Swedish."""
    answer = browser.get(address)
    assert f'<html lang="{language}">' in answer.text
    assert words in answer.text
    assert "<title>Spridbart</title>" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
