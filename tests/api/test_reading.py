"""Reading over HTTP: validators, HEAD, freshness, and scripts of other sites."""

import pytest
from fastapi.testclient import TestClient

PATHS = (
    "/api/v1/initiatives",
    "/api/v1/initiatives/kultur-pa-recept",
    "/api/v1/initiatives/kultur-pa-recept.jsonld",
    "/api/v1/vocabulary/themes",
    "/data/initiatives.csv",
    "/data/initiatives.parquet",
    "/data/catalog.ttl",
    "/data/initiatives.csv-metadata.json",
)


@pytest.mark.parametrize("path", PATHS)
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str) -> None:
    """Whoever sends the entity tag back gets 304 without a body, also among other tags; with another tag all of it."""
    first = client.get(path)
    tag = first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]
    for known in (tag, tag.removeprefix("W/"), f'"annan", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"annan"'}).content == first.content


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    """HEAD gives the same headers as GET, the length included."""
    got, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    assert int(head.headers["content-length"]) == len(got.content)


@pytest.mark.parametrize("path", PATHS)
def test_any_site_may_read_without_credentials(client: TestClient, path: str) -> None:
    """Scripts of other sites may read, and see what they need to page and to ask again, but send no cookies."""
    headers = client.get(path, headers={"Origin": "https://kommun.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "Link" in headers["access-control-expose-headers"]
    assert "access-control-allow-credentials" not in headers


def preflight(client: TestClient, path: str, method: str) -> int:
    asked = {"Origin": "https://kommun.example", "Access-Control-Request-Method": method}
    return client.options(path, headers=asked | {"Access-Control-Request-Headers": "content-type"}).status_code


def test_a_browser_is_told_what_it_may_send(client: TestClient) -> None:
    """Other sites may read and match; nothing else."""
    assert preflight(client, "/api/v1/match", "POST") == 200
    assert preflight(client, "/data/initiatives.csv", "GET") == 200
    assert preflight(client, "/data/initiatives.csv", "POST") == 400
    assert preflight(client, "/api/v1/initiatives", "DELETE") == 400


def test_filters_have_tags_of_their_own(client: TestClient) -> None:
    """The same address with another question is another content."""
    tags = {client.get(f"/api/v1/initiatives?limit={limit}").headers["etag"] for limit in (1, 2, 3)}
    assert len(tags) == 3


def test_says_when_it_was_changed(client: TestClient) -> None:
    """The hour of the newest record, in the words of HTTP."""
    assert client.get("/data/initiatives.csv").headers["last-modified"] == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert client.get("/api/v1/initiatives?limit=1").headers["last-modified"] == "Sun, 22 Nov 2026 12:00:00 GMT"


def test_a_problem_is_not_kept(client: TestClient) -> None:
    """What is missing now may be there in a minute: a problem has no validator and is kept by nobody."""
    answer = client.get("/api/v1/initiatives/finns-inte")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
