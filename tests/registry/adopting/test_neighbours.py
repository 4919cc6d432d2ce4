"""What is used where, seen from one municipality."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.adopting.neighbours import by_municipality, companions, log, neighbourhood, uses
from registry.initiative import Initiative
from registry.places import Places

SORSELE, NORSJO, SKELLEFTEA, GOTLAND, MALMO = "2422", "2417", "2482", "0980", "1280"
ABOUT = {"basis": "redaktionell bedömning", "date": "2026-11-22"}


@pytest.fixture
def tied(make: Callable[..., Initiative]) -> Callable[..., Initiative]:
    """A record tied to municipalities, by where it runs and by who took it up."""

    def record(id: str, *municipalities: str, **changes: Any) -> Initiative:
        carried = [{"field": f"municipalities.{code}", "claim": f"Finns i {code}.", **ABOUT} for code in municipalities]
        if changes.get("adoptions"):
            carried.append({"field": "adoptions", "claim": "Prövades där.", **ABOUT})
        for field in ("regions", "operation"):
            if field in changes:
                carried.append({"field": field, "claim": "Enligt oss.", **ABOUT})
        return make(id=id, name=id.capitalize(), municipalities=municipalities, statements=carried, **changes)

    return record


def test_each_record_is_where_it_is_used(tied: Callable[..., Initiative], places: Places) -> None:
    """At home, where it is alike, in the län: a record is in every circle that it has a municipality in, and no other."""
    here = places.municipalities[SORSELE]
    alike = places.like(here)[0]
    records = [tied("hemma", SORSELE), tied("lik", alike.code), tied("lan", NORSJO), tied("borta", MALMO)]
    around = neighbourhood(here, records, places)
    assert [use.record.id for use in around.at_home] == ["hemma"]
    assert [use.record.id for use in around.where_alike] == ["lik"]
    assert "lan" in [use.record.id for use in around.in_lan]
    circles = (around.at_home, around.where_alike, around.in_group, around.in_lan)
    assert "borta" not in [use.record.id for circle in circles for use in circle]


def test_groups_do_not_overlap(places: Places, shipped: list[Initiative]) -> None:
    """The rest of the group has neither the municipality itself nor those counted as alike."""
    for municipality in list(places.municipalities.values())[::29]:
        around = neighbourhood(municipality, shipped, places)
        near = {municipality.code, *(other.code for other in around.alike)}
        rest = {one.code for use in around.in_group for one in use.municipalities}
        assert not near & rest
        assert all(places.municipalities[code].group == municipality.group for code in rest)


def test_the_lan_without_a_municipality(tied: Callable[..., Initiative], places: Places) -> None:
    """What concerns the län is shown apart only when it names no municipality there; what is national is counted."""
    records = [
        tied("regional", regions=("24",)),
        tied("namngiven", NORSJO, regions=("24",)),
        tied("hela", regions=("00",)),
    ]
    around = neighbourhood(places.municipalities[SORSELE], records, places)
    assert [record.id for record in around.regional] == ["regional"]
    assert around.national == 1


def test_the_most_used_first(tied: Callable[..., Initiative], places: Places) -> None:
    """Records used in more of the municipalities come first, then by name in Swedish."""
    records = [tied("odla", NORSJO), tied("bada", NORSJO, SKELLEFTEA), tied("arbeta", SKELLEFTEA)]
    members = [places.municipalities[code] for code in (NORSJO, SKELLEFTEA)]
    assert [use.record.id for use in uses(records, members)] == ["bada", "arbeta", "odla"]
    counted = by_municipality(records, places)
    assert {m.name: len(its) for m, its in counted.items()} == {"Norsjö": 2, "Skellefteå": 2}


def test_the_log_has_a_line_for_each_adoption(tied: Callable[..., Initiative], places: Places) -> None:
    """The latest first; who is only named comes last, once, and with what the source says of it."""
    record = tied(
        "cirkel",
        NORSJO,
        SKELLEFTEA,
        operation="avslutad",
        adoptions=(
            {"municipality": NORSJO, "year": 2012, "outcome": "Avslutades efter två år."},
            {"municipality": NORSJO, "year": 2020},
            {"municipality": MALMO, "year": 2024},
        ),
    )
    members = [places.municipalities[code] for code in (NORSJO, SKELLEFTEA)]
    entries = log([record], members)
    assert [(entry.municipality.name, entry.year) for entry in entries] == [
        ("Norsjö", 2020),
        ("Norsjö", 2012),
        ("Skellefteå", None),
    ]
    assert [statement.claim for statement in entries[0].statements()] == ["Prövades där."]
    assert [statement.claim for statement in entries[2].statements()] == [f"Finns i {SKELLEFTEA}."]


def test_every_line_of_the_shipped_log_has_a_source(places: Places, shipped: list[Initiative]) -> None:
    """Nothing stands in the log that no statement carries, and all of the catalogue's adoptions are there."""
    entries = log(shipped, places.municipalities.values())
    assert all(entry.statements() for entry in entries)
    assert sum(entry.adoption is not None for entry in entries) == sum(len(record.adoptions) for record in shipped)


def test_companions_are_of_the_same_lan(places: Places) -> None:
    """Whoever is suggested is in the län, most alike first; who is alone in theirs gets the most alike of all."""
    for municipality in places.municipalities.values():
        suggested = companions(municipality, places)
        assert municipality not in suggested
        assert suggested
        assert {other.lan for other in suggested} == {municipality.lan} or municipality.code == GOTLAND
