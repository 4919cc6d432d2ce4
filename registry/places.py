"""Sweden's 290 municipalities and 21 län, and which municipalities are alike.

Facts: data/places/kommuner.csv (SCB's codes and population 31 December 2025, SKR's grouping 2023;
sources in data/places/SOURCES.md). "Glesbygd" is not a group of SKR's; see ``Municipality.settings``.
"""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from math import log
from pathlib import Path

from rapidfuzz import fuzz, process

from registry.errors import CatalogueMissing, UnknownMunicipality
from registry.values import Setting
from registry.vocabulary import DATA

# Inhabitants per square kilometre. The line is ours (docs/decisions/2026-11-22-settings.md): SKR has no
# group called glesbygd; 34 municipalities outside the towns have fewer people per square kilometre.
SPARSE_BELOW = 6.0
SPARSE_GROUPS = ("B5", "C7", "C8", "C9")

_SETTINGS_OF_GROUP = {
    "A1": (Setting.METROPOLITAN,),
    "A2": (Setting.METROPOLITAN,),
    "B3": (Setting.TOWN,),
    "B4": (Setting.SMALL_TOWN,),
    "B5": (Setting.SMALL_TOWN, Setting.RURAL),
    "C6": (Setting.TOWN, Setting.SMALL_TOWN),
    "C7": (Setting.SMALL_TOWN, Setting.RURAL),
    "C8": (Setting.RURAL, Setting.SMALL_TOWN),
    "C9": (Setting.RURAL, Setting.SMALL_TOWN),
}

COUNTRIES = {"EU": "EU", "FI": "Finland", "GB": "Storbritannien", "PT": "Portugal", "NL": "Nederländerna"}
NATIONAL = "00"
NATIONAL_LABEL = "Hela Sverige"


@dataclass(frozen=True)
class Municipality:
    """A municipality; ``land_area`` in square kilometres."""

    code: str
    name: str
    lan: str
    group: str
    group_name: str
    population: int
    land_area: float

    @property
    def density(self) -> float:
        """Inhabitants per square kilometre of land."""
        return self.population / self.land_area

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The kinds of place this municipality is, read from its SKR group and density."""
        sparse = self.group in SPARSE_GROUPS and self.density < SPARSE_BELOW
        return (*((Setting.SPARSE,) if sparse else ()), *_SETTINGS_OF_GROUP[self.group])


@dataclass(frozen=True)
class Places:
    """The municipalities by code, and the names of the län by code."""

    municipalities: dict[str, Municipality]
    lan: dict[str, str]

    def find(self, name: str) -> Municipality:
        """The municipality with this code or name, however it is capitalised or accented.

        Raises:
            UnknownMunicipality: there is none; with the nearest names.
        """
        if name in self.municipalities:
            return self.municipalities[name]
        key = fold(name).removesuffix(" kommun").removesuffix(" stad")
        found = self._by_key.get(key) or self._by_key.get(key.removesuffix("s"))
        if found:
            return found
        close = process.extract(key, self._by_key.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=60)
        raise UnknownMunicipality(name, tuple(self._by_key[match].name for match, *_ in close))

    def region_label(self, code: str) -> str:
        """The words to show for a region code: a län, all of Sweden or a country."""
        if code == NATIONAL:
            return NATIONAL_LABEL
        return self.lan.get(code) or COUNTRIES.get(code) or code

    def like(self, municipality: Municipality, limit: int = 10) -> list[Municipality]:
        """Municipalities like this one: same SKR group, then nearest density, then same län.

        Density is compared as a ratio (the distance between logarithms, in steps of a tenth), so
        that same län decides between equally dense ones.
        """

        def distance(other: Municipality) -> tuple[bool, int, bool, str]:
            ratio = abs(log(other.density) - log(municipality.density))
            return other.group != municipality.group, round(ratio * 10), other.lan != municipality.lan, other.code

        others = (other for other in self.municipalities.values() if other.code != municipality.code)
        return sorted(others, key=distance)[:limit]

    @cached_property
    def _by_key(self) -> dict[str, Municipality]:
        return {fold(municipality.name): municipality for municipality in self.municipalities.values()}


def fold(text: str) -> str:
    """Lower case without accents: "Åsele" and "asele" become the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def load_places(path: Path = DATA / "places" / "kommuner.csv") -> Places:
    """Reads the municipalities and the län.

    Raises:
        CatalogueMissing: the file is not there.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        raise CatalogueMissing(path) from None
    municipalities = [
        Municipality(
            code=row["kommun_kod"],
            name=row["kommun"],
            lan=row["lan_kod"],
            group=row["skr_group_2023"],
            group_name=row["skr_group_name"],
            population=int(row["population"]),
            land_area=float(row["land_area_km2"]),
        )
        for row in rows
    ]
    return Places({m.code: m for m in municipalities}, LAN)


LAN = {
    "01": "Stockholms län",
    "03": "Uppsala län",
    "04": "Södermanlands län",
    "05": "Östergötlands län",
    "06": "Jönköpings län",
    "07": "Kronobergs län",
    "08": "Kalmar län",
    "09": "Gotlands län",
    "10": "Blekinge län",
    "12": "Skåne län",
    "13": "Hallands län",
    "14": "Västra Götalands län",
    "17": "Värmlands län",
    "18": "Örebro län",
    "19": "Västmanlands län",
    "20": "Dalarnas län",
    "21": "Gävleborgs län",
    "22": "Västernorrlands län",
    "23": "Jämtlands län",
    "24": "Västerbottens län",
    "25": "Norrbottens län",
}


def swedish_order(text: str) -> str:
    """A key that sorts as in Swedish: å, ä and ö last."""
    return text.casefold().translate(str.maketrans("åäö", "{|}"))
