"""Two needs: how often a judged paragraph is cut in two, and whether each match says the right need."""

import json

from benchmarks.speed import CASES
from matching.__main__ import load_matcher
from matching.matcher import Matcher
from registry.catalogue import PARQUET, read_parquet

_SHOWN = 5


def run() -> None:
    """Prints, by split, for the paragraphs whose judge named the needs, and for texts with one need."""
    matcher = load_matcher(read_parquet(PARQUET))
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    print(f"  {'':<12}{'paragraphs':>11}{'cut in two':>12}{'both needs in top 5':>21}{'need named rightly':>20}")
    for split in ("fit", "validation"):
        rows = [_row(matcher, case) for case in cases if case.get("needs") and case["split"] == split]
        cut, both, right, named = (sum(column) for column in zip(*rows, strict=True))
        print(f"  {split:<12}{len(rows):>11}{cut:>12}{both:>21}{f'{right} of {named}':>20}")
    single = [case["query"] for case in cases if case["kind"] in "abde"]
    wrongly = sum(bool(matcher.match(query).needs) for query in single)
    print(f"  texts with one need that were cut: {wrongly} of {len(single)}")


def _row(matcher: Matcher, case: dict[str, list[list[str]]]) -> tuple[int, int, int, int]:
    """Whether it was cut, whether both needs are answered among the first five, needs named rightly, and named."""
    result = matcher.match(str(case["query"]))
    needs = [set(ids) for ids in case["needs"]]
    shown = result.matches[:_SHOWN]
    both = all(any(match.initiative_id in need for match in shown) for need in needs)
    right = named = 0
    for match in shown if result.needs else ():
        answers = {number for number, need in enumerate(needs) if match.initiative_id in need}
        if len(answers) == 1:
            named += 1
            right += answers == set(match.needs)
    return bool(result.needs), both, right, named


if __name__ == "__main__":
    run()
