"""The vocabularies: complete, and safe to show."""

from pathlib import Path

import pytest

from registry.errors import CatalogueDamaged, CatalogueMissing, UnknownTerm
from registry.vocabulary import Vocabulary, load_vocabulary


def test_holds_what_the_sources_name(vocabulary: Vocabulary) -> None:
    """39 target groups, the themes of the survey report, 11 policy objects of which three direct."""
    assert len(vocabulary.target_groups) == 39
    assert len(vocabulary.themes) == 20
    impacts = [policy.impact for policy in vocabulary.policy_objects.values()]
    assert (impacts.count("direkt"), impacts.count("indirekt")) == (3, 8)
    assert all(p.opportunity and p.limitation and p.source for p in vocabulary.policy_objects.values())
    assert {"uvas", "utrikesfodda", "glesbygd"} <= set(vocabulary.prioritised_target_groups)


def test_broader_and_related_terms_exist(vocabulary: Vocabulary) -> None:
    """No term points to one that is not there."""
    for term in vocabulary.target_groups.values():
        assert {*term.broader, *term.related} <= vocabulary.target_groups.keys()


def test_unknown_terms_are_named(vocabulary: Vocabulary) -> None:
    """An id that is not in the vocabulary is refused by name."""
    assert vocabulary.label("themes", "utb_sprak") == "Språkutveckling"
    with pytest.raises(UnknownTerm, match="påhittad"):
        vocabulary.label("themes", "påhittad")


def test_missing_and_broken_files_are_named(tmp_path: Path) -> None:
    """A vocabulary that is not there, and one that is no YAML, are told apart."""
    with pytest.raises(CatalogueMissing):
        load_vocabulary(tmp_path)
    (tmp_path / "themes.yaml").write_text("- {", encoding="utf-8")
    with pytest.raises(CatalogueDamaged):
        load_vocabulary(tmp_path)
