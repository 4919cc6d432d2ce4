"""What an import would do is shown before; then all of it is done or none, and the same file again does nothing."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.catalogue import as_json
from registry.editing.drafts import Fields
from registry.editing.proposals import EventKind, Origin
from registry.errors import ColumnMissing, ImportHasErrors, ImportOutdated
from registry.exporting.exports import as_csv, as_xlsx
from registry.importing.applying import take_back
from registry.importing.error_sheet import errors_as_csv, errors_as_xlsx
from registry.importing.memory import RememberedMapping
from registry.importing.plan import Kind, Plan
from registry.importing.preview import suggested_recipe, understood
from registry.importing.reading import read_table
from registry.initiative import Initiative
from registry.upkeep.duplicates import Duplicate
from registry.upkeep.likeness import Sign
from registry.values import Status
from tests.conftest import editorial, make_initiative
from tests.registry.importing.conftest import (
    CHOICES,
    ESF_ROW,
    KOHESIO_HEADER,
    KOHESIO_ROW,
    PLACES,
    TODAY,
    WORDS,
    Desk,
    as_file,
    opened,
    row,
)


def counts(plan: Plan) -> dict[str, int]:
    return {kind.name.lower(): count for kind, count in plan.counts.items() if count}


def test_a_preview_writes_nothing(desk: Desk) -> None:
    """New rows and rows with errors are told apart, and the registry is as it was."""
    plan = desk.plan(row(1), row(2), row(3, startdatum="snart"))
    assert counts(plan) == {"new": 2, "error": 1}
    assert desk.proposals.all() == []
    assert desk.memory.runs() == []


def test_rows_become_proposals(desk: Desk) -> None:
    """Each new row is a draft from an import, by whoever imported it."""
    outcome = desk.apply(desk.plan(row(1), row(2)))
    proposals = desk.proposals.all()
    assert {proposal.id for proposal in proposals} == set(outcome.created)
    assert {(p.status, p.origin, p.author) for p in proposals} == {(Status.DRAFT, Origin.IMPORT, "Eva")}
    assert {p.fields["external_ids"][0] for p in proposals} == {"esf:23-001-S01", "esf:23-002-S01"}


def test_all_or_nothing_unless_the_editor_says_otherwise(desk: Desk) -> None:
    """One wrong row stops the file; with the choice made, the others come in."""
    plan = desk.plan(row(1), row(2, total="mycket"))
    with pytest.raises(ImportHasErrors):
        desk.apply(plan)
    assert desk.proposals.all() == []
    outcome = desk.apply(plan, replace(CHOICES, partly=True))
    assert (len(outcome.created), outcome.left) == (1, 1)


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    """Not while the proposals are open, not when they are refused, not when they are published and edited."""
    rows = [row(number) for number in (1, 2, 3)]
    first, second, third = desk.apply(desk.plan(*rows)).created
    assert counts(desk.plan(*rows)) == {"unchanged": 3}
    desk.proposals.withdraw(second, by="Bo", reason="Hör inte hit.")
    desk.publish(first, summary="Redaktionens egen sammanfattning.", owner="Uppsala")
    desk.proposals.autosave(third, {**desk.proposals.get(third).fields, "name": "Nytt"}, seen_version=1, by="Bo")
    assert counts(desk.plan(*rows)) == {"unchanged": 3}
    assert len(desk.proposals.all()) == 3


def test_a_changed_row_proposes_only_what_the_list_changed(desk: Desk) -> None:
    """What editors have made of the rest stands; the change is a proposal on the published record with its source."""
    [made] = desk.apply(desk.plan(row(1))).created
    record = desk.publish(made, summary="Redaktionens egen.", municipalities=["0380"], statements=[
        *desk.proposals.get(made).fields["statements"], {**editorial("municipalities"), "date": TODAY.isoformat()}])  # fmt: skip
    plan = desk.plan(row(1, total="5 000 000"))
    [planned] = plan.rows
    assert (planned.kind, planned.changed, planned.initiative_id) == (Kind.CHANGED, ("cost_band",), record.id)
    [changed] = desk.apply(plan).created
    proposal = desk.proposals.get(changed)
    assert (proposal.initiative_id, proposal.base_revision) == (record.id, record.revision)
    assert proposal.fields["summary"] == "Redaktionens egen."
    assert proposal.fields["cost_band"] == "5\u2009000\u2009000 kr"
    assert [s["claim"] for s in proposal.fields["statements"] if s["field"] == "cost_band"] == [
        "Kostnad: 5\u2009000\u2009000 kr"
    ]
    assert desk.publish(changed).cost_band == "5\u2009000\u2009000 kr"
    assert counts(desk.plan(row(1, total="5 000 000"))) == {"unchanged": 1}


def test_a_changed_row_of_an_open_proposal_changes_that(desk: Desk) -> None:
    """No second proposal is made; what an editor has written in it stands."""
    [made] = desk.apply(desk.plan(row(1))).created
    desk.proposals.autosave(made, {**desk.proposals.get(made).fields, "name": "Bättre namn"}, seen_version=1, by="Bo")
    outcome = desk.apply(desk.plan(row(1, total="5 000 000")))
    assert (outcome.created, outcome.changed) == ((), (made,))
    fields = desk.proposals.get(made).fields
    assert (fields["name"], fields["cost_band"]) == ("Bättre namn", "5\u2009000\u2009000 kr")
    assert counts(desk.plan(row(1, total="5 000 000"))) == {"unchanged": 1}


def test_kohesio_finds_the_project_that_came_from_esf(desk: Desk) -> None:
    """The same project in another list only fills in what is not known: never twice, and nothing overwritten."""
    [made] = desk.apply(desk.plan(ESF_ROW)).created
    desk.publish(made)
    [planned] = desk.plan(KOHESIO_ROW, header=KOHESIO_HEADER).rows
    assert planned.kind is Kind.CHANGED
    assert set(planned.changed) == {"aliases", "regions", "external_ids"}
    assert planned.draft["owner"] == "UPPSALA KOMMUN"
    assert planned.draft["external_ids"] == ["esf:23-017-S01", "kohesio:Q4512"]


def test_a_record_typed_by_hand_keeps_its_words(desk: Desk) -> None:
    """A record with the row's id that was never imported: facts are proposed, the editors' texts stand, and it is said."""
    desk.store.add(make_initiative(external_ids=("esf:23-001-S01",)), by="Bo", reason="Nytt.")
    [planned] = desk.plan(row(1)).rows
    assert "owner" in planned.changed
    assert not {"name", "summary", "description"} & set(planned.changed)
    assert "står kvar" in planned.notes[0]


def test_archived_and_erased_records_do_not_come_back(desk: Desk) -> None:
    """Archived is left alone; erased is not read in again, by neither list nor own export."""
    record = desk.store.add(make_initiative(external_ids=("esf:23-001-S01",)), by="Bo", reason="Nytt.")
    desk.store.archive(record.id, seen_revision=1, by="Bo", reason="Upphört.")
    assert desk.plan(row(1)).rows[0].notes == ("Initiativet är arkiverat. Återställ det först om det ska ändras.",)
    desk.store.erase(record.id, by="Bo", reason="GDPR.")
    [planned] = desk.plan_file(as_json([record]).encode(), "export.json").rows
    assert (planned.kind, planned.notes) == (Kind.UNCHANGED, ("Initiativet har raderats och läses inte in igen.",))


def test_the_same_id_twice_in_a_file(desk: Desk) -> None:
    """Rows that say the same are one; rows that contradict each other are an error."""
    plan = desk.plan(row(1), row(1), row(1, total="7"))
    assert [planned.kind for planned in plan.rows] == [Kind.NEW, Kind.UNCHANGED, Kind.ERROR]
    assert "rad 2" in plan.problems[0].reason


def test_possible_duplicates_wait_for_a_choice(desk: Desk) -> None:
    """Rows like a record, and rows with the same name and owner in the file, come in only when that is chosen."""
    desk.store.add(make_initiative(name="Insats 1"), by="Bo", reason="Nytt.")
    plan = desk.plan(row(1), row(2), row(3, namn="Insats 2"), near=desk.known().near)
    assert counts(plan) == {"new": 1, "duplicate": 2}
    assert plan.rows[0].duplicates[0].initiative_id == "odling-for-alla"
    assert len(desk.apply(plan).created) == 1
    assert counts(desk.plan(row(1), row(2), row(3, namn="Insats 2"))) == {"new": 2, "unchanged": 1}


def test_rows_like_an_open_proposal_of_a_new_initiative_are_possible_duplicates(desk: Desk) -> None:
    """Drafts and what is in review count; a change to a record, and what was ended, do not."""
    record = desk.store.add(make_initiative(), by="Bo", reason="Nytt.")
    drafted = desk.proposals.create({"name": "Insats 1"}, by="Bo")
    sent = desk.proposals.create({"name": "Insats 2"}, by="Bo")
    desk.proposals.submit(sent.id, seen_version=1, by="Bo")
    desk.proposals.create({"name": "Insats 3"}, by="Bo", initiative_id=record.id)
    ended = desk.proposals.create({"name": "Insats 4"}, by="Bo")
    desk.proposals.withdraw(ended.id, by="Bo", reason="Dubbelt.")
    plan = desk.plan(row(1), row(2), row(3), row(4), near=desk.known().near)
    alike = [[duplicate.initiative_id for duplicate in planned.duplicates] for planned in plan.rows]
    assert alike == [[drafted.id], [sent.id], [], []]
    assert counts(plan) == {"new": 2, "duplicate": 2}


def test_meaning_weighs_with_the_names(desk: Desk) -> None:
    """A row of another name whose text means the same is a possible duplicate, and says why; another text is not."""
    desk.store.add(make_initiative(), by="Bo", reason="Nytt.")

    def meanings(texts: Sequence[str]) -> list[dict[str, float]]:
        return [{"odling-for-alla": 0.8 if text.startswith("Insats 1. Ger stöd") else 0.1} for text in texts]

    plan = desk.plan(row(1), row(2), near=partial(desk.known().near, meanings=meanings))
    assert counts(plan) == {"new": 1, "duplicate": 1}
    [duplicate] = plan.rows[0].duplicates
    assert (duplicate.initiative_id, duplicate.why) == ("odling-for-alla", (Sign.MEANING,))


def test_duplicates_chosen_are_imported(desk: Desk) -> None:
    """With the choice made they are proposals like the others."""

    def near(drafts: Sequence[Fields]) -> list[list[Duplicate]]:
        return [[Duplicate("odling-for-alla", 0.9, ())] for _ in drafts]

    plan = desk.plan(row(1), near=near)
    assert desk.apply(plan).created == ()
    assert len(desk.apply(desk.plan(row(1), near=near), replace(CHOICES, duplicates=True)).created) == 1


def test_suggestions_come_in_only_when_confirmed(desk: Desk) -> None:
    """What was read out of a text is the editors' own judgement, and there only in the fields they confirm."""
    read = {"target_groups": ("uvas",), "themes": ("sysselsattning",), "settings": ("glesbygd",)}
    plan = desk.plan(row(1), row(2), suggest=lambda text: read if "Insats 1" in text else {})
    assert "target_groups" not in plan.rows[0].draft
    outcome = desk.apply(plan, replace(CHOICES, suggestions=frozenset(("target_groups", "settings"))))
    fields = desk.proposals.get(outcome.created[0]).fields
    assert (fields["target_groups"], fields["settings"], fields.get("themes")) == (["uvas"], ["glesbygd"], None)
    judged = [claim for claim in fields["statements"] if claim["field"] == "target_groups.uvas"]
    assert [claim["basis"] for claim in judged] == ["redaktionell bedömning"]
    assert "target_groups" not in desk.proposals.get(outcome.created[1]).fields


