"""Reading over HTTP as it should be: HEAD, validators, freshness, from any site."""

import hashlib
from collections.abc import Sequence
from datetime import UTC
from email.utils import format_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry.address import public_address
from registry.initiative import Initiative

_FRESH = "public, max-age=60"  # seconds: what an editor publishes is seen everywhere within a minute
_NOT_IN_304 = ("content-length", "content-type")


def from_any_site(*methods: str) -> Middleware:
    """CORS for what is open to all: any site's scripts may call, never with credentials."""
    return Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "OPTIONS", *methods],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag", "Last-Modified", "Link", "Retry-After"],
        max_age=86_400,
    )


def own_address(request: Request) -> str:
    """The service's own address, as whoever asks knows it.

    Raises:
        AddressInvalid: the request names a host that cannot be one.
    """
    return public_address(f"{request.url.scheme}://{request.url.netloc}")


def entity_tag(content: bytes) -> str:
    """The content's validator. A weak one, since the same content may be sent compressed."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def last_changed(records: Sequence[Initiative]) -> dict[str, str]:
    """A Last-Modified header with the day and hour when one of the records last was changed; none without records."""
    if not records:
        return {}
    changed = max(record.updated_at for record in records)
    return {"Last-Modified": format_datetime(changed.replace(tzinfo=UTC), usegmt=True)}


class ReadFreely:
    """ASGI middleware: answers HEAD like GET without a body, and 304 to whoever has the content already.

    Only the entity tag decides: a record that is taken out of the catalogue leaves no later date behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        answer = _Answer()
        await self._app({**scope, "method": "GET"}, receive, answer.take)
        await answer.send(Headers(scope=scope), send, head=scope["method"] == "HEAD")


class _Answer:
    """An answer held back until it is whole."""

    def __init__(self) -> None:
        self._start: Message = {}
        self._body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            self._body += message.get("body", b"")

    async def send(self, asked: Headers, send: Send, *, head: bool) -> None:
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers["X-Content-Type-Options"] = "nosniff"
        status = self._start["status"]
        if status != 200:
            headers["Cache-Control"] = "no-store"
        else:
            headers.setdefault("Cache-Control", _FRESH)
            headers.setdefault("ETag", entity_tag(self._body))
            if _has_it(asked.get("if-none-match", ""), headers["ETag"]):
                status = 304
                for name in _NOT_IN_304:
                    del headers[name]
        body = b"" if head or status == 304 else self._body
        await send({**self._start, "status": status, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})


def _has_it(tags: str, tag: str) -> bool:
    """Whether one of the tags in an If-None-Match is this one, or it says any (RFC 9110, 13.1.2: compared weakly)."""
    known = [one.strip().removeprefix("W/") for one in tags.split(",")]
    return "*" in known or tag.removeprefix("W/") in known
