"""Which records a reader has asked to see."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.initiative import Initiative
from registry.places import NATIONAL
from registry.values import Role


@dataclass(frozen=True)
class Filters:
    """Chosen values by facet. Values of one facet are alternatives; facets combine.

    ``regions`` also lets through what concerns all of Sweden, since it can be used there too.
    """

    target_groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    maturity: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def allow(self, record: Initiative) -> bool:
        """Whether the record has a chosen value in every facet that has any."""
        regions = (*self.regions, NATIONAL) if self.regions else ()
        return (
            _meet(self.target_groups, record.target_groups)
            and _meet(self.themes, record.themes)
            and _meet(regions, record.regions)
            and _meet(self.settings, record.settings)
            and _meet(self.maturity, (record.maturity,))
            and _meet(self.roles, (record.role,))
        )

    def __bool__(self) -> bool:
        return any((self.target_groups, self.themes, self.regions, self.settings, self.maturity, self.roles))


def is_match(record: Initiative) -> bool:
    """Whether the record is offered as a match in itself, and not shown apart as support or idea."""
    return record.role == Role.INITIATIVE


def _meet(chosen: Iterable[str], present: Iterable[str]) -> bool:
    chosen = set(chosen)
    return not chosen or not chosen.isdisjoint(present)
