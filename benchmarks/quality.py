"""Quality: nDCG@5 and hit@1 on cases that took no part in fitting, step by step from what could be used instead.

The peers see each record's name, summary and description, as a plain search would: BM25 (bm25s, Swedish
stems), dense alone (the same model, cosine of whole records), and the formula that the work began with: half the
cosine of the whole and half that of the best chunk, and 0.15 of character n-grams (tf-idf). Then each step adds
to the one before. Intervals are 95 %, by bootstrap over cases. With CASES as argument, those are used instead.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

import bm25s
import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.speed import CASES
from matching.__main__ import load_matcher
from matching.encoder import Encoder
from matching.evaluation import OUTSIDE, Case, Outcome, evaluate, interval, read_cases
from matching.fit import Fitting
from matching.matcher import Matcher
from matching.passages import Kind, passages_of
from matching.scoring import first_logit
from matching.words import stems
from registry.catalogue import PARQUET, read_parquet
from registry.exploring.filters import is_match
from registry.initiative import Initiative
from registry.vocabulary import load_vocabulary

Scores = npt.NDArray[np.float32]
Ranker = Callable[[Case], Scores]


def run(path: Path | None = None) -> None:
    """Prints the figures of the peers and of each step, by kind."""
    matcher = load_matcher(read_parquet(PARQUET))
    cases = [case for case in read_cases(path or CASES, matcher.index.records) if case.kind != OUTSIDE]
    cases = [case for case in cases if case.split != "fit"]
    kinds = sorted({case.kind for case in cases})
    print(f"  {len(cases)} challenges of {(path or CASES).name}")
    print(f"  {'':<46}{'nDCG@5 [95 %]':>22}{'hit@1':>8}   by kind: {'     '.join(kinds)}")
    ids = [record.id for record in matcher.index.records if is_match(record)]
    for name, ranker in {**_peers(matcher), **_steps(matcher)}.items():
        _print(name, [_outcome(case, ids, ranker(case)) for case in cases], kinds)
    _print("+ two needs in one text = Spridbart", evaluate(matcher, cases), kinds)
    _print("Spridbart on words alone, without its model", evaluate(matcher.by_words(), cases), kinds)


def _print(name: str, outcomes: Sequence[Outcome], kinds: Sequence[str]) -> None:
    ndcg = [outcome.ndcg for outcome in outcomes]
    low, high = interval(ndcg)
    by_kind = "  ".join(f"{fmean(o.ndcg for o in outcomes if o.case.kind == kind):.2f}" for kind in kinds)
    hit = fmean(outcome.hit for outcome in outcomes)
    print(f"  {name:<46}{f'{fmean(ndcg):.3f} [{low:.3f}-{high:.3f}]':>22}{hit:>8.3f}            {by_kind}")


def _outcome(case: Case, ids: Sequence[str], scores: Scores) -> Outcome:
    return Outcome(case, tuple(ids[i] for i in np.argsort(-scores, kind="stable")[:10]), no_good_match=False)


def _peers(matcher: Matcher) -> dict[str, Ranker]:
    """What a plain search would do with each record's own text."""
    assert matcher.index.meaning is not None
    records = [record for record in matcher.index.records if is_match(record)]
    texts = [f"{record.name}. {record.summary} {record.description}" for record in records]
    return {"BM25 (bm25s)": _bm25(texts), **_by_vectors(matcher.index.meaning.encoder, records, texts)}


def _bm25(texts: Sequence[str]) -> Ranker:
    bm25 = bm25s.BM25()
    bm25.index([stems(text) for text in texts], show_progress=False)

    def rank(case: Case) -> Scores:
        words = [word for word in stems(case.query) if word in bm25.vocab_dict]
        return np.asarray(bm25.get_scores(words) if words else np.zeros(len(texts)), dtype=np.float32)

    return rank


def _by_vectors(encoder: Encoder, records: Sequence[Initiative], texts: Sequence[str]) -> dict[str, Ranker]:
    """The model's own cosines: of the whole, with the best chunk and n-grams, and with the best three voices."""
    whole = encoder.encode_document(texts)
    pieces = [[p for p in passages_of(r, load_vocabulary()) if p.kind is not Kind.LABELS] for r in records]
    vectors = [encoder.encode_document([p.text for p in group]) for group in pieces]
    chunks = [v[[p.kind is Kind.TEXT for p in group]] for v, group in zip(vectors, pieces, strict=True)]
    spoken = [v[[p.is_voice for p in group]] for v, group in zip(vectors, pieces, strict=True)]
    ngrams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    grams = ngrams.fit_transform(texts)

    def dense(case: Case) -> Scores:
        return np.asarray(whole @ encoder.encode_query([case.query])[0], dtype=np.float32)

    def formula(case: Case) -> Scores:
        query = encoder.encode_query([case.query])[0]
        best = np.array([(chunk @ query).max() for chunk in chunks])
        alike = (grams @ ngrams.transform([case.query]).T).toarray().ravel()
        return np.asarray((whole @ query + best) / 2 + 0.15 * alike, dtype=np.float32)

    def voices(case: Case) -> Scores:
        query = encoder.encode_query([case.query])[0]
        best = np.array([np.sort(group @ query)[-3:].mean() for group in spoken], dtype=np.float32)
        return np.asarray(formula(case) + best, dtype=np.float32)

    return {
        "dense, whole record": dense,
        "the formula it began with": formula,
        "+ situations and phrases, best three": voices,
    }


def _steps(matcher: Matcher) -> dict[str, Ranker]:
    """What each part of Spridbart adds to the one before."""
    fitting, scoring = Fitting(matcher), matcher.fitted.scoring

    def ranker(step: Callable[..., Scores]) -> Ranker:
        def rank(case: Case) -> Scores:
            example = fitting.example(case)
            return np.asarray(step(example)[example.matched], dtype=np.float32)

        return rank

    def whole(example: object) -> Scores:
        return matcher.compare(example.probe, scoring, example.first).logits  # type: ignore[attr-defined]

    return {
        "+ metric learned from the catalogue": ranker(lambda e: e.first["voices_near"] + e.first["centre"]),
        "+ words, n-grams, names, facets; fitted": ranker(lambda e: scoring.unjudged.logit(e.first)),
        "+ head learned from judged texts": ranker(lambda e: first_logit(scoring.first, scoring.unjudged, e.first)),
        "+ likeness to the others that fit": ranker(whole),
    }


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