def test_a_plan_that_no_longer_holds_writes_nothing(desk: Desk) -> None:
    """Somebody else has imported the same file in between."""
    plan = desk.plan(row(1))
    desk.apply(desk.plan(row(1)))
    with pytest.raises(ImportOutdated):
        desk.apply(plan)
    assert len(desk.proposals.all()) == 1


def test_a_failure_half_way_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proposals and the memory of them are one transaction."""
    plan = desk.plan(row(1), row(2))
    with desk.store.database.transaction() as cursor:
        cursor.execute("DROP TABLE import_row")
        cursor.execute(
            "CREATE TABLE import_row (key VARCHAR, fingerprints VARCHAR, proposal_id VARCHAR, run_id INTEGER)"
        )
    with pytest.raises(Exception, match="Could not convert"):
        desk.apply(plan)
    assert desk.proposals.all() == []


def test_an_import_can_be_taken_back(desk: Desk) -> None:
    """Open proposals are withdrawn, approved ones stay, and the file can come again."""
    rows = [row(number) for number in (1, 2)]
    outcome = desk.apply(desk.plan(*rows))
    published = desk.publish(outcome.created[0])
    assert take_back(desk.store.database, outcome.run_id, by="Eva") == 1
    assert desk.store.get(published.id).status is Status.PUBLISHED
    assert [run.undone for run in desk.memory.runs()] == [True]
    withdrawn = desk.proposals.get(outcome.created[1])
    assert (withdrawn.status, withdrawn.changed_by, withdrawn.version) == (Status.ARCHIVED, "Eva", 1)
    created, ended = desk.proposals.events(withdrawn.id)
    assert (ended.kind, ended.by, ended.text) == (EventKind.WITHDRAWN, "Eva", "Importen togs tillbaka.")
    assert created.fields == ended.fields == withdrawn.fields
    assert desk.proposals.reopen(withdrawn.id, by="Eva").fields == withdrawn.fields
    desk.proposals.withdraw(withdrawn.id, by="Eva", reason="Ändå inte.")
    assert counts(desk.plan(rows[1])) == {"new": 1}


def test_a_mapping_is_remembered_by_the_headings(desk: Desk) -> None:
    """The next file with the same headings, in any order, is understood in the same way."""
    table = read_table("a.csv", as_file(("Rubrik", "Vem", "Kommun"), ("Ett", "Två", "Falun")))
    recipe = suggested_recipe(table, desk.memory)
    with pytest.raises(ColumnMissing):
        understood(table, recipe, WORDS, PLACES, TODAY)
    kept = RememberedMapping({"name": "Rubrik", "owner": "Vem"}, "Länets lista", "https://exempel.se")
    desk.memory.remember_mapping(recipe.signature, kept)
    again = suggested_recipe(
        read_table("b.csv", as_file(("Kommun", "Rubrik", "Vem"), ("Mora", "Tre", "Fyra"))), desk.memory
    )
    assert (again.mapping, again.title, again.address) == (kept.mapping, kept.title, kept.address)


def test_rows_without_ids_are_known_by_name_and_owner(desk: Desk) -> None:
    """A list without ids can also be read twice."""
    header = ("Namn", "Ägare", "Kommun")
    plan = desk.plan(("Ett", "Falu kommun", "Falun"), header=header)
    assert "external_ids" not in plan.rows[0].draft
    desk.apply(plan)
    assert counts(desk.plan(("Ett", "Falu kommun", "Falun"), header=header)) == {"unchanged": 1}
    assert counts(desk.plan(("Ett", "Falu kommun", "Mora"), header=header)) == {"changed": 1}


@pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
def test_an_edited_export_proposes_what_was_edited(desk: Desk, shipped: list[Initiative], format: str) -> None:
    """Our own export read back changes nothing; edited, it changes just that, also when the record has moved on."""
    desk.store.merge_catalogue(shipped[:5])
    records = desk.store.all()

    def exported(records: list[Initiative]) -> bytes:
        return {
            "csv": lambda: as_csv(records).encode(),
            "xlsx": lambda: as_xlsx(records),
            "json": lambda: as_json(records).encode(),
        }[format]()

    assert counts(desk.plan_file(exported(records), f"export.{format}")) == {"unchanged": 5}
    edited = [records[0].model_copy(update={"summary": "Ny sammanfattning."}), *records[1:]]
    moved_on = records[0].model_copy(update={"category": "Annat"})
    desk.store.save(moved_on, seen_revision=records[0].revision, by="Bo", reason="Rättat.")
    plan = desk.plan_file(exported(edited), f"export.{format}")
    assert counts(plan) == {"changed": 1, "unchanged": 4}
    [changed] = plan.of(Kind.CHANGED)
    assert changed.changed == ("summary",)
    assert changed.draft["category"] == "Annat"
    desk.apply(plan)
    assert counts(desk.plan_file(exported(edited), f"export.{format}")) == {"unchanged": 5}


def test_an_export_moves_to_another_registry(desk: Desk, shipped: list[Initiative]) -> None:
    """Records that are not here become proposals with the same id, ready to publish."""
    [record] = [one for one in shipped if one.id == "jobbspranget"]
    outcome = desk.apply(desk.plan_file(as_json([record]).encode(), "export.json"))
    published = desk.publish(outcome.created[0])
    assert published.model_dump(exclude={"revision", "updated_at", "updated_by"}) == record.model_dump(
        exclude={"revision", "updated_at", "updated_by"}
    )


def test_the_error_sheet_can_be_worked_through(desk: Desk) -> None:
    """Row, column, value, what is wrong and what to do; nothing in it runs."""
    plan = desk.plan(row(1, total="=1+1"), row(2, startdatum="snart"))
    text = errors_as_csv(plan.problems)
    assert "'=1+1" in text
    table = read_table("fel.xlsx", errors_as_xlsx(plan.problems))
    assert table.header == ("Rad", "Kolumn", "Värde", "Vad som är fel", "Vad ni kan göra")
    assert [problem.cells[:3] for problem in table.rows] == [
        ("2", "Total projektbudget / Total budget SEK", "=1+1"), ("3", "Startdatum / Start date", "snart"),
    ]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["1", "2 000", "3 000 000", "fel"])), min_size=1, max_size=8)
)
def test_any_file_read_twice_changes_nothing(rows: list[tuple[int, str]]) -> None:
    """Whatever the rows, a second run finds nothing new or changed."""
    desk = opened()
    try:
        file = [row(number, total=total) for number, total in rows]
        choices = replace(CHOICES, partly=True, duplicates=True)
        desk.apply(desk.plan(*file), choices)
        before = {proposal.id: proposal.version for proposal in desk.proposals.all()}
        assert not {Kind.NEW, Kind.CHANGED} & {planned.kind for planned in desk.plan(*file).rows}
        desk.apply(desk.plan(*file), choices)
        assert {proposal.id: proposal.version for proposal in desk.proposals.all()} == before
    finally:
        desk.store.close()
