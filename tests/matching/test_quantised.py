"""Vectors in few bits: near enough to find the likeliest, exact where it is said."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.encoder import Vectors
from matching.quantised import Quantised

SIDE = st.floats(-1, 1, width=32)


@given(arrays(np.float32, (5, 16), elements=SIDE), arrays(np.float32, (2, 16), elements=SIDE))
def test_products_are_near(vectors: Vectors, asked: Vectors) -> None:
    """Each factor is off by half a step a component at most, so that the product cannot be off by more than they add up to."""
    step, asked_step = (np.abs(some).max(axis=1) / 127 for some in (vectors, asked))
    lengths = np.abs(asked).sum(axis=1)[:, None] * step / 2 + np.abs(vectors).sum(axis=1) * asked_step[:, None] / 2
    most = lengths + 16 * asked_step[:, None] * step / 4
    assert (np.abs(Quantised.of([vectors], vectors.shape).products(asked) - asked @ vectors.T) <= most + 1e-5).all()


def test_the_likeliest_are_found() -> None:
    """Of many directions the fifty nearest are among the sixty that seem nearest."""
    draw = np.random.default_rng(0)
    vectors = draw.standard_normal((5_000, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    asked = vectors[7] + vectors[8]
    (nearly,) = Quantised.of([vectors], vectors.shape).products(asked[None])
    assert {*np.argsort(-(vectors @ asked))[:50]} <= {*np.argsort(-nearly)[:60]}


@given(arrays(np.float32, (7, 16), elements=SIDE), st.integers(1, 7))
def test_vectors_come_in_lots_of_any_size(vectors: Vectors, size: int) -> None:
    """However they come, and whether they lie in memory or in a file, they are the same, within half a step."""
    lots = [vectors[start : start + size] for start in range(0, 7, size)]
    with TemporaryDirectory() as folder:
        mapped = Quantised.of(lots, vectors.shape, Path(folder))
    assert (mapped.rows == Quantised.of([vectors], vectors.shape).rows).all()
    assert (np.abs(mapped.vectors() - vectors) <= mapped.step[:, None] * 0.501).all()


def test_some_are_what_they_were() -> None:
    """Rows are picked with their steps, in the order asked for."""
    vectors = np.random.default_rng(0).standard_normal((9, 16)).astype(np.float32)
    all_of_them = Quantised.of([vectors], vectors.shape)
    assert (all_of_them.some(np.array([8, 0, 8])).vectors() == all_of_them.vectors()[[8, 0, 8]]).all()


def test_no_rows_have_no_products() -> None:
    """A segment of which nothing is a candidate."""
    assert Quantised.of([], (0, 4)).products(np.zeros((2, 4), dtype=np.float32)).shape == (2, 0)
