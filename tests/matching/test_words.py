"""Words: what a text is taken apart into."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.words import stem
from registry.vocabulary import Vocabulary


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("eager_threads")
def test_sessions_at_once_get_the_same_stems_as_one_alone(vocabulary: Vocabulary) -> None:
    """A stem made while another was being made would be remembered, and wrong until the next start."""
    words = sorted({word for text in vocabulary.outside for word in text.split()})
    fresh = stem.__wrapped__
    alone = [fresh(word) for word in words]
    with ThreadPoolExecutor(4) as sessions:
        together = list(sessions.map(lambda _: [fresh(word) for word in words], range(4)))
    assert together == [alone] * 4


@given(st.text(st.characters(categories=["L"]), max_size=20))
def test_a_stem_is_the_beginning_of_its_word(word: str) -> None:
    """Words in common are looked for among those that begin with a stem."""
    assert word.lower().startswith(stem(word))
