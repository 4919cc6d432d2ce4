"""Which fields tell initiatives apart, and in which order they are read."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from registry.adopting.side_by_side import COMPARED, Likeness, Row, rows
from registry.initiative import Initiative
from tests.conftest import editorial, make_initiative

Make = Callable[..., Initiative]


def row(found: list[Row], field: str) -> Row:
    return next(row for row in found if row.field == field)


def test_what_differs_comes_first_and_the_unknown_last(make: Make) -> None:
    """Rows that differ come first, then those alike, then those that nobody knows."""
    found = rows([make(), make(name="Annat", summary="Något annat.")])
    assert found[0].field == "summary"
    order = [found.likeness for found in found]
    assert order == sorted(order, key=list(Likeness).index)
    assert row(found, "form").likeness is Likeness.ALIKE
    assert row(found, "owner").likeness is Likeness.UNKNOWN


def test_every_compared_field_has_one_row_in_its_order(make: Make) -> None:
    """Nothing is dropped or doubled, and within a section the fields keep their order."""
    found = rows([make(), make(summary="Något annat.")])
    assert sorted(row.field for row in found) == sorted(COMPARED)
    for likeness in Likeness:
        fields = [row.field for row in found if row.likeness is likeness]
        assert fields == sorted(fields, key=COMPARED.index)


def test_unknown_by_one_is_a_difference(make: Make) -> None:
    """That only one is known is something to see, not something alike."""
    known = make(evidence="beskriven", statements=(editorial("evidence"),))
    found = row(rows([known, make()]), "evidence")
    assert found.likeness is Likeness.DIFFERENT
    assert found.cells == (("beskriven",), ())


def test_not_assessed_by_all_is_unknown(make: Make) -> None:
    """ "Ej bedömd" and "okänt" say that nothing is known, so they are not counted as alike."""
    found = rows([make(), make()])
    assert {row(found, field).likeness for field in ("maturity", "evidence", "operation")} == {Likeness.UNKNOWN}


def test_the_order_of_values_makes_no_difference(make: Make) -> None:
    """The same target groups in another order are the same."""
    carried = (editorial("target_groups"),)
    one = make(target_groups=("uvas", "unga"), statements=carried)
    other = make(target_groups=("unga", "uvas"), statements=carried)
    assert row(rows([one, other]), "target_groups").likeness is Likeness.ALIKE


@given(st.lists(st.sampled_from(["A", "B", "uppgift saknas"]), min_size=1, max_size=4))
def test_likeness_follows_from_the_values_alone(owners: list[str]) -> None:
    """For any columns: unknown when no one is known, different when any two cells differ, else alike."""
    carried = (editorial("owner"),)
    found = row(rows([make_initiative(owner=owner, statements=carried) for owner in owners]), "owner")
    known = [owner for owner in owners if owner != "uppgift saknas"]
    if not known:
        assert found.likeness is Likeness.UNKNOWN
    else:
        assert (found.likeness is Likeness.DIFFERENT) == (len(set(owners)) > 1)
