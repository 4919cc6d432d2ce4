"""Choices: what the figures would be without them, fitted anew each time.

Run by itself (python -m benchmarks.choices): it takes some ten minutes. ``fit`` is cross-validated on the fitting
cases, ``validation`` on those that took no part. Two needs in one text are not cut here.
"""

from collections.abc import Iterator, Sequence
from statistics import fmean

import numpy as np

from benchmarks.speed import CASES
from matching.encoder import Encoder, load_encoder
from matching.evaluation import OUTSIDE, Outcome, read_cases
from matching.fit import Fitting, judged_texts
from matching.fitted import Fitted, load_fitted
from matching.head import Head
from matching.index import Index
from matching.live import vector_cache
from matching.matcher import Matcher
from registry.catalogue import PARQUET, read_parquet
from registry.initiative import Initiative
from registry.places import load_places
from registry.vocabulary import load_vocabulary

_JUDGED = (750, 1500, 3000)
_PHRASES = (0, 12)


def run() -> None:
    """Prints nDCG@5, hit@1 and abstention for each variant."""
    print(f"  {'':<34}{'fit':>16}{'validation':>16}{'outside said':>14}{'refused':>9}")
    for label, matcher in _variants():
        fitting = Fitting(matcher)
        examples = [fitting.example(case) for case in read_cases(CASES, matcher.index.records)]
        fit = [example for example in examples if example.case.split == "fit"]
        unseen = [fitting.outcome(e, scoring) for scoring, fold in fitting.folds(fit) for e in fold]
        scoring = fitting.fit(fit)
        held_out = [fitting.outcome(example, scoring) for example in examples if example.case.split != "fit"]
        said, refused = _abstention(held_out, outside=True), _abstention(held_out, outside=False)
        print(f"  {label:<34}{_ranking(unseen):>16}{_ranking(held_out):>16}{said:>14}{refused:>9}", flush=True)


def _variants() -> Iterator[tuple[str, Matcher]]:
    records, encoder = read_parquet(PARQUET), load_encoder()
    texts, grades = judged_texts(load_vocabulary())
    vectors = encoder.encode_query(texts)
    whole = Head.learned(texts, grades, vectors)
    yield "as shipped", _matcher(records, encoder, whole)
    yield "head on n-grams alone", _matcher(records, encoder, Head.learned(texts, grades))
    outside = [i for i, judged in enumerate(grades) if not judged]
    inside = np.random.default_rng(0).permutation([i for i, judged in enumerate(grades) if judged]).tolist()
    for count in _JUDGED:
        some = inside[:count] + outside
        head = Head.learned([texts[i] for i in some], [grades[i] for i in some], vectors[some])
        yield f"{count} judged texts", _matcher(records, encoder, head)
    new = set(whole.ids[::4])
    seen = [{id: grade for id, grade in judged.items() if id not in new} for judged in grades]
    yield "a quarter of the records unjudged", _matcher(records, encoder, Head.learned(texts, seen, vectors))
    for count in _PHRASES:
        fewer = [r.model_copy(update={"search_phrases": r.search_phrases[:count]}) for r in records]
        yield f"{count} search phrases a record", _matcher(fewer, encoder, whole)


def _matcher(records: Sequence[Initiative], encoder: Encoder, head: Head) -> Matcher:
    vocabulary = load_vocabulary()
    index = Index(records, vocabulary, encoder, vector_cache())
    return Matcher(index, vocabulary, load_places(), Fitted(head, load_fitted("meaning").scoring))


def _ranking(outcomes: Sequence[Outcome]) -> str:
    inside = [outcome for outcome in outcomes if outcome.case.kind != OUTSIDE]
    return f"{fmean(o.ndcg for o in inside):.3f} / {fmean(o.hit for o in inside):.3f}"


def _abstention(outcomes: Sequence[Outcome], *, outside: bool) -> str:
    group = [outcome for outcome in outcomes if (outcome.case.kind == OUTSIDE) is outside]
    return f"{sum(outcome.no_good_match for outcome in group)} of {len(group)}"


if __name__ == "__main__":
    run()
