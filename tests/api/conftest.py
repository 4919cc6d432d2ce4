"""The API and the files over the shipped catalogue, in this process."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette

from api.application import Whole, create_api
from api.files import file_routes
from matching.index import Index
from matching.matcher import Matcher
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary

MANY = 1_000_000  # matches a minute: more than any test asks for


@pytest.fixture(scope="package")
def matcher(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> Matcher:
    """A matcher on words alone."""
    return Matcher(Index(shipped, vocabulary), vocabulary, places)


@pytest.fixture(scope="package")
def serve(vocabulary: Vocabulary, places: Places) -> Callable[..., Starlette]:
    """Puts the API and the files over a matcher, at the addresses they have in the app."""

    def application(current: Callable[[], Matcher], *, matches_a_minute: int = MANY) -> Starlette:
        api = create_api(current, vocabulary, places, matches_a_minute=matches_a_minute)
        return Starlette(routes=[Whole("/api/v1", api), *file_routes(current)])

    return application


@pytest.fixture(scope="package")
def client(serve: Callable[..., Starlette], matcher: Matcher) -> Iterator[TestClient]:
    """Somebody who asks the API over the shipped catalogue."""
    with TestClient(serve(lambda: matcher)) as opened:
        yield opened
