"""Places as lists write them: names and codes of län and municipalities, NUTS 3 codes, countries."""

import re
from collections.abc import Callable

from registry.errors import UnknownMunicipality
from registry.places import COUNTRIES, NATIONAL, NATIONAL_LABEL, Places, fold

# Eurostat's NUTS 2021, level 3: in Sweden each is a län.
NUTS3 = {
    "SE110": "01", "SE121": "03", "SE122": "04", "SE123": "05", "SE124": "18", "SE125": "19", "SE211": "06",
    "SE212": "07", "SE213": "08", "SE214": "09", "SE221": "10", "SE224": "12", "SE231": "13", "SE232": "14",
    "SE311": "17", "SE312": "20", "SE313": "21", "SE321": "22", "SE322": "23", "SE331": "24", "SE332": "25",
}  # fmt: skip
_NUTS = re.compile(r"(?:.*/)?(SE\d{3})")
_NATIONAL_NAMES = {fold(NATIONAL_LABEL), "sverige", "sweden", "hela landet", "nationellt", "se", NATIONAL}


def region_finder(places: Places) -> Callable[[str], str | None]:
    """Gives the code of the län, the country or all of Sweden that a text names; None where it names none."""
    names = {_lan_key(fold(name)): code for code, name in places.lan.items()}
    known = dict.fromkeys(_NATIONAL_NAMES, NATIONAL) | {fold(name): code for code, name in COUNTRIES.items()}
    codes = {*places.lan, *COUNTRIES}

    def find(text: str) -> str | None:
        name, code = fold(text), text.strip().upper()
        nuts = _NUTS.fullmatch(code)
        if nuts:
            return NUTS3.get(nuts[1])
        return code if code in codes else known.get(name) or names.get(_lan_key(name))

    return find


def municipality_code(text: str, places: Places) -> str | None:
    """The code of the municipality that ``text`` names; None where it names none."""
    try:
        return places.find(text.strip()).code
    except UnknownMunicipality:
        return None


def _lan_key(name: str) -> str:
    return re.sub(r"s?( lan)?$", "", name.removeprefix("region ").removesuffix("sregionen"))
