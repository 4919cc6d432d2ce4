"""What counts as personal data, and what only looks like it."""

import pytest

from registry.personal_data import find_personal_data


@pytest.mark.parametrize(
    "text",
    [
        "Skriv till anna.svensson@kommun.se.",
        "Ring 08-123 456 78",
        "Tel 070 123 45 67",
        "+46 70-123 45 67",
        "0910-123 45",
        "personnummer 19800101-1234",
        "800101-1234",
        "samordningsnummer 800161-1234",
        "Ring 070\u2011123\u00a045\u00a067",
        "19800101\u20131234",
    ],
)
def test_finds(text: str) -> None:
    """Addresses, telephone numbers and personnummer are found wherever they stand."""
    found = find_personal_data(text)
    assert found
    assert text[found.start : found.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "ESF-stöd 7 077 458 kr av totalt 17 357 458 kr",
        "2016-02-01–2018-12-31",
        "dnr 24RS12268, lagen (2003:1210), SFS 2025:400",
        "unga 16–24 år, 13 485 kompetenser, 2 942 yrken",
        "https://example.org/artikel/070-1234567?id=19800101-1234",
        "22-018-S01 och 2018-2020",
        "150 minuter i veckan, 41 av 63 fullföljde, 0,5 procent",
    ],
)
def test_leaves_alone(text: str) -> None:
    """Sums, years, ages, diary numbers and web addresses are not personal data."""
    assert find_personal_data(text) is None


def test_a_long_text_is_answered_at_once() -> None:
    """A text made to take the pattern long is searched once through, not once for each letter."""
    assert find_personal_data("a" * 300_000 + "@" + "b" * 300_000) is None
