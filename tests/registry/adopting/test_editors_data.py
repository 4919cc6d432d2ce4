"""References to source documents."""

import pytest

from registry.adopting.editors_data import cite, load_sources

MAP = "Policykartläggning social innovation (Ramboll, 2025)"
SURVEY = "Omvärldsspaning till ESF:s stöttning av social innovation, enkätrapport 2025"


@pytest.mark.parametrize(
    ("reference", "cited"),
    [
        ("001 2.1.1 och figur 1", f"{MAP}, avsnitt 2.1.1 och figur 1"),
        ("000 fråga 3 Strukturella hinder", f"{SURVEY}, fråga 3 Strukturella hinder"),
        ("000 Reflektioner 1, 001 4.3", f"{SURVEY}, Reflektioner 1, {MAP}, avsnitt 4.3"),
        ("001", MAP),
        ("Örebrodokumentet 009", "Örebrodokumentet 009"),
    ],
)
def test_numbers_become_titles(reference: str, cited: str) -> None:
    """A reader sees the document's title, never our number; what is no document of ours stays as it is."""
    assert cite(reference, load_sources()) == cited
