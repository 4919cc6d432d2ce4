"""Amounts, dates and texts as Swedish and European lists write them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.importing.regions import NUTS3, municipality_code, region_finder
from registry.importing.values import amount, date, shortened, text_of, thousands
from registry.places import Places


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 973 906", 4973906), ("4\u00a0973\u00a0906", 4973906), ("4\u2009973\u202f906", 4973906), ("4.973.906,50", 4973906.5),
        ("4,973,906.50", 4973906.5), ("1234,5", 1234.5), ("441372.35", 441372.35), ("12 000 kr", 12000), ("SEK 12000", 12000),
        ("-5", -5), (7, 7), (7.25, 7.25),
    ],
)  # fmt: skip
def test_amounts(text: object, value: float) -> None:
    """Spaces of any kind, points and commas, and the currency's name."""
    assert amount(text) == value


@pytest.mark.parametrize("text", ["", "okänt", "1-2", "12 000 kr per år", "nan", True])
def test_what_is_no_amount(text: object) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="belopp"):
        amount(text)


@settings(deadline=None)
@given(st.integers(0, 10**13))
def test_amounts_return_as_they_are_shown(value: int) -> None:
    """What we write with thin spaces is read as the same."""
    assert amount(thousands(value)) == value


DAY = dt.date(2023, 1, 31)


@pytest.mark.parametrize(
    "text",
    ["2023-01-31", "31/01/2023", "2023-01-31 00:00", "2023-01-31T12:30:00Z", "31.01.2023", "20230131", "44957", "2023/01/31",
     dt.datetime(2023, 1, 31, 8), DAY, 44957],
)  # fmt: skip
def test_dates(text: object) -> None:
    """The ways lists and spreadsheets write one day."""
    assert date(text) == DAY


@pytest.mark.parametrize("text", ["31/13/2023", "2023-02-30", "våren 2023", "2023", "7"])
def test_what_is_no_date(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match="datum"):
        date(text)


def test_html_becomes_paragraphs() -> None:
    """Tags go, entities are written out, blocks become paragraphs, scripts and styles vanish."""
    html = (
        "<p>Stöd till <b>unga</b> &amp; äldre.</p>\r\n<script>alert(1)</script><ul><li>Ett</li><li>Två<br>Tre</li></ul>"
    )
    assert text_of(html) == "Stöd till unga & äldre.\n\nEtt\n\nTvå\n\nTre"


def test_text_without_html_is_left_alone() -> None:
    """A sign that only looks like a tag is kept."""
    assert text_of("Åldern < 30 år och a & b") == "Åldern < 30 år och a & b"


@settings(deadline=None)
@given(st.text(max_size=900))
def test_shortened_is_short_and_from_the_text(text: str) -> None:
    """Never longer than asked, never other words."""
    short = shortened(text, 300)
    assert len(short) <= 300
    assert " ".join(text.split()).startswith(short.removesuffix("…").strip()) or not short.isascii()


def test_shortened_at_a_sentence() -> None:
    """The cut comes after a whole sentence where there is one."""
    assert shortened("Första meningen. Andra meningen. " + "Tredje " * 50, 60) == "Första meningen. Andra meningen."
    assert shortened("ord " * 100, 20) == "ord ord ord ord ord…"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Örebro län", "18"), ("orebro", "18"), ("18", "18"), ("SE124", "18"), ("Region Örebro län", "18"), ("Hela Sverige", "00"),
     ("Finland", "FI"), ("Västra Götaland", "14"), ("Dalarnas län", "20"), ("Dalarna", "20"), ("Mordor", None), ("SE999", None)],
)  # fmt: skip
def test_regions(places: Places, text: str, code: str | None) -> None:
    """Names, codes and NUTS 3 codes of län."""
    assert region_finder(places)(text) == code


def test_every_lan_has_a_nuts_code(places: Places) -> None:
    """The 21 codes are the 21 län."""
    assert sorted(NUTS3.values()) == sorted(places.lan)


@pytest.mark.parametrize(
    ("text", "code"), [("Sorsele", "2422"), ("Sorsele kommun", "2422"), ("2422", "2422"), ("Ankeborg", None)]
)
def test_municipalities(places: Places, text: str, code: str | None) -> None:
    """Names and codes of municipalities."""
    assert municipality_code(text, places) == code
