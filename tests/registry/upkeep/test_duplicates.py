"""Never twice: what is taken for the same initiative, what is not, and what somebody has said is not."""

import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.initiative import Initiative
from registry.store import InitiativeStore
from registry.upkeep.distinct import DistinctStore
from registry.upkeep.duplicates import Known, near_duplicates, report
from registry.upkeep.likeness import CERTAIN, Entry, Sign
from tests.conftest import editorial, make_initiative

CASES = Path(__file__).parent.parent.parent / "cases" / "duplicates.jsonl"


def ids(fields: dict[str, object], records: list[Initiative]) -> list[str]:
    return [duplicate.initiative_id for duplicate in near_duplicates(fields, records)]


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Jobsprånget", "jobbspranget"),
        ("Jobspranget för akademiker", "jobbspranget"),
        ("Projektet Unga In", "unga-in"),
        ("kultur pa recept", "kultur-pa-recept"),
        ("Skill Lab", "skilllab"),
        ("PSI", "psi"),
        ("Urkraft AB, Skellefteå", "urkraft"),
        ("Marykedjan", "marykedjan"),
    ],
)
def test_the_same_name_in_other_words_is_found(shipped: list[Initiative], typed: str, id: str) -> None:
    """Misspelt, with a word more, abbreviated, written together or with "projektet" and "AB" around it: the record comes first."""
    assert ids({"name": typed}, shipped)[0] == id


def test_another_place_is_another_initiative(shipped: list[Initiative]) -> None:
    """The same kind of house in another town is not a duplicate, however alike the names are."""
    assert "brukarstyrd-motesplats-goteborg" not in ids({"name": "Brukarstyrd mötesplats i Umeå"}, shipped)
    assert "medskapandebyran" not in ids({"name": "Medskapandebyrån i Kiruna"}, shipped)


def test_another_part_of_a_project_is_another_initiative(make: Callable[..., Initiative]) -> None:
    """Numbers in names tell projects apart."""
    assert ids({"name": "Steget vidare 2"}, [make(id="steget", name="Steget vidare 1")]) == []


def test_owner_and_meaning_speak_for_and_against(make: Callable[..., Initiative]) -> None:
    """The same owner makes a like name likelier to be the same, another owner less; so does what the texts mean."""
    record = make(id="a", name="Framåt Ungdom", owner="Föreningen Framåt", statements=(editorial("owner"),))
    name = {"name": "Framåt ungdomar"}
    same, other = (
        near_duplicates({**name, "owner": owner}, [record]) for owner in ("Framåt, ideell förening", "Region Skåne")
    )
    assert same[0].likeness > near_duplicates(name, [record])[0].likeness
    assert Sign.OWNER in same[0].why
    assert not other or other[0].likeness < near_duplicates(name, [record])[0].likeness
    with_meaning = near_duplicates({"name": "Något helt annat"}, [record], {"a": 0.7})
    assert with_meaning[0].why == (Sign.MEANING,)
    assert near_duplicates({"name": "Något helt annat"}, [record]) == []


def test_the_sources_own_id_is_certain() -> None:
    """Two entries with one of the source's ids are the same whatever they are called."""
    known = Known([Entry("a", ("Gamla namnet",), external_ids=frozenset({"esf:2023/00123"}))])
    [found] = known.near(Entry.typed({"name": "Helt nytt", "external_ids": ["esf:2023/00123"]}))
    assert (found.likeness, found.why) == (1.0, (Sign.EXTERNAL_ID,))


def test_an_alias_is_a_name(shipped: list[Initiative]) -> None:
    """What a record is also called counts as its name."""
    [first, *_] = near_duplicates({"name": "Kulturunderstödd rehabilitering"}, shipped)
    assert first.initiative_id == "kultur-pa-recept"
    assert first.likeness >= CERTAIN
    assert first.why[0] is Sign.SAME_NAME


def test_nothing_written_is_like_nothing(shipped: list[Initiative]) -> None:
    """An empty form, or one with other things than text in it, warns of nothing."""
    for fields in ({}, {"name": ""}, {"name": None, "aliases": None}, {"name": "!?"}, {"summary": "Ungdomar"}):
        assert near_duplicates(fields, shipped) == []
    assert near_duplicates({"name": "Unga In"}, []) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=40))
