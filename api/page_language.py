"""Makes Streamlit's own HTML page Swedish: the language, a description, words for those without scripts."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_REPLACED = (
    (b'<html lang="en"', b'<html lang="sv"'),
    (b"<title>Streamlit</title>", b"<title>Spridbart</title>"),
    (b"You need to enable JavaScript to run this app.", "Sidan behöver JavaScript. Katalogen finns också på /data/initiatives.csv.".encode()),
)  # fmt: skip
_UNWANTED = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
_HEADERS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin")]


class SwedishPage:
    """ASGI middleware around the whole application; other answers than HTML pages pass untouched."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        plain = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k.lower() not in _UNWANTED]}
        await self._app(plain, receive, _Rewriter(send))


class _Rewriter:
    """Holds an HTML answer back until it is whole, and sends it on in Swedish."""

    def __init__(self, send: Send) -> None:
        self._send = send
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
        for old, new in _REPLACED:
            self._body = self._body.replace(old, new)
        headers = [(k, v) for k, v in start["headers"] if k.lower() not in (b"content-length", b"etag")]
        headers += [(b"content-length", str(len(self._body)).encode()), *_HEADERS]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": self._body})


def _asks_for_page(scope: Scope) -> bool:
    accept = dict(scope["headers"]).get(b"accept", b"")
    return b"text/html" in accept or scope["path"] == "/"


def _is_html(start: Message) -> bool:
    return any(k.lower() == b"content-type" and v.startswith(b"text/html") for k, v in start["headers"])
