"""How much one visitor may ask of the matcher: so many times a minute, and so long a text."""

import time
from ipaddress import ip_address, ip_network
from math import ceil

from fastapi import HTTPException, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

MATCHES_A_MINUTE = 60  # from one address: a whole municipality may share one, and a match takes a tenth of a second
LARGEST_BODY = 65_536  # bytes: 4,000 characters written as JSON escapes, with room to spare


class FairShare:
    """FastAPI dependency that refuses a visitor's requests past ``most`` in any one minute.

    The visitor is the network address that the server sees; docs/open-data.md says what a proxy must tell it.
    """

    def __init__(self, most: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._most = RateLimitItemPerMinute(most)

    def __call__(self, request: Request) -> None:
        """Takes one of the visitor's turns.

        Raises:
            HTTPException: 429, with the seconds to wait, when there is none left.
        """
        if not self._limiter.hit(self._most, _visitor(request)):
            seconds = self._limiter.get_window_stats(self._most, _visitor(request)).reset_time - time.time()
            detail = "Ni har frågat många gånger den senaste minuten. Vänta en stund och försök igen."
            raise HTTPException(429, detail, {"Retry-After": str(max(1, ceil(seconds)))})


class SmallBodies:
    """ASGI middleware that refuses a body larger than ``LARGEST_BODY`` before anything reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one connection."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            answer = problem(413, f"Frågan är för stor: högst {LARGEST_BODY // 1024} kB går att skicka.")
            await answer(scope, receive, send)
            return
        await self._app(scope, _Again(body, receive), send)


class _Again:
    """Gives a body that has been read to the application, and then what comes after it."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _read(receive: Receive) -> bytes | None:
    """The whole body; None as soon as it is too large."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return body


def _visitor(request: Request) -> str:
    """The visitor's address; of an IPv6 address the network, since one visitor has as many addresses as they like."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else host
