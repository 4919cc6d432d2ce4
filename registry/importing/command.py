"""What ``python -m registry import`` does: the same preview and the same import as the page, from the command line."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from registry.editing.proposals import ProposalStore
from registry.errors import FileTooLarge, TableUnreadable
from registry.files import replace_file
from registry.home import home
from registry.importing.applying import Choices, apply_import
from registry.importing.error_sheet import errors_as_csv
from registry.importing.known import Known
from registry.importing.memory import ImportMemory
from registry.importing.plan import Kind, Plan, plan_import
from registry.importing.preview import suggested_recipe, understood
from registry.importing.reading import read_table
from registry.importing.table import LARGEST_FILE, Table
from registry.places import load_places
from registry.store import InitiativeStore
from registry.vocabulary import load_vocabulary

_MOST_SHOWN = 20
_COMMAND_LINE = "kommandoraden"


def add_import_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Adds the command to the command line."""
    command = commands.add_parser("import", help="läs in en fil som förslag; tjänsten får inte vara i gång")
    command.add_argument("file", type=Path, metavar="FIL", help="CSV, XLSX, JSON eller Parquet")
    command.add_argument("--preview", action="store_true", help="visa vad som skulle hända, skriv inget")
    command.add_argument("--delvis", action="store_true", help="läs in de rader som går, fast andra har fel")
    command.add_argument("--dubbletter", action="store_true", help="läs också in möjliga dubbletter")
    command.add_argument("--by", default=_COMMAND_LINE, metavar="NAMN", help="vem som läser in, för historiken")
    command.add_argument("--fel", type=Path, metavar="FIL.csv", help="skriv raderna med fel till en fil")
    command.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    table = _read(options.file)
    vocabulary, places, today = load_vocabulary(), load_places(), dt.date.today()
    with InitiativeStore(home()) as store:
        proposals, memory = ProposalStore(store, vocabulary, places), ImportMemory(store.database)

        def known() -> Known:
            return Known(store, proposals, memory)

        rows = understood(table, suggested_recipe(table, memory), vocabulary, places, today)
        plan = plan_import(table.file, rows, known(), near=known().near)
        _tell(plan, options.fel)
        if options.preview:
            print("Förhandsgranskning: inget har skrivits.")
            return 0
        choices = Choices(today.isoformat(), partly=options.delvis, duplicates=options.dubbletter)
        outcome = apply_import(plan, store.database, known, by=options.by, choices=choices)
    print(f"{len(outcome.created)} förslag skapade, {len(outcome.changed)} ändrade. De väntar på sidan Redaktion.")
    return 0


def _read(path: Path) -> Table:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise FileTooLarge(path.name, size, LARGEST_FILE)
        return read_table(path.name, path.read_bytes())
    except OSError as error:
        raise TableUnreadable(path.name, f"den går inte att öppna ({error.strerror})") from error


def _tell(plan: Plan, sheet: Path | None) -> None:
    """Prints how many rows of each kind; the problems to stderr, or to a file."""
    print(f"{plan.file}: {len(plan.rows)} rader. " + ", ".join(f"{kind}: {plan.counts[kind]}" for kind in Kind))
    if sheet:
        replace_file(sheet, lambda temporary: temporary.write_bytes(errors_as_csv(plan.problems).encode("utf-8")))
        return
    for problem in plan.problems[:_MOST_SHOWN]:
        where = f"rad {problem.row}, {problem.column}" if problem.column else f"rad {problem.row}"
        print(f"{where}: {problem.reason} {problem.advice}", file=sys.stderr)
    more = len(plan.problems) - _MOST_SHOWN
    if more > 0:
        print(f"… och {more} fel till. Skriv alla till en fil med --fel FIL.csv", file=sys.stderr)
