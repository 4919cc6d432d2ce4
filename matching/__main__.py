"""python -m matching "UVAS i glesbygd" | --batch FIL | evaluate FIL: matching from the command line.

Exit status 0 done, 2 wrong use, 1 failed.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from matching.answer import as_data, row
from matching.encoder import load_encoder
from matching.errors import CasesInvalid, MatchingError
from matching.evaluation import OUTSIDE, ablation_table, ablations, evaluate, json_lines, read_cases, table
from matching.index import Index
from matching.live import vector_cache
from matching.matcher import Matcher, MatchResult
from matching.models import compare_models, side_by_side
from matching.wording import in_swedish
from registry.__main__ import Parser
from registry.errors import RegistryError
from registry.home import published_records
from registry.initiative import Initiative
from registry.places import load_places
from registry.vocabulary import load_vocabulary


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if arguments[:1] == ["evaluate"]:
            return _evaluate(arguments[1:])
        return _match(arguments)
    except (MatchingError, RegistryError) as error:
        print(in_swedish(error), file=sys.stderr)
        return 1


def _match(arguments: list[str]) -> int:
    parser = Parser(prog="python -m matching", description="Hitta initiativ som svarar mot en utmaning.")
    parser.add_argument("challenge", nargs="?", metavar="UTMANING", help="utmaningen, med egna ord")
    parser.add_argument("--kommun", help="kommunens namn")
    parser.add_argument("--limit", type=int, default=10, metavar="ANTAL", help="högst så många träffar (10)")
    parser.add_argument("--json", action="store_true", help="svara med ett JSON-objekt")
    parser.add_argument("--batch", type=Path, metavar="FIL", help='en utmaning per rad: {"id", "query"}')
    options = parser.parse_args(arguments)
    if (options.challenge is None) == (options.batch is None):
        parser.error("ange antingen en utmaning eller --batch")
    if options.limit < 1:
        parser.error("--limit ska vara minst 1")
    municipality = load_places().find(options.kommun) if options.kommun else None
    if options.batch:
        cases = list(_read_batch(options.batch))
        matcher = load_matcher()
        for case in cases:
            print(json.dumps(_batch_line(matcher, case, options.limit), ensure_ascii=False))
        return 0
    result = load_matcher().match(options.challenge, municipality=municipality, limit=options.limit)
    print(
        json.dumps(as_data(result, options.challenge), ensure_ascii=False, indent=1)
        if options.json
        else _as_text(result)
    )
    return 0


def _evaluate(arguments: list[str]) -> int:
    parser = Parser(prog="python -m matching evaluate", description="Mät matchningen mot bedömda fall.")
    parser.add_argument("cases", type=Path, metavar="FALL.jsonl")
    parser.add_argument(
        "--model", action="append", help="namn eller mapp på en Sentence Transformers-modell; flera jämförs"
    )
    options = parser.parse_args(arguments)
    if options.model:
        print(side_by_side(compare_models(options.model, options.cases)))
        return 0
    matcher = load_matcher()
    cases = read_cases(options.cases, matcher.index.records)
    print(table(evaluate(matcher, cases)))
    if any(case.kind != OUTSIDE for case in cases):
        print(f"\nablations\n{ablation_table(ablations(matcher, cases))}")
    return 0


def load_matcher(records: Sequence[Initiative] | None = None) -> Matcher:
    """A matcher over ``records``, or else over what is published here, with the chosen model.

    Raises:
        ModelUnavailable: the model cannot be loaded.
        CatalogueMissing, CatalogueDamaged: the catalogue cannot be read.
    """
    vocabulary, places = load_vocabulary(), load_places()
    index = Index(published_records() if records is None else records, vocabulary, load_encoder(), vector_cache())
    return Matcher(index, vocabulary, places)


def _read_batch(path: Path) -> Iterator[dict[str, Any]]:
    for number, case in json_lines(path):
        if "id" not in case or "query" not in case:
            raise CasesInvalid(str(path), number, "raden saknar id eller query")
        yield {"id": case["id"], "query": str(case["query"])}


def _batch_line(matcher: Matcher, case: dict[str, Any], limit: int) -> dict[str, Any]:
    try:
        result = matcher.match(case["query"], limit=limit)
    except MatchingError as error:
        return {"id": case["id"], "results": [], "no_good_match": True, "error": in_swedish(error)}
    rows = [row(match) for match in result.matches]
    return {"id": case["id"], "results": rows, "no_good_match": result.no_good_match}


def _as_text(result: MatchResult) -> str:
    lines = []
    if result.no_good_match:
        lines += ["Inget i registret passar riktigt bra. Närmast ligger:", ""]
    for match in result.matches if result.no_good_match else result.fitting:
        lines.append(f"{match.initiative.name} – passar: {match.strength}")
        lines += [f"  + {reason.text}" for reason in match.reasons]
        lines += [f"  – {caution.text}" for caution in match.cautions]
        lines.append("")
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    sys.exit(main())
