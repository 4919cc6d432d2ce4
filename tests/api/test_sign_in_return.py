"""Whoever signs in comes back to the page they were on, and nobody can be led anywhere else."""

import asyncio
from urllib.parse import quote

import pytest

from api.page_language import Message, Receive, Scope, Send
from api.sign_in_return import SignInReturn, is_own_page

PAGE = "/redaktion?lista=tips&q=%C3%A5%20b"


def through(path: str, **asked: str) -> dict[str, str]:
    """The answer's headers to a request, by name; cookies by "cookie NAME" with all that follows the name."""

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 302, "headers": [(b"location", b"/")]})
        await send({"type": "http.response.body", "body": b""})

    answered: dict[str, str] = {}

    async def send(message: Message) -> None:
        for name, value in message.get("headers", []):
            key, text = name.decode(), value.decode()
            if key == "set-cookie":
                key, _, text = text.partition("=")
            answered[key] = text

    async def receive() -> Message:
        return {}

    headers = [(name.encode(), value.encode()) for name, value in asked.items()]
    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(SignInReturn(streamlit, "mark")(scope, receive, send))
    return answered


def test_back_to_the_page_with_its_whole_address() -> None:
    """The way in remembers the page, the way back leads there, forgets it and marks the browser."""
    way_in = through("/auth/login", host="spridbart.example", referer=f"https://spridbart.example{PAGE}")
    remembered = way_in["spridbart_return"].partition(";")[0]
    way_back = through("/oauth2callback", cookie=f"annat=1; spridbart_return={remembered}")
    assert way_back["location"] == PAGE
    assert "Max-Age=0" in way_back["spridbart_return"]
    assert "HttpOnly; SameSite=Lax" in way_back["mark"]


def test_a_browser_keeps_its_mark() -> None:
    """A later sign-in does not change it."""
    assert "mark" not in through("/oauth2callback", cookie="mark=abc")


@pytest.mark.parametrize("referer", ["https://elak.example/redaktion", "", "https://spridbart.example//elak.example"])
def test_only_a_page_of_ours_is_remembered(referer: str) -> None:
    """Another site that sends people to sign in does not get them back."""
    assert "spridbart_return" not in through("/auth/login", host="spridbart.example", referer=referer)


@pytest.mark.parametrize(
    "page",
    ["//elak.example", "/\\elak.example", "https://elak.example", "/a\r\nset-cookie: b=c", "", "x", "/" + "a" * 2000],
)
def test_a_cookie_leads_to_no_other_site(page: str) -> None:
    """Whatever the cookie says, only a path here is followed; otherwise the first page is."""
    assert not is_own_page(page)
    assert through("/oauth2callback", cookie=f"spridbart_return={quote(page, safe='')}")["location"] == "/"


def test_other_addresses_pass_untouched() -> None:
    """No cookie is set on an ordinary page."""
    assert through("/redaktion", host="a", referer="https://a/x") == {"location": "/"}
