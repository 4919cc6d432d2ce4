"""Samordningsförbund: only what the records' own sources say."""

from pathlib import Path

import pytest

from registry.adopting.associations import load_associations
from registry.errors import CatalogueDamaged, CatalogueMissing
from registry.initiative import Initiative
from registry.places import Places


def test_every_member_is_a_municipality_that_the_source_names(places: Places) -> None:
    """Codes and words agree: each member's name stands in what the source says."""
    for association in load_associations().known:
        names = [places.municipalities[code].name for code in association.municipalities]
        assert len(names) > 1
        assert all(name in association.says for name in names)


def test_every_source_is_one_of_the_records(shipped: list[Initiative]) -> None:
    """No association rests on anything but a source that a record carries."""
    carried = {(s.source_title, s.source_address) for record in shipped for s in record.statements}
    for association in load_associations().known:
        assert (association.source_title, association.source_address) in carried


def test_looks_up_by_municipality() -> None:
    """A member finds its association; others find none, and not another's."""
    known = load_associations()
    assert getattr(known.of("0685"), "name", None) == "Höglandets samordningsförbund"
    assert known.of("2422") is None


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    """What is wrong with the file is an expected failure."""
    with pytest.raises(CatalogueMissing):
        load_associations(tmp_path / "none.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("- name: [", encoding="utf-8")
    with pytest.raises(CatalogueDamaged):
        load_associations(broken)
    broken.write_text("- name: Förbundet\n", encoding="utf-8")
    with pytest.raises(CatalogueDamaged):
        load_associations(broken)
