"""One pass over the centres of very many records in several ways: how long it takes, and how many of the nearest it finds.

python -m benchmarks.passes [SIZE] (100000: two minutes). The nearest are those by float32; of each way its 300 nearest are taken.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch

from benchmarks.speed import CASES, times_of
from benchmarks.synthetic import Catalogue, NoCache, SentenceEncoder
from matching.encoder import Vectors, load_encoder
from matching.evaluation import read_cases
from matching.index import SHORTLISTED, Index
from matching.lexicon import Scores
from matching.quantised import Quantised, products

Pass = Callable[[Vectors], Scores]
_DIRECTIONS = 128
_QUERIES = 100


def main(size: int) -> int:
    """Prints a line for each way."""
    centres, asked = _centres(size)
    print(f"  {'':<34}{'ms':>8}{'of 50 nearest':>16}{f'of {SHORTLISTED} nearest':>16}")
    exact = [np.argsort(-(centres @ vector)) for vector in asked]
    for name, score in _ways(centres):
        score(asked[0])
        times = times_of(score, list(asked))
        taken = [{*np.argsort(-score(vector))[:SHORTLISTED].tolist()} for vector in asked]
        shares = [
            np.mean(
                [
                    len(some.intersection(order[:count].tolist())) / count
                    for some, order in zip(taken, exact, strict=True)
                ]
            )
            for count in (50, SHORTLISTED)
        ]
        print(f"  {name:<34}{np.median(times):>8.2f}{shares[0]:>16.1%}{shares[1]:>16.1%}")
    return 0


def _ways(centres: Vectors) -> Iterator[tuple[str, Pass]]:
    yield "float32 (numpy)", lambda vector: np.asarray(centres @ vector)
    half = centres.astype(np.float16)
    yield "16 bits (NumKong)", lambda vector: products(half, vector[None].astype(np.float16))[0]
    eight = Quantised.of(centres)
    yield "8 bits (NumKong), as shipped", lambda vector: eight.products(vector[None])[0]
    brain = torch.from_numpy(centres).to(torch.bfloat16)
    yield (
        "bfloat16 (torch)",
        lambda vector: torch.mv(brain, torch.from_numpy(vector).to(torch.bfloat16)).float().numpy(),
    )
    spread, directions = np.linalg.eigh((centres.T @ centres).astype(np.float64))
    main_ones = directions[:, np.argsort(-spread)[:_DIRECTIONS]].astype(np.float32)
    projected = centres @ main_ones
    yield f"{_DIRECTIONS} principal directions (numpy)", lambda vector: np.asarray(projected @ (vector @ main_ones))


def _centres(size: int) -> tuple[Vectors, Vectors]:
    """Those of so many synthetic records, (n, d), and judged queries, (queries, d)."""
    catalogue, model = Catalogue(size), load_encoder()
    cases = read_cases(CASES, catalogue.real)
    texts = [cases[i].query for i in np.linspace(0, len(cases) - 1, _QUERIES).astype(int)]
    with tempfile.TemporaryDirectory(prefix="passes-") as folder:
        index = Index(catalogue, catalogue.vocabulary, SentenceEncoder(catalogue, {}, model), NoCache(), Path(folder))
    assert index.meaning is not None
    centres = index.segments[0].centres
    assert centres is not None
    return centres, index.meaning.metric.apply(model.encode_query(texts))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
