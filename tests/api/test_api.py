"""The HTTP API: what it answers, and that it refuses in Swedish."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.routing import Mount

from api.application import create_api
from api.files import file_routes
from matching.index import Index
from matching.matcher import Matcher
from registry.errors import StoreBusy
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def client(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> Iterator[TestClient]:
    matcher = Matcher(Index(shipped, vocabulary), vocabulary, places)
    api = create_api(lambda: matcher, vocabulary, places)
    routes = [Mount("/api/v1", app=api), *file_routes(lambda: matcher)]
    with TestClient(Starlette(routes=routes)) as opened:
        yield opened


def test_lists_in_pages(client: TestClient, shipped: list[Initiative]) -> None:
    """Pages cover the catalogue once, in order."""
    seen: list[str] = []
    for offset in range(0, 100, 30):
        page = client.get("/api/v1/initiatives", params={"offset": offset, "limit": 30}).json()
        assert page["total"] == len(shipped)
        seen += [item["id"] for item in page["items"]]
    assert seen == [record.id for record in shipped]


def test_filters_combine(client: TestClient) -> None:
    """Every record returned has the values asked for."""
    page = client.get("/api/v1/initiatives", params={"target_group": ["uvas"], "role": ["initiativ"]}).json()
    assert page["total"] > 0
    assert all("uvas" in item["target_groups"] and item["role"] == "initiativ" for item in page["items"])


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
        ("/data/initiatives.exe", None, 404, "finns inte"),
        ("/api/v1/match", {"text": ""}, 422, "inget ord att söka på"),
        ("/api/v1/match", {"text": "a"}, 422, "En bokstav"),
        ("/api/v1/match", {"text": "x" * 4001}, 413, "för lång"),
        ("/api/v1/match", {"text": "unga", "municipality": "Atlantis"}, 422, "ingen kommun som heter Atlantis"),
        ("/api/v1/match", {"fel": 1}, 422, "går inte att läsa"),
    ],
)
def test_refuses_in_swedish(client: TestClient, path: str, body: object, status: int, words: str) -> None:
    """A wrong question gets the right status and a sentence that helps."""
    answer = client.post(path, json=body) if body else client.get(path)
    assert answer.status_code == status
    assert words in answer.json()["error"]


@pytest.mark.parametrize("format", ["csv", "json", "parquet"])
def test_files(client: TestClient, format: str) -> None:
    """The catalogue can be taken away in each format."""
    answer = client.get(f"/data/initiatives.{format}")
    assert answer.status_code == 200
    assert len(answer.content) > 50_000


def test_vocabulary_hides_the_everyday_words(client: TestClient) -> None:
    """Coarse search words are never shown."""
    entries = client.get("/api/v1/vocabulary/target_groups").json()
    assert len(entries) == 39
    assert "everyday" not in entries[0]


def test_health_and_openapi(client: TestClient) -> None:
    """A monitor gets an answer, and the API describes itself."""
    assert client.get("/halsa").json()["status"] == "ok"
    assert "/match" in client.get("/api/v1/openapi.json").json()["paths"]


def test_a_registry_that_cannot_be_opened_is_said(vocabulary: Vocabulary, places: Places) -> None:
    """Without a registry the API answers 503 with the reason."""

    def closed() -> Matcher:
        raise StoreBusy(__file__, "python3 (PID 1)")  # type: ignore[arg-type]

    app = Starlette(routes=[Mount("/api/v1", app=create_api(closed, vocabulary, places)), *file_routes(closed)])
    client = TestClient(app)
    for path in ("/api/v1/initiatives", "/halsa", "/data/initiatives.csv"):
        answer = client.get(path)
        assert answer.status_code == 503
        error = answer.json()["error"]
        assert "går inte att öppna just nu" in error
        assert "PID" not in error
