"""One thing entered twice: the second entry corrects the first."""

from collections.abc import Callable

from registry.editing.joining import joined
from registry.initiative import Initiative

SOURCE = {
    "field": "target_groups.unga",
    "claim": "Sidan nämner unga.",
    "basis": "publik källa",
    "source_title": "Om oss",
    "source_address": "https://example.org",
    "quote": "",
    "date": "2026-11-22",
}


def test_the_entry_becomes_a_name_with_its_values_and_sources(make: Callable[..., Initiative]) -> None:
    """Nothing the record says is changed; the entry's name, groups and sources come to it."""
    record = make().model_dump(mode="json")
    entered = {
        "name": "Odling åt alla",
        "summary": "Något annat.",
        "target_groups": ["unga"],
        "statements": [SOURCE],
        "owner": "Föreningen Odling",
    }
    fields = joined(record, entered)
    assert fields["name"] == record["name"]
    assert fields["summary"] == record["summary"]
    assert fields["aliases"] == ["Odling åt alla"]
    assert fields["target_groups"] == ["unga"]
    assert fields["statements"] == [SOURCE]
    assert fields["owner"] == "Föreningen Odling"
    assert fields["id"] == record["id"]


def test_what_is_there_already_is_not_added_again(make: Callable[..., Initiative]) -> None:
    """The same name in other letters, the same values and what is already known leave the record as it was."""
    record = make(aliases=("Odlarna",)).model_dump(mode="json")
    entered = {"name": "ODLING FOR ALLA", "aliases": ["odlarna"], "situations": record["situations"], "form": "metod"}
    assert joined(record, entered) == record


def test_no_more_situations_than_a_record_may_have(make: Callable[..., Initiative]) -> None:
    """The record's own sentences come first, and the entry's fill up what there is room for."""
    record = make().model_dump(mode="json")
    fields = joined(record, {"situations": [f"Mening {n}." for n in range(20)]})
    assert fields["situations"][0] == record["situations"][0]
    assert len(fields["situations"]) == 12
