"""What the address of Utforska asks for, and the addresses of the views beside it.

The address is the only memory of the page: every choice is a parameter, every link an address. Values are
ids of the vocabularies and SCB's codes, so that an address holds when a label is reworded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import streamlit as st

from registry.exploring.facets import Facets
from registry.exploring.filters import Filters
from registry.values import Role

# Facet of Filters -> its parameter in the address, in the order that the page shows them.
PARAMETERS = {
    "target_groups": "malgrupp",
    "themes": "tema",
    "regions": "lan",
    "municipality_types": "kommuntyp",
    "municipalities": "kommun",
    "settings": "plats",
    "sectors": "sektor",
    "forms": "form",
    "maturity": "mognad",
    "evidence": "evidens",
    "operations": "drift",
    "categories": "rubrik",
    "roles": "roll",
}
TEXT, VIEW, ALL, LAN_ONLY = "sok", "vy", "alla", "bara_lan"
SORT, PAGE, COLUMNS, SELECTED, MATRIX, MAP = "sortera", "sida", "kolumn", "vald", "matris", "karta"
YES = "ja"
TABLE_VIEW, MAP_VIEW, MATRIX_VIEW, CHART_VIEW, GAP_VIEW = "tabell", "karta", "matris", "diagram", "saknas"

Address = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class View:
    """An address, read. ``gone`` are values in it that the registry does not have (any more)."""

    address: Address
    gone: tuple[str, ...] = ()

    @classmethod
    def read(cls, facets: Facets) -> "View":
        """The view that the browser's address asks for."""
        address = {name: tuple(dict.fromkeys(st.query_params.get_all(name))) for name in st.query_params}
        gone: list[str] = []
        for facet, name in PARAMETERS.items():
            known = set(facets.values(facet))
            gone += [value for value in address.get(name, ()) if value not in known]
            address[name] = tuple(value for value in address.get(name, ()) if value in known)
        return cls({name: values for name, values in address.items() if values}, tuple(gone))

    def get(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return next(iter(self.address.get(name, ())), default)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a parameter."""
        return tuple(self.address.get(name, ()))

    @property
    def text(self) -> str:
        """The words that names and summaries must hold."""
        return self.get(TEXT)

    @property
    def everything(self) -> bool:
        """Whether support structures, models and ideas are shown beside the initiatives."""
        return self.get(ALL) == YES

    @cached_property
    def filters(self) -> Filters:
        """The choices in the facets; initiatives alone unless all kinds of record are asked for."""
        chosen = {facet: self.all(name) for facet, name in PARAMETERS.items()}
        if not self.everything:
            chosen["roles"] = (Role.INITIATIVE,)
        return Filters(**chosen, national=self.get(LAN_ONLY) != YES)

    def link(self, changes: Address) -> str:
        """The address with some parameters changed (an empty value takes one away), on its first page."""
        changed = {**self.address, PAGE: (), **changes}
        return f"?{urlencode([(name, value) for name, values in changed.items() for value in values])}"

    def toggled(self, name: str, value: str) -> Address:
        """The change that chooses a value, or takes it away."""
        chosen = self.all(name)
        return {name: tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)}

    def without_filters(self) -> Address:
        """The change that takes all choices away."""
        return dict.fromkeys((*PARAMETERS.values(), TEXT, LAN_ONLY), ())

    @property
    def is_narrowed(self) -> bool:
        """Whether anything has been chosen that can be taken away."""
        return bool(self.text or any(self.all(name) for name in PARAMETERS.values()))


def change_address(changes: Address) -> None:
    """Puts the changes in the browser's address, from a widget."""
    for name, values in {PAGE: (), **changes}.items():
        if values:
            st.query_params[name] = list(values)
        else:
            st.query_params.pop(name, None)
