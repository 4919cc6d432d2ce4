"""Municipalities: found however they are written, and those that are alike."""

import pytest

from registry.errors import UnknownMunicipality
from registry.places import Places, swedish_order
from registry.values import Setting


def test_all_municipalities_are_there(places: Places) -> None:
    """290 municipalities in 21 län, with SKR's published counts per group."""
    groups = [m.group for m in places.municipalities.values()]
    assert len(groups) == 290
    assert {m.lan for m in places.municipalities.values()} == set(places.lan)
    expected = {"A1": 3, "A2": 43, "B3": 23, "B4": 63, "B5": 24, "C6": 27, "C7": 51, "C8": 35, "C9": 21}
    assert {group: groups.count(group) for group in sorted(set(groups))} == expected


@pytest.mark.parametrize("name", ["Sorsele", "sorsele", "SORSELE", "Sorsele kommun", "Sorseles", "2422"])
def test_finds_by_any_spelling(places: Places, name: str) -> None:
    """Capitals, "kommun", a genitive or the code all lead to the same municipality."""
    assert places.find(name).code == "2422"


@pytest.mark.parametrize(("name", "code"), [("gallivare", "2523"), ("Alvdalen", "2039"), ("Malmö stad", "1280")])
def test_finds_without_accents(places: Places, name: str, code: str) -> None:
    """å, ä and ö may be missing."""
    assert places.find(name).code == code


def test_unknown_name_comes_with_the_nearest(places: Places) -> None:
    """A misspelt name is refused with a suggestion."""
    with pytest.raises(UnknownMunicipality) as failure:
        places.find("Sorsle")
    assert "Sorsele" in failure.value.nearest


def test_alike_is_same_group_then_density_then_lan(places: Places) -> None:
    """The nearest neighbours share the SKR group and lie close in density."""
    sorsele = places.find("Sorsele")
    alike = places.like(sorsele, limit=5)
    assert all(other.group == sorsele.group for other in alike)
    assert sorsele not in alike
    assert alike[0].density < 1
    beyond = places.like(sorsele, limit=289)
    assert len(beyond) == 289
    assert [other.group == sorsele.group for other in beyond] == sorted(
        (other.group == sorsele.group for other in beyond), reverse=True
    )


@pytest.mark.parametrize(
    ("name", "setting"), [("Sorsele", Setting.SPARSE), ("Malmö", Setting.METROPOLITAN), ("Skellefteå", Setting.TOWN)]
)
def test_setting_follows_group_and_density(places: Places, name: str, setting: Setting) -> None:
    """A municipality is the kind of place its group and density say."""
    assert setting in places.find(name).settings


def test_swedish_order_puts_our_letters_last() -> None:
    """Å, Ä and Ö come after Z, in that order."""
    assert sorted(["Örebro", "Åre", "Zorn", "Älvdalen", "ale"], key=swedish_order) == [
        "ale",
        "Zorn",
        "Åre",
        "Älvdalen",
        "Örebro",
    ]
