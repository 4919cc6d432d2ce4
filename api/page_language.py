"""Gives Streamlit's own HTML page the reader's language: its mark, a title, words for those without scripts."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from registry.language import LANGUAGES, PARAMETER, SWEDISH

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_WITHOUT_SCRIPTS = {
    SWEDISH: "Sidan behöver JavaScript. Katalogen finns också på /data/initiatives.csv.",
    "en": "This page needs JavaScript. The catalogue is also at /data/initiatives.csv.",
}
_DATA = ("/api/", "/data/")
_UNWANTED = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"frame-ancestors 'self'"),  # no other site may lay our buttons under its own
]


class PageLanguage:
    """ASGI middleware around the whole application; other answers than HTML pages pass untouched."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        plain = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k.lower() not in _UNWANTED]}
        await self._app(plain, receive, _Rewriter(send, _language(scope)))


class _Rewriter:
    """Holds an HTML answer back until it is whole, and sends it on in ``language``."""

    def __init__(self, send: Send, language: str) -> None:
        self._send = send
        self._language = language
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if _is_html(message):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_rewritten(self._start)
            return
        await self._send(message)

    async def _send_rewritten(self, start: Message) -> None:
        for old, new in (
            ('<html lang="en"', f'<html lang="{self._language}"'),
            ("<title>Streamlit</title>", "<title>Spridbart</title>"),
            ("You need to enable JavaScript to run this app.", _WITHOUT_SCRIPTS[self._language]),
        ):
            self._body = self._body.replace(old.encode(), new.encode())
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in (b"content-length", b"etag")]
        headers += [(b"content-length", str(len(self._body)).encode()), *_HEADERS]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": self._body})


def _language(scope: Scope) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(PARAMETER, [SWEDISH])[-1]
    return asked if asked in LANGUAGES else SWEDISH


def _asks_for_page(scope: Scope) -> bool:
    if scope["path"].startswith(_DATA):  # a browser that opens a file asks for HTML too, and must get its 304
        return False
    accept = dict(scope["headers"]).get(b"accept", b"")
    return b"text/html" in accept or scope["path"] == "/"


def _is_html(start: Message) -> bool:
    return any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in start["headers"])
