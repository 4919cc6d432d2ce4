"""The catalogue as files: in each format, described for machines, and written once for each version."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from rdflib import DCAT, Graph, Literal
from starlette.applications import Starlette

from matching.index import Index
from matching.matcher import Matcher
from matching.vectors import VectorCache
from registry.exporting.exports import FORMATS
from registry.exporting.open_data import MEDIA_TYPES
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary


@pytest.mark.parametrize("format", FORMATS)
def test_files(client: TestClient, format: str) -> None:
    """The catalogue can be taken away in each format, under the media type that it is described with."""
    answer = client.get(f"/data/initiatives.{format}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == MEDIA_TYPES[format]
    assert len(answer.content) > 50_000


def test_the_description_of_the_columns_reads_the_file(client: TestClient, shipped: list[Initiative]) -> None:
    """Whoever follows the link from the CSV file, and reads it as it says, gets the values of the records."""
    answer = client.get("/data/initiatives.csv")
    described = answer.links["describedby"]
    assert described["type"] == "application/csvm+json"
    metadata = client.get(described["url"]).json()
    assert metadata["url"] == str(answer.url)
    dialect, columns = metadata["dialect"], metadata["tableSchema"]["columns"]
    text = answer.content.decode(f"{dialect['encoding']}-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"]))
    assert rows[0] == [column["titles"] for column in columns]
    assert text.count(dialect["lineTerminators"][0]) >= len(rows)
    first = dict(zip(rows[0], rows[1], strict=True))
    for column in columns:
        cell, value = first[column["name"]], shipped[0].model_dump(mode="json")[column["name"]]
        if "separator" in column:
            assert [part for part in cell.split(column["separator"]) if part] == value
        elif column["datatype"] == "json":
            assert json.loads(cell or "[]") == value
        else:
            assert cell == ("" if value is None else str(value))


def read_catalogue(client: TestClient, **headers: str) -> Graph:
    answer = client.get("/data/catalog.ttl", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    return Graph().parse(data=answer.text, format="turtle")


def addresses(graph: Graph) -> set[str]:
    return {str(address).partition("/data/")[0] for address in graph.objects(None, DCAT.downloadURL)}


def test_what_the_catalogue_points_at_is_there(client: TestClient) -> None:
    """Every address of ours in the catalogue answers, with the media type that it says."""
    graph = read_catalogue(client)
    pointed = [*graph.objects(None, DCAT.accessURL), *graph.objects(None, DCAT.endpointDescription)]
    assert len(pointed) == len(FORMATS) + 2
    for address in pointed:
        answer = client.get(str(address))
        assert answer.status_code == 200
        if distribution := graph.value(None, DCAT.downloadURL, address):
            kind = Literal(answer.headers["content-type"].partition(";")[0])
            assert kind in graph.objects(distribution)


def test_the_address_is_the_one_asked_for_or_the_one_set(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links lead to the host that was asked, or to the address that the service has been told is its own."""
    assert addresses(read_catalogue(client, Host="data.example:8080")) == {"http://data.example:8080"}
    monkeypatch.setenv("SPRIDBART_ADDRESS", "https://spridbart.example/")
    assert addresses(read_catalogue(client, Host="other.example")) == {"https://spridbart.example"}
    page = client.get("/api/v1/initiatives?limit=1", headers={"Host": "other.example"}).json()
    assert page["next"].startswith("https://spridbart.example/api/v1/initiatives?")


@pytest.mark.parametrize("host", ['x"><script>', "a.example/evil#", "user@a.example", "a.example:99999999"])
@pytest.mark.parametrize("path", ["/data/catalog.ttl", "/data/initiatives.csv-metadata.json", "/api/v1/initiatives"])
def test_a_host_that_cannot_be_one_reaches_no_file(client: TestClient, host: str, path: str) -> None:
    """A made-up host is not written into what others read: the server's own name is, or nothing."""
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code in (200, 400)
    assert host not in answer.text
    assert not answer.is_success or "http://testserver" in answer.text


def test_a_wrong_setting_is_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that the service cannot have is refused with the name of the setting."""
    for setting in ("SPRIDBART_ADDRESS", "SPRIDBART_CONTACT"):
        with monkeypatch.context() as settings:
            settings.setenv(setting, "spridbart")
            answer = client.get("/data/catalog.ttl")
        assert answer.status_code == 400
        assert setting in answer.json()["detail"]


def test_a_file_is_written_once_for_each_version(
    serve: Callable[..., Starlette], make: Callable[..., Initiative], vocabulary: Vocabulary, places: Places
) -> None:
    """The same version gives the same tag; a change is in the file at once, under another."""
    index = Index([make()], vocabulary)
    current = [Matcher(index, vocabulary, places)]
    client = TestClient(serve(lambda: current[0]))
    first, again = client.get("/data/initiatives.json"), client.get("/data/initiatives.json")
    assert first.headers["etag"] == again.headers["etag"]
    current[0] = Matcher(index.updated([make(name="Nytt namn", revision=2)], (), VectorCache()), vocabulary, places)
    changed = client.get("/data/initiatives.json", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.json()[0]["name"] == "Nytt namn"


def test_an_empty_catalogue_is_still_described(
    serve: Callable[..., Starlette], make: Callable[..., Initiative], vocabulary: Vocabulary, places: Places
) -> None:
    """A registry with nothing in it yet has files and a description, without dates."""
    empty = Matcher(Index([make()], vocabulary).updated((), [make().id], VectorCache()), vocabulary, places)
    client = TestClient(serve(lambda: empty))
    assert client.get("/data/initiatives.json").json() == []
    assert "issued" not in client.get("/data/catalog.ttl").text
    assert client.get("/api/v1/initiatives").json()["total"] == 0
