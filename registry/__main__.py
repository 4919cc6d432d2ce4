"""python -m registry compile | check | import | export | feedback | duplicates | check-links | backup | restore: the catalogue from the command line.

Exit status 0 done, 2 wrong use, 1 failed.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn

from registry.backups.commands import add_backup_commands
from registry.catalogue import PARQUET, SOURCE, compare, read_parquet, read_sources, write_parquet
from registry.database import DATABASE
from registry.errors import RegistryError
from registry.exporting.exports import FORMATS, write_export
from registry.files import replace_file
from registry.home import home, published_records
from registry.importing.command import add_import_command
from registry.inbox.feedback import FeedbackStore, as_cases
from registry.initiative import Initiative
from registry.places import load_places
from registry.store import InitiativeStore
from registry.upkeep.commands import add_quality_commands
from registry.values import Status
from registry.vocabulary import load_vocabulary
from registry.wording import in_swedish


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, with exit status 2."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with what is wrong."""
        self.exit(2, f"{self.prog}: fel användning: {message}. Hjälp: {self.prog} --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except RegistryError as error:
        print(in_swedish(error), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m registry", description="Katalogen: kontrollera, sammanställ, exportera; och besökarnas svar."
    )
    commands = parser.add_subparsers(
        required=True,
        metavar="compile | check | import | export | feedback | duplicates | check-links | backup | restore",
    )
    for name, run, words in (
        ("compile", _compile, "sammanställ källorna till en Parquet-fil"),
        ("check", _check, "kontrollera källorna och att Parquet-filen stämmer med dem"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("--source", type=Path, default=SOURCE, help="mapp med YAML-filer")
        command.add_argument("--parquet", type=Path, default=PARQUET, help="Parquet-filen")
        command.set_defaults(run=run)
    export = commands.add_parser("export", help="skriv de publicerade initiativen till en fil")
    export.add_argument("target", type=Path, metavar="FIL", help=f"filens ändelse avgör formatet: {', '.join(FORMATS)}")
    export.set_defaults(run=_export)
    feedback = commands.add_parser(
        "feedback", help="skriv besökarnas svar som bedömda fall; tjänsten får inte vara i gång"
    )
    feedback.add_argument("--out", type=Path, metavar="FIL.jsonl", help="filen att skriva; annars skrivs fallen ut")
    feedback.set_defaults(run=_feedback)
    add_import_command(commands)
    add_backup_commands(commands)
    add_quality_commands(commands)
    return parser


def _compile(options: argparse.Namespace) -> int:
    records = _valid(options.source)
    if records is None:
        return 1
    write_parquet(records, options.parquet)
    print(f"{len(records)} initiativ sammanställda i {options.parquet}")
    return 0


def _check(options: argparse.Namespace) -> int:
    records = _valid(options.source)
    if records is None:
        return 1
    differences = compare(read_parquet(options.parquet), records)
    for difference in differences:
        fields = f": {', '.join(difference.fields)}" if difference.fields else ""
        print(f"{difference.id}: {difference.kind}{fields}. Kör: python -m registry compile", file=sys.stderr)
    if not differences:
        print(f"{len(records)} initiativ kontrollerade; {options.parquet} stämmer med källorna")
    return 1 if differences else 0


def _export(options: argparse.Namespace) -> int:
    format = options.target.suffix.removeprefix(".").lower()
    if format not in FORMATS:
        print(f"Okänt format: {options.target.name}. Välj en ändelse: {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    records = published_records()
    write_export(records, options.target)
    print(f"{len(records)} initiativ skrivna till {options.target}")
    return 0


def _feedback(options: argparse.Namespace) -> int:
    if not (home() / DATABASE).is_file():
        print(f"Det finns ingen databas i {home()}, alltså inga svar. Välj mapp med SPRIDBART_HOME.", file=sys.stderr)
        return 1
    vocabulary = load_vocabulary()
    with InitiativeStore(home()) as store:
        answers = FeedbackStore(store, vocabulary).all()
        published = {record.id for record in store.all(Status.PUBLISHED)}
    cases = as_cases(answers, vocabulary, published)
    lines = "".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in cases)
    if options.out:
        replace_file(options.out, lambda path: path.write_text(lines, encoding="utf-8"))
    else:
        print(lines, end="")
    used = sum(sum(tally) for case in cases for tally in case["answers"].values())
    target = f" skrivna till {options.out}" if options.out else ""
    print(f"Bedömda fall: {len(cases)}{target}. De bygger på {used} av {len(answers)} svar.", file=sys.stderr)
    return 0


def _valid(source: Path) -> list[Initiative] | None:
    records, problems = read_sources(source, load_vocabulary(), load_places())
    for problem in problems:
        print(in_swedish(problem), file=sys.stderr)
    return None if problems else records


if __name__ == "__main__":
    sys.exit(main())
