"""Choices: what the figures would be without them, fitted anew each time.

Run by itself (python -m benchmarks.choices): it takes a few minutes. ``fit`` is cross-validated on the fitting
cases, ``validation`` on those that took no part.
"""

from collections.abc import Iterator, Sequence
from unittest.mock import patch

from benchmarks.speed import CASES
from matching import metric
from matching.__main__ import load_matcher
from matching.evaluation import OUTSIDE, Outcome, read_cases
from matching.fit import Fitting
from matching.index import Index
from matching.matcher import Matcher
from matching.vectors import VectorCache
from registry.catalogue import PARQUET, read_parquet
from registry.places import load_places
from registry.vocabulary import load_vocabulary

_SHRINKAGES = (0.3, 0.6, 0.85, 1.0)
_PHRASES = (0, 6, 12, 24)


def run() -> None:
    """Prints nDCG@5, hit@1 and abstention for each variant."""
    print(f"  {'':<34}{'fit':>16}{'validation':>16}{'outside said':>14}{'refused':>9}")
    for label, matcher in _variants():
        fitting = Fitting(matcher)
        examples = [fitting.example(case) for case in read_cases(CASES, matcher.index.records)]
        fit = [example for example in examples if example.case.split == "fit"]
        scoring = fitting.fit(fit)
        held_out = [fitting.outcome(example, scoring) for example in examples if example.case.split != "fit"]
        said, refused = _abstention(held_out, outside=True), _abstention(held_out, outside=False)
        print(
            f"  {label:<34}{_ranking(fitting.cross_validated(fit)):>16}{_ranking(held_out):>16}{said:>14}{refused:>9}"
        )


def _variants() -> Iterator[tuple[str, Matcher]]:
    shipped = load_matcher(read_parquet(PARQUET))
    vocabulary, places, cache = load_vocabulary(), load_places(), VectorCache()
    assert shipped.index.meaning is not None
    encoder = shipped.index.meaning.encoder
    yield "as shipped", shipped
    yield "words alone", shipped.by_words()
    for shrinkage in _SHRINKAGES:
        with patch.object(metric, "SHRINKAGE", shrinkage):
            index = Index(shipped.index.records, vocabulary, encoder, cache)
        label = "metric off (shrinkage 1)" if shrinkage == 1 else f"metric, shrinkage {shrinkage}"
        yield label, Matcher(index, vocabulary, places)
    for count in _PHRASES:
        records = [r.model_copy(update={"search_phrases": r.search_phrases[:count]}) for r in shipped.index.records]
        yield (
            f"{count} search phrases a record",
            Matcher(Index(records, vocabulary, encoder, cache), vocabulary, places),
        )


def _ranking(outcomes: Sequence[Outcome]) -> str:
    inside = [outcome for outcome in outcomes if outcome.case.kind != OUTSIDE]
    ndcg, hit = (sum(values) / len(inside) for values in ([o.ndcg for o in inside], [o.hit for o in inside]))
    return f"{ndcg:.3f} / {hit:.3f}"


def _abstention(outcomes: Sequence[Outcome], *, outside: bool) -> str:
    group = [outcome for outcome in outcomes if (outcome.case.kind == OUTSIDE) is outside]
    return f"{sum(outcome.no_good_match for outcome in group)} of {len(group)}"


if __name__ == "__main__":
    run()
