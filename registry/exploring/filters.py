"""Which records a reader has asked to see."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from registry.initiative import Initiative
from registry.places import NATIONAL, Places, load_places
from registry.values import Role


@dataclass(frozen=True)
class Filters:
    """Chosen values by facet. Values of one facet are alternatives; facets combine.

    ``regions`` also lets through what concerns all of Sweden, since it can be used there too, unless
    ``national`` is False. ``municipality_types`` are SKR's groups of the municipalities that a record is tied to.
    """

    target_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    maturity: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    municipality_types: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    national: bool = True

    def allow(self, record: Initiative) -> bool:
        """Whether the record has a chosen value in every facet that has any."""
        return all(not chosen.isdisjoint(FACETS[facet](record)) for facet, chosen in self.chosen.items())

    @cached_property
    def chosen(self) -> dict[str, frozenset[str]]:
        """The facets that have a choice, each with the values that meet it."""
        found = {facet: frozenset(getattr(self, facet)) for facet in FACETS if getattr(self, facet)}
        if self.national and "regions" in found:
            found["regions"] |= {NATIONAL}
        return found

    def __bool__(self) -> bool:
        return any(getattr(self, facet) for facet in FACETS)


def is_match(record: Initiative) -> bool:
    """Whether the record is offered as a match in itself, and not shown apart as support or idea."""
    return record.role == Role.INITIATIVE


@cache
def _places() -> Places:
    return load_places()


def _municipality_types(record: Initiative) -> tuple[str, ...]:
    known = _places().municipalities
    return tuple(dict.fromkeys(known[code].group for code in record.tried_in() if code in known))


# The values of a record in each facet of Filters; counting reads the same table as filtering.
FACETS: dict[str, Callable[[Initiative], tuple[str, ...]]] = {
    "target_groups": lambda record: record.target_groups,
    "themes": lambda record: record.themes,
    "regions": lambda record: record.regions,
    "settings": lambda record: record.settings,
    "maturity": lambda record: (record.maturity,),
    "roles": lambda record: (record.role,),
    "municipality_types": _municipality_types,
    "municipalities": Initiative.tried_in,
    "sectors": lambda record: record.sectors,
    "forms": lambda record: (record.form,),
    "evidence": lambda record: (record.evidence,),
    "operations": lambda record: (record.operation,),
    "categories": lambda record: (record.category,),
}
