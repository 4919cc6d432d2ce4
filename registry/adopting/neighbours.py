"""What is used or has been tried where, seen from one municipality: at home, where it is alike, in the län.

A record is tied to a municipality by its ``municipalities`` or ``adoptions``. Tied is not tried: ``Initiative.is_tried``
says whether any source does.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.exploring.filters import is_match
from registry.initiative import Adoption, Initiative, Statement
from registry.places import NATIONAL, Municipality, Places, swedish_order

ALIKE = 10  # municipalities: as many as Hitta counts as alike
COMPANIONS = 6  # municipalities to suggest: so many can meet around a table


@dataclass(frozen=True)
class Use:
    """A record, and in which of the municipalities that were asked about it is used or has been tried."""

    record: Initiative
    municipalities: tuple[Municipality, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """What is tied to a municipality and to those around it, each the most used first.

    ``alike`` are the nearest in kind; ``in_group`` is what is used in the rest of its SKR group; ``regional`` are
    records that concern the län without naming a municipality in it. ``national`` is how many initiatives concern all of
    Sweden.
    """

    municipality: Municipality
    alike: tuple[Municipality, ...]
    at_home: tuple[Use, ...]
    where_alike: tuple[Use, ...]
    in_group: tuple[Use, ...]
    in_lan: tuple[Use, ...]
    regional: tuple[Initiative, ...]
    national: int


@dataclass(frozen=True)
class Entry:
    """A line of the adoption log: a record in a municipality; ``adoption`` is None where no source says when or what came of it."""

    record: Initiative
    municipality: Municipality
    adoption: Adoption | None

    @property
    def year(self) -> int | None:
        """When it was tried, if a source says so."""
        return self.adoption.year if self.adoption else None

    def statements(self) -> tuple[Statement, ...]:
        """What carries the line: statements on the municipality, and on adoptions where there is one."""
        fields = {"municipalities", f"municipalities.{self.municipality.code}"}
        if self.adoption:
            fields = {"adoptions", f"adoptions.{self.municipality.code}"}
        return tuple(statement for statement in self.record.statements if statement.field in fields)


def neighbourhood(municipality: Municipality, records: Sequence[Initiative], places: Places) -> Neighbourhood:
    """What is known around the municipality."""
    alike = tuple(places.like(municipality, ALIKE))
    near = {municipality.code, *(other.code for other in alike)}
    others = [other for other in places.municipalities.values() if other.code != municipality.code]
    in_lan = uses(records, [other for other in others if other.lan == municipality.lan])
    named = {use.record.id for use in (*in_lan, *uses(records, [municipality]))}
    return Neighbourhood(
        municipality,
        alike,
        at_home=uses(records, [municipality]),
        where_alike=uses(records, alike),
        in_group=uses(records, [o for o in others if o.group == municipality.group and o.code not in near]),
        in_lan=in_lan,
        regional=tuple(r for r in records if municipality.lan in r.regions and r.id not in named),
        national=sum(NATIONAL in record.regions and is_match(record) for record in records),
    )


def uses(records: Sequence[Initiative], municipalities: Collection[Municipality]) -> tuple[Use, ...]:
    """The records that are tied to any of the municipalities, those tied to most of them first."""
    by_code = {municipality.code: municipality for municipality in municipalities}
    found = [Use(r, tuple(by_code[code] for code in r.tried_in() if code in by_code)) for r in records]
    found = [use for use in found if use.municipalities]
    return tuple(sorted(found, key=lambda use: (-len(use.municipalities), swedish_order(use.record.name))))


def log(records: Sequence[Initiative], municipalities: Collection[Municipality]) -> tuple[Entry, ...]:
    """Who has tried what in these municipalities: the latest first, and what has no year last."""
    by_code = {municipality.code: municipality for municipality in municipalities}
    entries = [entry for record in records for entry in _entries(record, by_code)]
    return tuple(
        sorted(
            entries,
            key=lambda e: (-(e.year or 0), swedish_order(e.municipality.name), swedish_order(e.record.name)),
        )
    )


def companions(municipality: Municipality, places: Places) -> tuple[Municipality, ...]:
    """Municipalities that it could take something up with: the most alike in its län, or anywhere if it is alone there.

    A suggestion of ours; no source is behind it.
    """
    everyone = places.like(municipality, len(places.municipalities))
    here = [other for other in everyone if other.lan == municipality.lan]
    return tuple((here or everyone)[:COMPANIONS])


def by_municipality(records: Sequence[Initiative], places: Places) -> dict[Municipality, tuple[Initiative, ...]]:
    """The municipalities that any record is tied to, those with most records first, and their records by name."""
    found: dict[str, list[Initiative]] = {}
    for record in sorted(records, key=lambda record: swedish_order(record.name)):
        for code in record.tried_in():
            found.setdefault(code, []).append(record)
    tied = {places.municipalities[code]: tuple(its) for code, its in found.items()}
    return dict(sorted(tied.items(), key=lambda pair: (-len(pair[1]), swedish_order(pair[0].name))))


def _entries(record: Initiative, by_code: Mapping[str, Municipality]) -> Iterator[Entry]:
    for adoption in record.adoptions:
        if adoption.municipality in by_code:
            yield Entry(record, by_code[adoption.municipality], adoption)
    adopted = {adoption.municipality for adoption in record.adoptions}
    for code in record.municipalities:
        if code in by_code and code not in adopted:
            yield Entry(record, by_code[code], None)
