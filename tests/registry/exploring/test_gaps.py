"""What is asked for and hardly there."""

from collections.abc import Callable

import pytest

from registry.exploring.facets import Facets
from registry.exploring.filters import Filters
from registry.exploring.gaps import Origin, Wanted, supply, wanted_by_visitors, wanted_in_survey
from registry.inbox.reported_needs import NeedStatus, ReportedNeed
from registry.initiative import Initiative
from registry.places import Places
from registry.values import Role
from registry.vocabulary import Vocabulary
from tests.conftest import editorial


@pytest.fixture
def counted(make: Callable[..., Initiative], vocabulary: Vocabulary, places: Places) -> Facets:
    fields = {"target_groups": ("uvas",), "statements": [editorial("target_groups")]}
    records = [make(**fields), make(id="en-ide", role=Role.NEED_IDEA, **fields)]
    return Facets(records, vocabulary, places)


def test_all_that_the_report_names_is_in_known_terms(vocabulary: Vocabulary) -> None:
    """Every need points to target groups and themes that exist; every theme and prioritised group is there."""
    wanted = wanted_in_survey(vocabulary)
    assert {group for each in wanted for group in each.target_groups} <= set(vocabulary.target_groups)
    assert {theme for each in wanted for theme in each.themes} <= set(vocabulary.themes)
    assert all(each.target_groups or each.themes for each in wanted)
    groups = [each.target_groups[0] for each in wanted if each.origin is Origin.PRIORITISED]
    assert tuple(groups) == vocabulary.prioritised_target_groups


def test_only_initiatives_answer_a_need(counted: Facets) -> None:
    """An idea from the list of needs is no answer; what nobody answers comes first and is short."""
    wanted = [Wanted("UVAS", Origin.PRIORITISED, ("uvas",)), Wanted("Äldre", Origin.QUESTION_2, ("aldre",))]
    found = supply(wanted, counted, Filters(roles=(Role.NEED_IDEA,)))
    assert [(each.wanted.label, each.initiatives) for each in found] == [("Äldre", 0), ("UVAS", 1)]
    assert all(each.is_short for each in found)


def test_the_other_filters_hold(counted: Facets) -> None:
    """What is missing in a län is counted in that län; its own target group gives way to the need's."""
    uvas = [Wanted("UVAS", Origin.PRIORITISED, ("uvas",))]
    assert supply(uvas, counted, Filters(target_groups=("aldre",)))[0].initiatives == 1
    assert supply(uvas, counted, Filters(regions=("18",)))[0].initiatives == 0


def test_reported_needs_that_are_open_are_asked_for(counted: Facets, vocabulary: Vocabulary) -> None:
    """What visitors have reported counts by group and theme until an editor says that it is met or refused."""
    needs = [
        ReportedNeed("Äldre ensamma", target_groups=("aldre",), themes=("soc_utsatthet",)),
        ReportedNeed("Äldre igen", target_groups=("aldre",)),
        ReportedNeed("Redan löst", target_groups=("uvas",), status=NeedStatus.DONE),
        ReportedNeed("Reklam", target_groups=("uvas",), status=NeedStatus.REFUSED),
        ReportedNeed("Inget förstått"),
    ]
    found = supply(wanted_by_visitors(needs, vocabulary), counted, Filters())
    asked = {(each.wanted.target_groups, each.wanted.themes): (each.wanted.asked, each.initiatives) for each in found}
    assert asked == {(("aldre",), ()): (2, 0), ((), ("soc_utsatthet",)): (1, 0)}
