"""What records are called: the same likeness as when every name is compared with everything."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from matching.names import Names, said_in
from registry.initiative import Initiative
from tests.conftest import make_initiative

WORD = st.text("abå-", min_size=1, max_size=5).filter(lambda word: word.strip("-") == word)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def _near(name: str, text: str) -> float:
    ratio = fuzz.ratio(name, text) / 100
    return ratio if ratio >= 0.75 else 0.0


def _spelt(name: str, text: str) -> float:
    orders: tuple[Callable[[Sequence[str]], Sequence[str]], ...] = (list, sorted)
    return max(_near(*("".join(put(said_in(some))) for some in (name, text))) for put in orders)


def _held(name: str, text: str) -> float:
    said, size, whole = said_in(text), len(said_in(name)), "".join(said_in(name))
    if len(whole) < 6:
        return 0.0
    windows = ("".join(said[start : start + size]) for start in range(len(said) - size + 1))
    return max((_near(whole, window) for window in windows), default=0.0)


@given(names=st.lists(st.lists(NAME, min_size=1, max_size=3, unique=True), min_size=1, max_size=4), text=NAME)
def test_nothing_that_is_alike_is_missed(names: list[list[str]], text: str) -> None:
    """What is not compared, since its length forbids the likeness, would not have been alike."""
    records = [make_initiative(name=first, aliases=tuple(rest)) for first, *rest in names]
    called, rows = Names.of(records), np.arange(len(records))
    assert called.spelt_like(said_in(text), rows) == pytest.approx(
        [max(_spelt(n, text) for n in some) for some in names]
    )
    assert called.held_in(said_in(text), rows) == pytest.approx([max(_held(n, text) for n in some) for some in names])


@pytest.mark.parametrize("text", ["Kultur på recept", "recept på kultur", "Kulltur på recept"])
def test_the_words_may_stand_in_another_order(make: Callable[..., Initiative], text: str) -> None:
    """As written, turned round, or misspelt."""
    names = Names.of([make(name="Kultur på recept"), make(name="Jobbsprånget")])
    assert (names.spelt_like(said_in(text), np.arange(2)) > 0).tolist() == [True, False]


def test_some_rows_alone(make: Callable[..., Initiative]) -> None:
    """Each row asked for has its own names, aliases too."""
    names = Names.of([make(name="Blå Vägen"), make(name="Jobbsprånget", aliases=("Språnget", "JS"))])
    assert names.held_in(said_in("Vi vill ha Språnget hit"), np.array([1])).tolist() == [1.0]
    assert names.held_in(said_in("Vi vill ha Språnget hit"), np.array([0])).tolist() == [0.0]
    assert not len(names.held_in(said_in("Språnget"), np.array([], dtype=np.intp)))
