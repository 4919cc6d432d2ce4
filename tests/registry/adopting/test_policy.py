"""Policy windows: what a record states, what a rule gives, and that the editors' file is whole."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.adopting.editors_data import FOLDER
from registry.adopting.policy import FILE, Policy, load_policy
from registry.adopting.policy_overview import overview
from registry.adopting.rules import Requirement, Rule
from registry.errors import CatalogueDamaged, CatalogueMissing
from registry.initiative import Initiative
from registry.values import Basis, Role
from registry.vocabulary import Vocabulary
from tests.conftest import TODAY, editorial

Make = Callable[..., Initiative]


@pytest.fixture(scope="module")
def policy(vocabulary: Vocabulary) -> Policy:
    return load_policy(vocabulary)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the editors' files to damage."""
    for name in (FILE, "sources.yaml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def test_all_eleven_objects_are_there(policy: Policy, vocabulary: Vocabulary) -> None:
    """Three policy objects with direct and eight with indirect impact, in the vocabulary's order."""
    assert list(policy.entries) == list(vocabulary.policy_objects)
    impacts = [entry.impact for entry in vocabulary.policy_objects.values()]
    assert (impacts.count("direkt"), impacts.count("indirekt")) == (3, 8)


def test_what_the_record_states_comes_first(policy: Policy, make: Make) -> None:
    """A record's own policy link is shown before any rule's, with its own claim and basis."""
    stated = {
        "field": "policy_links.eu_norden_signaler",
        "claim": "Står i rapporten.",
        "basis": "underlag",
        "source_title": "Rapporten",
        "source_address": "001.txt",
        "date": TODAY,
    }
    record = make(
        policy_links=("eu_norden_signaler",),
        themes=("am_socialt_foretagande",),
        statements=(stated, editorial("themes")),
    )
    first, *others = policy.windows_for(record)
    assert (first.policy_object.id, first.why, first.basis, first.is_stated) == (
        "eu_norden_signaler", "Står i rapporten.", Basis.DOCUMENT, True,
    )  # fmt: skip
    assert {window.policy_object.id for window in others} >= {"esf_plus", "handlingsplan_social_ekonomi"}


def test_a_rule_says_why_and_that_it_is_our_judgement(policy: Policy, make: Make) -> None:
    """A window from a rule names the values that met it, and is the editors' judgement even where the rule is sourced."""
    record = make(target_groups=("behov_samordnad_rehab",), statements=(editorial("target_groups"),))
    (window,) = policy.windows_for(record)
    assert window.policy_object.id == "finsam_lag"
    assert window.basis is Basis.EDITORIAL
    (reason,) = window.reasons
    assert reason.is_judgement
    assert reason.basis is Basis.DOCUMENT
    assert reason.met == (("target_groups", "behov_samordnad_rehab"),)
    assert reason.source == "Policykartläggning social innovation (Ramboll, 2025), avsnitt 2.1.7"


def test_every_line_of_a_rule_must_be_met(make: Make) -> None:
    """Two lines on the same field must both hold; values within a line are alternatives."""
    rule = Rule(
        id="x",
        why="y",
        where=(
            Requirement(facet="target_groups", any_of=("unga", "uvas")),
            Requirement(facet="target_groups", any_of=("psykisk_ohalsa",)),
        ),
        basis=Basis.EDITORIAL,
        source="001",
    )
    carried = (editorial("target_groups"),)
    assert rule.met_by(make(target_groups=("uvas",), statements=carried)) == ()
    met = rule.met_by(make(target_groups=("uvas", "psykisk_ohalsa"), statements=carried))
    assert met == (("target_groups", "uvas"), ("target_groups", "psykisk_ohalsa"))


def test_a_word_is_enough_in_a_legal_form(policy: Policy, make: Make) -> None:
    """Legal forms are free text: "Finsam, lagen (2003:1210)" meets a rule on finsam."""
    record = make(legal_forms=("Finsam, lagen (2003:1210)",), statements=(editorial("legal_forms"),))
    assert [window.policy_object.id for window in policy.windows_for(record)] == ["finsam_lag"]


def test_a_programme_gets_no_window_from_a_rule(policy: Policy, make: Make) -> None:
    """Rules are for what can be spread, not for the programmes themselves."""
    fields = {"themes": ("tem_gron",), "statements": (editorial("themes"),)}
    assert policy.windows_for(make(**fields))
    assert policy.windows_for(make(role=Role.PROGRAMME, **fields)) == []


def test_the_shipped_links_are_all_kept(policy: Policy, shipped: list[Initiative]) -> None:
    """No policy link of a shipped record is lost, and each keeps a reason."""
    for record in shipped:
        stated = [window for window in policy.windows_for(record) if window.is_stated]
        assert [window.policy_object.id for window in stated] == list(record.policy_links), record.id
        assert all(window.why for window in stated)


def test_the_overview_holds_the_same_windows(policy: Policy, shipped: list[Initiative]) -> None:
    """The page's grouping by reason has exactly the windows of the records, no record twice under a reason."""
    groups = overview(shipped, policy)
    for id, of_object in groups.items():
        seen = {record.id for group in of_object for record in group.records}
        assert seen == {r.id for r in shipped if id in [w.policy_object.id for w in policy.windows_for(r)]}
        assert all(len({r.id for r in g.records}) == len(g.records) for g in of_object)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("barn_unga_risk", "barn_ung_risk", "target_groups.barn_ung_risk"),
        ("object: regionalfonden", "object: regionfonden", "regionfonden"),
        ("any_of: [tem_gron]", "any_of: []", "any_of"),
        ("roles: [initiativ,", "roles: [intiativ,", "roles.0"),
    ],
)
def test_a_mistake_in_the_file_is_named(vocabulary: Vocabulary, folder: Path, old: str, new: str, named: str) -> None:
    """An editor's misspelling stops the file from being used, and the message says what is wrong."""
    path = folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogueDamaged) as caught:
        load_policy(vocabulary, folder)
    assert caught.value.path == path
    assert named in caught.value.detail


def test_a_missing_file_is_said(vocabulary: Vocabulary, folder: Path) -> None:
    """Without the file the registry says which one is missing."""
    (folder / FILE).unlink()
    with pytest.raises(CatalogueMissing):
        load_policy(vocabulary, folder)
