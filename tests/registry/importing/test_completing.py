"""What of an import can be published as it is, and what the rest lacks."""

from registry.importing.completing import completeness
from registry.upkeep.duplicates import Known
from registry.upkeep.likeness import Entry
from tests.registry.importing.conftest import PLACES, WORDS, Desk, row


def test_the_complete_ones_are_told_from_the_others(desk: Desk) -> None:
    """Only open proposals of that import count; what stops most comes first; an edit is seen with its version."""
    one, two, three, four = desk.apply(desk.plan(*(row(number) for number in (1, 2, 3, 4)))).created
    [run] = desk.memory.runs()
    desk.apply(desk.plan(row(5)))
    for id in (three, two):
        fields = desk.proposals.get(id).fields | {"form": "metod", "name": f"Projekt {id == three}"}
        desk.proposals.autosave(id, fields, seen_version=1, by="Bo")
    desk.proposals.withdraw(four, by="Bo", reason="Hör inte hit.")
    found = completeness(desk.store.database, run.id, Known([]), WORDS, PLACES)
    assert [(ready.id, ready.version, ready.name) for ready in found.ready] == [
        (two, 2, "Projekt False"),
        (three, 2, "Projekt True"),
    ]
    assert (found.incomplete, found.stopping) == (1, {"form": 1})
    assert desk.proposals.get(one).status == "förslag"


def test_what_has_been_published_meanwhile_is_told(desk: Desk) -> None:
    """A complete proposal like a record names it, but not the record that it changes itself."""
    [made] = desk.apply(desk.plan(row(1))).created
    record = desk.publish(made)
    [changing] = desk.apply(desk.plan(row(1, total="5 000 000"))).created
    [other] = desk.apply(desk.plan(row(2, namn="Insats 1"))).created
    fields = desk.proposals.get(other).fields | {"form": "metod"}
    desk.proposals.autosave(other, fields, seen_version=1, by="Bo")
    published = Known([Entry.of(record)])
    like = {
        ready.id: ready.like
        for run in desk.memory.runs()
        for ready in completeness(desk.store.database, run.id, published, WORDS, PLACES).ready
    }
    assert like == {changing: (), other: (record.id,)}
