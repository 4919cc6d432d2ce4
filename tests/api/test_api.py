"""The HTTP API: what it answers, and that it refuses in Swedish."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from matching.matcher import Matcher
from registry.errors import StoreBusy
from registry.initiative import Initiative


def test_lists_in_pages(client: TestClient, shipped: list[Initiative]) -> None:
    """Whoever follows the links to the next page sees the whole catalogue once, in order."""
    seen: list[str] = []
    address = "/api/v1/initiatives?limit=30"
    while address:
        page = client.get(address).json()
        assert page["total"] == len(shipped)
        seen += [item["id"] for item in page["items"]]
        address = page["next"]
    assert seen == [record.id for record in shipped]


def test_links_to_the_pages_around(client: TestClient) -> None:
    """The Link header and the body name the same pages, with the filters that were asked for (RFC 8288)."""
    answer = client.get("/api/v1/initiatives?role=initiativ&theme=tva_samverkan&offset=2&limit=2")
    links = {link["rel"]: link["url"] for link in answer.links.values()}
    assert links["next"] == answer.json()["next"]
    assert links["prev"] == answer.json()["prev"]
    assert links["prev"].endswith("/api/v1/initiatives?role=initiativ&offset=0&limit=2&theme=tva_samverkan")
    assert client.get(links["last"]).json()["next"] is None
    assert client.get(links["first"]).json()["prev"] is None


def test_past_the_end_leads_back(client: TestClient) -> None:
    """A page after the last one is empty, and links to the last."""
    page = client.get("/api/v1/initiatives?offset=5000&limit=40").json()
    assert page["items"] == []
    assert page["next"] is None
    assert client.get(page["prev"]).json()["items"]


def test_filters_combine(client: TestClient) -> None:
    """Every record returned has the values asked for."""
    page = client.get("/api/v1/initiatives", params={"target_group": ["uvas"], "role": ["initiativ"]}).json()
    assert page["total"] > 0
    assert all("uvas" in item["target_groups"] and item["role"] == "initiativ" for item in page["items"])


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("sector", "akademi"),
        ("form", "metod"),
        ("operation", "pågår"),
        ("evidence", "ej bedömd"),
        ("region", "18"),
        ("municipality", "1880"),
        ("municipality_type", "B3"),
        ("category", "Ramboll 1.1 Bakgrund och behov: Mötesplats Social Innovations roll"),
    ],
)
def test_every_facet_filters(client: TestClient, shipped: list[Initiative], parameter: str, value: str) -> None:
    """Each parameter lets some records through and not others."""
    total = client.get("/api/v1/initiatives", params={parameter: value}).json()["total"]
    assert 0 < total < len(shipped) or (parameter == "evidence" and total > 0)


def test_a_misspelt_parameter_is_refused(client: TestClient) -> None:
    """A question that would silently be answered with everything is refused instead."""
    answer = client.get("/api/v1/initiatives?targetgroup=uvas")
    assert answer.status_code == 422
    assert "targetgroup är inget som går att fråga efter" in answer.json()["detail"]


def test_one_record(client: TestClient, shipped: list[Initiative]) -> None:
    """A record comes back whole."""
    answer = client.get("/api/v1/initiatives/kultur-pa-recept").json()
    assert Initiative.model_validate(answer) == next(r for r in shipped if r.id == "kultur-pa-recept")


def test_match(client: TestClient) -> None:
    """A challenge gives matches with reasons."""
    answer = client.post("/api/v1/match", json={"text": "jobbsprånget", "municipality": "Sorsele"}).json()
    assert answer["results"][0]["id"] == "jobbspranget"
    assert answer["results"][0]["reasons"]
    assert answer["understood"]["municipality"] == "Sorsele"


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/api/v1/initiatives/finns-inte", None, 404, "Det finns inget initiativ"),
        ("/api/v1/vocabulary/lösenord", None, 404, "finns inte"),
        ("/api/v1/initiatives?limit=0", None, 422, "går inte att läsa"),
        ("/api/v1/initiatives?setting=månen", None, 422, "går inte att läsa"),
        ("/api/v1/initiatives?offset=1&offset=2", None, 422, "offset står flera gånger"),
        ("/api/v1/initiatives?theme=hittepå", None, 422, "är inte ett av värdena"),
        ("/api/v1/finns-inte", None, 404, "openapi.json"),
        ("/api/v1/initiatives/a%0Ab", None, 404, "Det finns inget initiativ"),
        ("/data/initiatives.exe", None, 404, "finns inte"),
        ("/data/finns-inte", None, 404, "Det finns inget på den adressen"),
        ("/api/v1/match", {"text": ""}, 422, "inget ord att söka på"),
        ("/api/v1/match", {"text": "a"}, 422, "En bokstav"),
        ("/api/v1/match", {"text": "x" * 4001}, 413, "för lång"),
        ("/api/v1/match", {"text": "unga", "municipality": "Atlantis"}, 422, "ingen kommun som heter Atlantis"),
        ("/api/v1/match", {"fel": 1}, 422, "text saknas"),
        ("/api/v1/initiatives", {"text": "unga"}, 405, "svarar inte på den metoden"),
    ],
)
def test_refuses_in_swedish(client: TestClient, path: str, body: object, status: int, words: str) -> None:
    """A wrong question gets the right status and a sentence that helps."""
    answer = client.post(path, json=body) if body else client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert words in answer.json()["detail"]


def test_vocabulary_hides_the_everyday_words(client: TestClient) -> None:
    """Coarse search words are never shown."""
    entries = client.get("/api/v1/vocabulary/target_groups").json()
    assert len(entries) == 39
    assert "everyday" not in entries[0]


def test_health_and_openapi(client: TestClient) -> None:
    """A monitor gets an answer, and the API describes itself."""
    assert client.get("/halsa").json()["status"] == "ok"
    assert "/match" in client.get("/api/v1/openapi.json").json()["paths"]


def test_a_registry_that_cannot_be_opened_is_said(serve: Callable[..., Starlette]) -> None:
    """Without a registry everything answers 503 with a reason, and nothing of the machine."""

    def closed() -> Matcher:
        raise StoreBusy(__file__, "python3 (PID 1)")  # type: ignore[arg-type]

    client = TestClient(serve(closed))
    for path in ("/api/v1/initiatives", "/halsa", "/data/initiatives.csv", "/data/catalog.ttl"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "går inte att öppna just nu" in answer.text
        assert "PID" not in answer.text
