"""Quality: nDCG@5 and hit@1 on the validation cases, beside what a municipality could use instead.

The peers see each record's name, summary and description, as a plain search would: BM25 (bm25s, Swedish
stems) and dense alone (the same model, cosine of whole records). Intervals are 95 %, by bootstrap
over cases (Efron 1979, 2,000 draws).
"""

from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from benchmarks.speed import CASES
from matching.__main__ import load_matcher
from matching.evaluation import OUTSIDE, Case, Outcome, evaluate, read_cases
from matching.matcher import Matcher
from matching.words import stems
from registry.catalogue import PARQUET, read_parquet
from registry.filters import is_match

_DRAWS = 2000


def run() -> None:
    """Prints the figures of the peers and of the matcher, by kind."""
    matcher = load_matcher(read_parquet(PARQUET))
    cases = [c for c in read_cases(CASES, matcher.index.records) if c.split == "validation" and c.kind != OUTSIDE]
    kinds = sorted({case.kind for case in cases})
    print(f"  {'':<22}{'nDCG@5 [95 %]':>22}{'hit@1':>8}   nDCG@5 by kind: {'   '.join(kinds)}")
    for name, outcomes in {
        "BM25 (bm25s)": _bm25(matcher, cases),
        "dense, whole record": _dense(matcher, cases),
        "Spridbart, words alone": evaluate(matcher.by_words(), cases),
        "Spridbart": evaluate(matcher, cases),
    }.items():
        ndcg = np.array([outcome.ndcg for outcome in outcomes])
        low, high = _interval(ndcg)
        hit = np.mean([outcome.hit for outcome in outcomes])
        by_kind = "  ".join(f"{np.mean([o.ndcg for o in outcomes if o.case.kind == kind]):.2f}" for kind in kinds)
        print(f"  {name:<22}{f'{ndcg.mean():.3f} [{low:.3f}-{high:.3f}]':>22}{hit:>8.3f}   {'':<16}{by_kind}")


def _texts(matcher: Matcher) -> tuple[list[str], list[str]]:
    records = [record for record in matcher.index.records if is_match(record)]
    return [r.id for r in records], [f"{r.name}. {r.summary} {r.description}" for r in records]


def _bm25(matcher: Matcher, cases: Sequence[Case]) -> list[Outcome]:
    ids, texts = _texts(matcher)
    bm25 = bm25s.BM25()
    bm25.index([stems(text) for text in texts], show_progress=False)
    outcomes = []
    for case in cases:
        words = [word for word in stems(case.query) if word in bm25.vocab_dict]
        scores = bm25.get_scores(words) if words else np.zeros(len(ids))
        outcomes.append(_outcome(case, ids, scores))
    return outcomes


def _dense(matcher: Matcher, cases: Sequence[Case]) -> list[Outcome]:
    assert matcher.index.meaning is not None
    encoder = matcher.index.meaning.encoder
    ids, texts = _texts(matcher)
    vectors = encoder.encode_document(texts)
    return [_outcome(case, ids, vectors @ encoder.encode_query([case.query])[0]) for case in cases]


def _outcome(case: Case, ids: Sequence[str], scores: npt.NDArray[np.float32]) -> Outcome:
    return Outcome(case, tuple(ids[i] for i in np.argsort(-scores, kind="stable")[:10]), False)


def _interval(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    random = np.random.default_rng(0)
    means = random.choice(values, (_DRAWS, len(values))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
