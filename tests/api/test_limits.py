"""What one visitor may ask: turns a minute, and the size of a text."""

import json
from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from api.limits import LARGEST_BODY
from matching.matcher import Matcher

CHALLENGE = {"text": "UVAS i glesbygd"}


@pytest.fixture
def application(serve: Callable[..., Starlette], matcher: Matcher) -> Starlette:
    return serve(lambda: matcher, matches_a_minute=2)


def visitor(application: Starlette, address: str) -> TestClient:
    return TestClient(application, client=(address, 50_000))


def match(client: TestClient) -> int:
    return client.post("/api/v1/match", json=CHALLENGE).status_code


def test_turns_run_out_and_say_when_there_are_new_ones(application: Starlette) -> None:
    """Past the limit the answer is 429 with seconds to wait; reading goes on as before, and so do others."""
    client = visitor(application, "192.0.2.1")
    assert [match(client), match(client)] == [200, 200]
    refused = client.post("/api/v1/match", json=CHALLENGE)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert "Vänta" in refused.json()["detail"]
    assert client.get("/api/v1/initiatives?limit=1").status_code == 200
    assert match(visitor(application, "192.0.2.2")) == 200


def test_one_network_is_one_visitor(application: Starlette) -> None:
    """Changing address within the same IPv6 network gives no new turns."""
    answers = [match(visitor(application, f"2001:db8::{last}")) for last in (1, 2, 3)]
    assert answers == [200, 200, 429]
    assert match(visitor(application, "2001:db8:0:1::1")) == 200


def test_a_visitor_cannot_choose_who_to_be(application: Starlette) -> None:
    """What a request says of where it comes from counts for nothing; only the connection does."""
    client = visitor(application, "192.0.2.9")
    answers = [
        client.post("/api/v1/match", json=CHALLENGE, headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code
        for n in range(3)
    ]
    assert answers == [200, 200, 429]


def pieces(size: int) -> Iterator[bytes]:
    yield b'{"text": "'
    for _ in range(size // 1000):
        yield b"a" * 1000
    yield b'"}'


def test_too_large_a_body_is_refused_before_it_is_read(client: TestClient) -> None:
    """Also when its length is not said beforehand."""
    for body in (json.dumps({"text": "a" * LARGEST_BODY}).encode(), pieces(LARGEST_BODY + 1000)):
        answer = client.post("/api/v1/match", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413
        assert answer.json()["detail"] == "Frågan är för stor: högst 64 kB går att skicka."


def test_the_longest_challenge_fits(client: TestClient) -> None:
    """4,000 characters are taken in however they are written."""
    text = json.dumps({"text": "unga 😀 " * 571})
    assert len(text) < LARGEST_BODY
    answer = client.post("/api/v1/match", content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