def test_any_text_can_be_compared(names: list[str], typed: str) -> None:
    """Whatever is written: likeness is a share, the best comes first, and a record is never like itself in the report."""
    records = [make_initiative(id=f"r-{i}", name=f"{name} x") for i, name in enumerate(names)]
    found = near_duplicates({"name": typed}, records)
    assert all(0.5 <= duplicate.likeness <= 1 for duplicate in found)
    assert found == sorted(found, key=lambda duplicate: -duplicate.likeness)
    assert all(pair.first < pair.second for pair in report(records))


def test_many_at_once_gives_what_one_by_one_gives(shipped: list[Initiative]) -> None:
    """An import is told the same as somebody who types each row."""
    rows = [{"name": name} for name in ("Jobsprånget", "", "Snöröjning", "MSI")]
    known = Known([Entry.of(record) for record in shipped])
    together = list(known.near_many([Entry.typed(row) for row in rows]))
    assert together == [near_duplicates(row, shipped) for row in rows]


def test_judged_pairs_are_told_apart(shipped: list[Initiative]) -> None:
    """On the judged pairs, by names alone: at least three of four duplicates are found, at most one of four others."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    known = Known([Entry.of(record) for record in shipped])
    warned = [
        (case["same"], case["id"] in {d.initiative_id for d in known.near(Entry.typed(case["typed"]))})
        for case in cases
    ]
    same = [found for is_same, found in warned if is_same]
    other = [found for is_same, found in warned if not is_same]
    assert min(len(same), len(other)) >= 60
    assert sum(same) / len(same) >= 0.75
    assert sum(other) / len(other) <= 0.25


def test_a_name_is_compared_with_ten_thousand_while_it_is_typed() -> None:
    """The median of thirty comparisons stays far below what a writer notices."""
    words = [
        f"{a}{b}"
        for a in ("ung", "jobb", "kultur", "språk", "mötes", "lär")
        for b in ("kraft", "bro", "plats", "vägen")
    ]
    draw = random.Random(7)  # noqa: S311 - no secret
    entries = [Entry(f"r{i}", (" ".join(draw.choices(words, k=3)) + f" x{i}",)) for i in range(10_000)]
    known = Known(entries)
    known.near(entries[0])
    seconds = []
    for entry in entries[::333]:
        begun = time.perf_counter()
        known.near(Entry("", (entry.names[0][:-1],)))
        seconds.append(time.perf_counter() - begun)
    assert sorted(seconds)[len(seconds) // 2] < 0.25


def test_a_pair_that_is_not_the_same_stays_off_the_list(make: Callable[..., Initiative]) -> None:
    """Said once, by somebody, in whatever order; and it can be taken back."""
    with InitiativeStore() as initiatives:
        store = DistinctStore(initiatives)
        records = [make(id="a", name="Unga In"), make(id="b", name="Unga in i arbete")]
        [pair] = report(records)
        assert (pair.first, pair.second) == ("a", "b")
        store.say("b", "a", by="Kim")
        store.say("a", "b", by="Robin")
        [said] = store.all()
        assert (said.first, said.second, said.said_by) == ("a", "b", "Kim")
        assert Known([Entry.of(record) for record in records]).pairs(apart=store.pairs()) == []
        store.take_back("b", "a")
        assert store.pairs() == frozenset()


NAMES = st.sampled_from(
    ["Steget", "Steget vidare", "Ny start Umeå", "Ny start Kiruna", "UVAS", "Skill Lab", "", "Fontänhuset"]
)
CHANGES = st.lists(st.tuples(st.dictionaries(st.sampled_from("abcde"), NAMES), st.sets(st.sampled_from("abcde"))))


@given(CHANGES)
@settings(deadline=None)
def test_what_is_changed_piece_by_piece_is_what_is_made_anew(changes: list[tuple[dict[str, str], set[str]]]) -> None:
    """Whatever comes, changes and goes, and in what order, the same is found as by one made of all that is there."""
    known, there = Known([]), dict[str, Entry]()
    for typed, removed in changes:
        fresh = {id: Entry.typed({"name": name, "external_ids": [f"x:{name}"]}, id) for id, name in typed.items()}
        known = known.changed(list(fresh.values()), removed - fresh.keys())
        there = {id: entry for id, entry in (there | fresh).items() if entry.names and id not in removed - fresh.keys()}
    anew = Known(list(there.values()))
    for name in ("Steget vidare", "Ny start", "UVAS", "SkillLab"):
        asked = Entry.typed({"name": name})
        assert known.near(asked) == anew.near(asked)
    assert known.pairs() == anew.pairs()
    assert {id: known.name_of(id) for id in "abcde"} == {id: anew.name_of(id) for id in "abcde"}
