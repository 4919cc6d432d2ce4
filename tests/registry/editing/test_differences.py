"""What differs between two states, and how two people's changes go together."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.editing.differences import INDEPENDENT_VALUES, Conflict, Difference, differences, merge
from tests.conftest import make_initiative

LISTS = ("target_groups", "situations", "statements")
VALUES = st.lists(st.sampled_from("abcde"), unique=True, max_size=4)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(LISTS, VALUES),
        "name": st.sampled_from(["x", "y", "z", ""]),
        "owner": st.text(max_size=2),
    },
)


def test_says_what_differs_in_the_records_order() -> None:
    """Only what differs, the name before the summary, and not what the store keeps account of."""
    before = make_initiative().model_dump(mode="json")
    after = {**before, "summary": "Ny", "name": "Nytt", "revision": 9, "updated_by": "x", "status": "arkiverad"}
    assert differences(before, after) == [
        Difference("name", before["name"], "Nytt"),
        Difference("summary", before["summary"], "Ny"),
    ]


def test_a_missing_field_is_one_that_is_not_filled_in() -> None:
    """A draft of a few fields compared with the whole record shows no emptiness as a change."""
    assert differences({"owner": "uppgift saknas", "partners": []}, {"owner": "", "partners": None}) == []
    assert differences({}, {"owner": "Kommunen"}) == [Difference("owner", "uppgift saknas", "Kommunen")]


def test_changes_of_different_fields_are_both_kept() -> None:
    """One changed the name, the other the summary: no conflict."""
    base = {"name": "A", "summary": "B"}
    merged = merge(base, base | {"name": "Min"}, base | {"summary": "Deras"})
    assert merged.fields == {"name": "Min", "summary": "Deras"}
    assert merged.conflicts == ()


def test_both_changing_one_text_is_a_conflict_with_all_three_versions() -> None:
    """The draft holds mine until somebody chooses."""
    merged = merge({"name": "A"}, {"name": "Min"}, {"name": "Deras"})
    assert merged.conflicts == (Conflict("name", "A", "Min", "Deras"),)
    assert merged.fields["name"] == "Min"


def test_both_changing_to_the_same_is_none() -> None:
    """Two people who made the same correction agree."""
    assert merge({"name": "A"}, {"name": "B"}, {"name": "B"}).conflicts == ()


@pytest.mark.parametrize("field", INDEPENDENT_VALUES)
def test_values_that_stand_for_themselves_are_merged(field: str) -> None:
    """What either added is there, what either took away is not."""
    merged = merge({field: ["a", "b", "c"]}, {field: ["b", "c", "min"]}, {field: ["a", "c", "deras"]})
    assert merged.fields[field] == ["c", "deras", "min"]
    assert merged.conflicts == ()


def test_sentences_added_by_both_are_all_kept() -> None:
    """Two new sentences do not contradict each other."""
    merged = merge({"situations": ["a"]}, {"situations": ["a", "min"]}, {"situations": ["deras", "a"]})
    assert merged.fields["situations"] == ["deras", "a", "min"]


def test_a_sentence_that_both_rewrote_is_a_conflict() -> None:
    """Both took away the same sentence and wrote another: that may be one sentence in two versions."""
    merged = merge({"situations": ["a"]}, {"situations": ["min"]}, {"situations": ["deras"]})
    assert [conflict.field for conflict in merged.conflicts] == ["situations"]


def test_a_source_changed_by_one_and_another_added_by_the_other() -> None:
    """Parts of a list are compared whole."""
    old, new, other = ({"field": field, "claim": "x"} for field in ("owner", "period", "funding"))
    changed: dict[str, Any] = old | {"claim": "y"}
    merged = merge({"statements": [old, new]}, {"statements": [changed, new]}, {"statements": [old, new, other]})
    assert merged.fields["statements"] == [new, other, changed]
    assert merged.conflicts == ()


@given(FIELDS, FIELDS)
def test_no_differences_means_the_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Applying the differences to what was gives what is."""
    changed = before | {d.field: d.after for d in differences(before, after)}
    assert differences(changed, after) == []
    assert differences(before, before) == []


@given(FIELDS, FIELDS)
def test_a_merge_with_somebody_who_changed_nothing_is_my_own(base: dict[str, Any], mine: dict[str, Any]) -> None:
    """Whoever left it as it was takes nothing away from the other."""
    for merged in (merge(base, mine, base), merge(base, base, mine), merge(base, mine, mine)):
        assert differences(merged.fields, mine) == []
        assert merged.conflicts == ()


@given(FIELDS, FIELDS, FIELDS)
def test_nothing_that_somebody_added_is_lost(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """Each value that one of them added is in the merged draft or in a conflict that shows it."""
    merged = merge(base, mine, theirs)
    conflicts = {conflict.field: conflict for conflict in merged.conflicts}
    for side in (mine, theirs):
        for field in LISTS:
            added = [value for value in side.get(field, []) if value not in base.get(field, [])]
            shown = conflicts.get(field)
            kept = [*shown.mine, *shown.theirs] if shown else merged.fields.get(field) or []
            assert set(added) <= set(kept)


@given(FIELDS, FIELDS, FIELDS)
def test_conflicts_are_the_same_from_both_sides(
    base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """It does not matter who saves last: the same fields conflict, and the rest holds the same values."""
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [c.field for c in one.conflicts] == [c.field for c in other.conflicts]
    for field in one.fields.keys() - {c.field for c in one.conflicts}:
        assert sorted(one.fields[field] or []) == sorted(other.fields[field] or [])
