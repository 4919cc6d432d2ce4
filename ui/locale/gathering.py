"""Gathers every text that a page can show, and keeps a catalogue per language up to date with them (Babel)."""

import ast
from collections.abc import Iterator
from enum import Enum
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from registry import erasing
from registry.adopting.readiness import Answer
from registry.adopting.side_by_side import Likeness
from registry.editing.access import Act, Duty
from registry.editing.proposals import EventKind, Origin
from registry.exploring.gaps import Origin as Asker
from registry.field_names import FIELD_NAMES
from registry.inbox.reported_needs import NeedStatus
from registry.places import COUNTRIES, NATIONAL_LABEL
from registry.upkeep.likeness import Sign
from registry.upkeep.quality import Lack
from registry.values import Basis, Evidence, Form, Maturity, Operation, Role, Sector, Setting, Status
from registry.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("matching", "registry", "ui")
SINGLE, COUNTED = {"_", "gettext", "later"}, {"ngettext"}
CLOSED_SETS: tuple[type[Enum], ...] = (
    Act, Answer, Asker, Basis, Duty, EventKind, Evidence, Form, Lack, Likeness, Maturity, NeedStatus, Operation, Origin,
    Role, Sector, Setting, Sign, Status,
)  # fmt: skip


def gathered() -> Catalog:
    """All texts in the source, and those that are shown by value: closed sets, field names."""
    catalog = Catalog(project="Spridbart", charset="utf-8", fuzzy=False)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for text in marked(path.read_text(encoding="utf-8")):
                catalog.add(text)
    for value in _shown_by_value():
        catalog.add(value)
    return catalog


def marked(source: str) -> Iterator[str | tuple[str, str]]:
    """The texts marked in Python source. Babel's own reading sees none inside f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if node.func.id in SINGLE and texts:
            yield texts[0]
        elif node.func.id in COUNTED and len(texts) > 1:
            yield texts[0], texts[1]


def brought_up_to_date(po: Path) -> Catalog:
    """The catalogue in ``po`` with the texts of today: new ones untranslated, those gone left out."""
    with po.open("rb") as file:
        catalog = read_po(file, locale=po.parts[-3])
    made = catalog.creation_date
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalog.creation_date = made  # otherwise the file would change each time
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as text, in the order of its messages."""
    out = BytesIO()
    write_po(out, catalog, width=120, sort_output=True, omit_header=False, ignore_obsolete=True)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _shown_by_value() -> Iterator[str]:
    for members in CLOSED_SETS:
        yield from (str(member.value) for member in members)
    yield from FIELD_NAMES.values()
    yield from (*COUNTRIES.values(), NATIONAL_LABEL, erasing.RECORD, erasing.PROPOSAL)
    yield from sorted({term.age for term in load_vocabulary().target_groups.values()} - {""})
