"""What ``python -m registry duplicates`` and ``check-links`` do."""

import argparse
import datetime as dt
import sys
from collections import Counter
from typing import Any

from registry.database import DATABASE
from registry.errors import StoreBusy
from registry.home import home, published_records
from registry.store import InitiativeStore
from registry.upkeep.distinct import DistinctStore
from registry.upkeep.duplicates import Known
from registry.upkeep.likeness import Entry
from registry.upkeep.links import LinkChecker, LinkState, LinkStore, addresses_of


def add_quality_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    """Adds the two commands to the command line."""
    duplicates = commands.add_parser(
        "duplicates", help="lista publicerade initiativ som kan vara samma, efter namn och ägare"
    )
    duplicates.set_defaults(run=_duplicates)
    links = commands.add_parser(
        "check-links", help="besök adresserna som posterna hänvisar till; tjänsten får inte vara i gång"
    )
    links.add_argument(
        "--most", type=int, metavar="N", help="besök högst så många, de som kontrollerades längst sedan först"
    )
    links.set_defaults(run=_check_links)


def _duplicates(_options: argparse.Namespace) -> int:
    records = {record.id: record for record in published_records()}
    pairs = Known([Entry.of(record) for record in records.values()]).pairs(apart=_judged())
    for pair in pairs:
        names = f"{records[pair.first].name} ({pair.first})  =?  {records[pair.second].name} ({pair.second})"
        print(f"{pair.likeness:.2f}  {names}: {', '.join(pair.why) or 'flera saker liknar var för sig'}")
    print(f"{len(pairs)} par av {len(records)} publicerade initiativ kan vara samma.", file=sys.stderr)
    return 0


def _judged() -> frozenset[tuple[str, str]]:
    """The pairs that somebody has said are not the same, where the database can be read."""
    if not (home() / DATABASE).is_file():
        return frozenset()
    try:
        with InitiativeStore(home()) as store:
            return DistinctStore(store).pairs()
    except StoreBusy:
        print("Tjänsten är i gång: par som redan är bedömda visas också.", file=sys.stderr)
        return frozenset()


def _check_links(options: argparse.Namespace) -> int:
    addresses = {address for record in published_records() for address in addresses_of(record)}
    with InitiativeStore(home()) as initiatives:
        store = LinkStore(initiatives)
        earlier = store.all()
        ordered = sorted(
            addresses, key=lambda address: (earlier[address].day if address in earlier else dt.date.min, address)
        )
        counts: Counter[LinkState] = Counter()
        for finding in LinkChecker().check(ordered[: options.most]):
            store.save(finding)
            counts[finding.state] += 1
            if finding.state is not LinkState.WELL:
                print(f"{finding.state}: {finding.address}: {finding.detail}", flush=True)
    said = ", ".join(f"{counts[state]} {state}" for state in LinkState if counts[state])
    print(f"{counts.total()} av {len(addresses)} adresser besökta: {said or 'inga'}.", file=sys.stderr)
    return 0
