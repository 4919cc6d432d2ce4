"""The OpenAPI document and the API hold to each other, tried with requests made up from the document."""

from functools import cache
from pathlib import Path

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings

from api.application import create_api
from matching.index import Index
from matching.matcher import Matcher
from registry.catalogue import PARQUET, read_parquet
from registry.places import load_places
from registry.vocabulary import load_vocabulary

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 15
FEW = 8  # records: enough for every shape of answer, and quick to hold against the document


@cache
def matcher() -> Matcher:
    words = load_vocabulary()
    return Matcher(
        Index(
            read_parquet(PARQUET),
            words,
        ),
        words,
        load_places(),
    )


# The operations are read when the tests are collected; the catalogue only when one of them runs.
API = create_api(matcher, load_vocabulary(), load_places(), matches_a_minute=1_000_000)
CONFIG = schemathesis.Config.from_path(Path(__file__).with_name("schemathesis.toml"))
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", API, config=CONFIG)


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_answers_as_documented(case: schemathesis.Case) -> None:
    """Whatever is asked, valid or not, the answer is one that the document describes."""
    case.call_and_validate()


def test_everything_is_described(client: TestClient) -> None:
    """Every operation has a summary, a description, and every answer a shape or a meaning."""
    document = client.get(DOCUMENT).json()
    assert document["info"]["license"]["url"].startswith("http://creativecommons.org/publicdomain/zero")
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) == 5
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert all(answer.get("content") for answer in operation["responses"].values())
        assert all(parameter.get("description") for parameter in operation.get("parameters", []))
