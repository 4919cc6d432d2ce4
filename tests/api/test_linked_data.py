"""Initiatives as linked data: read by a program that knows schema.org, and true to the record."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, SDO, Graph, Literal, URIRef

from api.linked_data import as_json_ld
from registry.initiative import Initiative
from registry.places import Places
from registry.values import Form
from registry.vocabulary import Vocabulary

PATH = "/api/v1/initiatives/kultur-pa-recept"
SCHEMA = "https://schema.org/"


def read(data: str) -> Graph:
    return Graph().parse(data=data, format="json-ld")


def test_both_ways_lead_to_the_same(client: TestClient) -> None:
    """An address of its own, or the record's address and an Accept header; plain JSON is what others get."""
    own = client.get(f"{PATH}.jsonld")
    asked = client.get(PATH, headers={"Accept": "application/ld+json, */*;q=0.1"})
    plain = client.get(PATH, headers={"Accept": "*/*"})
    assert own.headers["content-type"] == asked.headers["content-type"] == "application/ld+json"
    assert own.content == asked.content != plain.content
    assert "Accept" in asked.headers["vary"]
    assert "Accept" in plain.headers["vary"]
    assert asked.headers["etag"] != plain.headers["etag"]
    assert client.get("/api/v1/initiatives/finns-inte.jsonld").status_code == 404


def test_a_reader_of_linked_data_understands_it(client: TestClient, shipped: list[Initiative]) -> None:
    """The page is about the initiative; sources, places and licence come out as what they are."""
    record = next(record for record in shipped if record.id == "kultur-pa-recept")
    graph = read(client.get(f"{PATH}.jsonld").text)
    page = URIRef("http://testserver/initiativ?id=kultur-pa-recept")
    thing = graph.value(page, SDO.mainEntity)
    assert graph.value(thing, SDO.name) == Literal(record.name)
    assert (page, SDO.license, URIRef("http://creativecommons.org/publicdomain/zero/1.0/")) in graph
    titles = {str(graph.value(source, SDO.name)) for source in graph.objects(page, SDO.citation)}
    assert titles == {statement.source_title for statement in record.statements if statement.source_title}
    where = {str(code) for code in graph.objects(None, SDO.identifier)}
    assert {*record.regions, *record.tried_in()} <= where


def test_every_word_is_one_of_schema_orgs(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> None:
    """No record uses a type or a property that schema.org does not have."""
    for record in shipped:
        graph = Graph()
        graph.parse(data=as_json_ld(record, "https://spridbart.example", vocabulary, places), format="json-ld")
        words = {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}
        assert all(str(word).removeprefix(SCHEMA) in SDO for word in words)


@pytest.mark.parametrize(("form", "kind"), [(Form.METHOD, "CreativeWork"), (Form.ACTIVITY, "Service")])
def test_a_method_is_a_work_and_an_activity_a_service(
    form: Form, kind: str, make: Callable[..., Initiative], vocabulary: Vocabulary, places: Places
) -> None:
    """What others can do after a description, and what is done for somebody, are told apart."""
    told = as_json_ld(make(form=form), "https://spridbart.example", vocabulary, places)
    assert told["mainEntity"]["@type"] == kind


def test_what_is_unknown_is_left_out(make: Callable[..., Initiative], vocabulary: Vocabulary, places: Places) -> None:
    """Nothing is said of an owner nobody knows."""
    told = as_json_ld(make(), "https://spridbart.example", vocabulary, places)
    assert "provider" not in told["mainEntity"]
    assert "uppgift saknas" not in str(told)
