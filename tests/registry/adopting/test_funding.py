"""The funding path: what the sources carry, and what applies to an initiative."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.adopting.editors_data import FOLDER
from registry.adopting.funding import FILE, FundingPath, load_funding_path, ways_for
from registry.adopting.policy import Policy, load_policy
from registry.errors import CatalogueDamaged
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary
from tests.conftest import editorial

Make = Callable[..., Initiative]


@pytest.fixture(scope="module")
def policy(vocabulary: Vocabulary) -> Policy:
    return load_policy(vocabulary)


@pytest.fixture(scope="module")
def path(policy: Policy) -> FundingPath:
    return load_funding_path(policy)


def test_the_path_has_three_stages_in_order(path: FundingPath) -> None:
    """Förstudie, genomförande, spridning."""
    assert [stage.id for stage in path.stages] == ["forstudie", "genomforande", "spridning"]


def test_every_sentence_has_a_source_with_a_title(path: FundingPath) -> None:
    """What the path says can be looked up: no reference is left as a number."""
    said = [way.limit for way in path.ways] + [s for way in path.ways for s in way.stages.values()] + [path.why_stages]
    assert all("2025" in part.source or "MSI" in part.source or "Örebro" in part.source for part in said)
    assert not [part.source for part in said if part.source[:3].isdigit()]


def test_what_is_for_everyone_and_what_a_window_opens(path: FundingPath, policy: Policy, make: Make) -> None:
    """An initiative without windows gets the ways that are for everyone; a window brings its own."""
    assert [way.way.id for way in ways_for(make(), path, policy)] == ["blandfinansiering", "ordinarie"]
    finsam = make(target_groups=("behov_samordnad_rehab",), statements=(editorial("target_groups"),))
    found = {way.way.id: way.reason for way in ways_for(finsam, path, policy)}
    assert list(found) == ["finsam", "blandfinansiering", "ordinarie"]
    assert found["finsam"] is not None
    assert found["ordinarie"] is None


def test_a_rule_of_its_own_opens_a_way(path: FundingPath, policy: Policy, make: Make) -> None:
    """Civil society among those who run it makes an IOP possible, and the reason says so."""
    record = make(sectors=("civilsamhälle",), statements=(editorial("sectors"),))
    reason = next(way.reason for way in ways_for(record, path, policy) if way.way.id == "iop")
    assert reason is not None
    assert reason.met == (("sectors", "civilsamhälle"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("policy_object: finsam_lag", "policy_object: finsam"),
        ("      spridning:\n", "      spridingen:\n"),
        ("{everyone: true}", "{}"),
    ],
)
def test_a_mistake_in_the_file_is_said(policy: Policy, tmp_path: Path, old: str, new: str) -> None:
    """An unknown stage or policy object, or a way for nobody, stops the file from being used."""
    shutil.copy(FOLDER / FILE, tmp_path)
    file = tmp_path / FILE
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueDamaged):
        load_funding_path(policy, tmp_path)
