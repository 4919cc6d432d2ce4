"""Brings whoever signs in back to the page they came from; Streamlit itself leads everybody to the first page.

Also marks the browser at its first sign-in, so that a later one there can give life to a window left open.
"""

import secrets
from urllib.parse import quote, unquote, urlsplit

from api.page_language import Application, Message, Receive, Scope, Send

RETURN_COOKIE = "spridbart_return"
_MINUTES_10 = 600
_DAYS_400 = 34_560_000  # the longest that browsers keep one
_LONGEST = 2000
_AS_WRITTEN = "/?&=%+"  # already encoded by the browser
_PROTECTED = "Path=/; HttpOnly; SameSite=Lax"

Asked = dict[bytes, str]
Headers = list[tuple[bytes, bytes]]


class SignInReturn:
    """ASGI middleware: looks only at the way in (``/auth/login``) and the way back (``/oauth2callback``).

    Args:
        app: the application behind.
        browser_cookie: the name of the cookie with the browser's mark.
    """

    def __init__(self, app: Application, browser_cookie: str) -> None:
        self._app = app
        self._browser_cookie = browser_cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.endswith(("/auth/login", "/oauth2callback")):
            await self._app(scope, receive, send)
            return
        asked = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                way_in = path.endswith("/auth/login")
                headers = _way_in(asked, headers) if way_in else self._way_back(asked, headers)
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_on)

    def _way_back(self, asked: Asked, headers: Headers) -> Headers:
        """The answer's headers, leading to the remembered page, and with a mark for a browser that has none."""
        cookies = {
            name: value
            for name, _, value in (one.strip().partition("=") for one in asked.get(b"cookie", "").split(";"))
        }
        if not cookies.get(self._browser_cookie):
            headers = [*headers, _cookie(self._browser_cookie, secrets.token_urlsafe(16), _DAYS_400)]
        page = unquote(cookies.get(RETURN_COOKIE, ""))
        if not is_own_page(page):
            return headers
        others = [(name, value) for name, value in headers if name.lower() != b"location"]
        return [*others, (b"location", quote(page, safe=_AS_WRITTEN).encode()), _cookie(RETURN_COOKIE, "", 0)]


def _way_in(asked: Asked, headers: Headers) -> Headers:
    """The answer's headers, with a cookie that remembers the page."""
    came_from = urlsplit(asked.get(b"referer", ""))
    page = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    if came_from.netloc != asked.get(b"host") or not is_own_page(page):
        return headers
    return [*headers, _cookie(RETURN_COOKIE, quote(page, safe=""), _MINUTES_10)]


def is_own_page(page: str) -> bool:
    """Whether this is the path of a page here: never another host's address, however it is written."""
    return page.startswith("/") and page[1:2] not in ("/", "\\") and page.isprintable() and len(page) <= _LONGEST


def _cookie(name: str, value: str, seconds: int) -> tuple[bytes, bytes]:
    return b"set-cookie", f"{name}={value}; Max-Age={seconds}; {_PROTECTED}".encode("latin-1")
