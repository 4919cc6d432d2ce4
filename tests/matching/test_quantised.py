"""Vectors in few bits: near enough to find the likeliest, exact where it is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matching.encoder import Vectors
from matching.quantised import Quantised, products

SIDE = st.floats(-1, 1, width=32)


@given(arrays(np.float32, (5, 16), elements=SIDE), arrays(np.float32, (2, 16), elements=SIDE))
def test_products_are_near(vectors: Vectors, asked: Vectors) -> None:
    """Each factor is off by half a step a component at most, so that the product cannot be off by more than they add up to."""
    step, asked_step = (np.abs(some).max(axis=1) / 127 for some in (vectors, asked))
    lengths = np.abs(asked).sum(axis=1)[:, None] * step / 2 + np.abs(vectors).sum(axis=1) * asked_step[:, None] / 2
    most = lengths + 16 * asked_step[:, None] * step / 4
    assert (np.abs(Quantised.of(vectors).products(asked) - asked @ vectors.T) <= most + 1e-5).all()


def test_the_likeliest_are_found() -> None:
    """Of many directions the fifty nearest are among the sixty that seem nearest."""
    draw = np.random.default_rng(0)
    vectors = draw.standard_normal((5_000, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    asked = vectors[7] + vectors[8]
    (nearly,) = Quantised.of(vectors).products(asked[None])
    assert {*np.argsort(-(vectors @ asked))[:50]} <= {*np.argsort(-nearly)[:60]}


@pytest.mark.parametrize("kind", [np.int8, np.float16])
def test_products_of_few_bits_are_exact(kind: type) -> None:
    """Whole numbers and half precision are multiplied as if widened first."""
    draw = np.random.default_rng(0)
    rows, asked = (draw.integers(-127, 128, (count, 384)).astype(kind) for count in (9, 3))
    assert products(rows, asked) == pytest.approx(asked.astype(np.float64) @ rows.astype(np.float64).T)


def test_no_rows_have_no_products() -> None:
    """A segment of which nothing is a candidate."""
    assert products(np.zeros((0, 4), dtype=np.int8), np.zeros((2, 4), dtype=np.int8)).shape == (2, 0)
