"""What is understood from a challenge, and what is calmly refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.challenge import LONGEST, ChallengeReader
from matching.errors import ChallengeEmpty, ChallengeTooLong, ChallengeTooShort, MatchingError
from registry.places import load_places
from registry.vocabulary import load_vocabulary

READER = ChallengeReader(load_vocabulary(), load_places())


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("UVAS i glesbygd", "target_groups", {"uvas", "glesbygd"}),
        ("unga som varken arbetar eller studerar", "target_groups", {"uvas"}),
        ("många unga varken studerar eller arbetar", "target_groups", {"uvas", "unga"}),
        ("unga på väg in i gäng", "target_groups", {"unga", "unga_kriminalitet"}),
        ("ett gäng äldre herrar", "target_groups", {"aldre"}),
        ("skyddat boende", "target_groups", set()),  # a dwelling, not those who live somewhere
        ("de boende på Vivalla", "target_groups", {"lokalsamhalle"}),
        ("utrikesfödda kvinnor", "target_groups", {"utrikesfodda_kvinnor"}),
        ("utrikes födda kvinnor", "target_groups", {"utrikesfodda_kvinnor"}),
        ("forsorjningsstod", "target_groups", {"forsorjningsstod"}),
        ("långtidsarbetlösa", "target_groups", {"langtidsarbetslosa"}),  # misspelt
        ("pensionärerna", "target_groups", {"aldre"}),
        ("homeless people", "target_groups", {"hemloshet_fattigdom"}),
        ("socialt företag", "themes", {"am_socialt_foretagande"}),
        ("i glesbygden", "settings", {"glesbygd"}),
        ("i förorten", "settings", {"utsatt område"}),
        ("aldrig fått en chans", "target_groups", set()),  # "aldrig" is not "äldre"
    ],
)
def test_understands(text: str, field: str, values: set[str]) -> None:
    """Abbreviations, inflection, misspelling, missing accents and English are understood."""
    assert values <= set(READER.read(text).values(field))
    if not values:
        assert not READER.read(text).values(field)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Unga i Sorsele", "Sorsele"),
        ("gallivares inland", "Gällivare"),
        ("Vara eller inte vara i Vara", "Vara"),
        ("Nora kommun vill", "Nora"),
        ("måla och sjunga", None),  # not Malå
        ("det ska vara unga här", None),
        ("i Örebro län", None),
    ],
)
def test_understands_places(text: str, name: str | None) -> None:
    """A municipality is understood by its name, not by a word that looks like it."""
    municipality = READER.read(text).municipality
    assert (municipality.name if municipality else None) == name


def test_lan_is_a_region() -> None:
    """A län is understood as one."""
    assert READER.read("unga i Örebro län och Norrbotten").values("regions") == ("18", "25")


@pytest.mark.parametrize(("code", "name"), load_places().lan.items())
def test_every_lan_is_understood_also_without_the_word(code: str, name: str) -> None:
    """“i Västernorrland” is a län; where a municipality has the name too, it is the municipality."""
    assert READER.read(f"unga i {name}").values("regions") == (code,)
    short = READER.read(f"unga i {name.removesuffix(' län')}")
    assert short.values("regions") == (code,) or short.municipality


def test_a_municipality_brings_its_kind_of_place() -> None:
    """What is not said follows from the place; what is said goes before it."""
    assert "glesbygd" in READER.read("unga i Sorsele").settings
    assert READER.read("förorten i Malmö").settings == ("utsatt område",)


def test_what_is_taken_away_is_not_understood() -> None:
    """A reader can correct what was understood."""
    challenge = READER.read("UVAS i Sorsele", without=["target_groups.uvas", "municipality.2422"])
    assert challenge.values("target_groups") == ()
    assert challenge.municipality is None


def test_abbreviations_are_written_out() -> None:
    """The search sees what the abbreviation stands for; the text stays as written."""
    challenge = READER.read("UVAS i glesbygd")
    assert "varken arbetar eller studerar" in challenge.searched
    assert challenge.text == "UVAS i glesbygd"


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("", ChallengeEmpty),
        ("   \n\t", ChallengeEmpty),
        ("och eller men", ChallengeEmpty),
        ("?!…", ChallengeEmpty),
        ("\x00\x00", ChallengeEmpty),
        ("😀" * 3000, ChallengeEmpty),
        ("a", ChallengeTooShort),
        ("x" * (LONGEST + 1), ChallengeTooLong),
        ("😀" * 10_000, ChallengeTooLong),
    ],
)
def test_refuses_calmly(text: str, failure: type[MatchingError]) -> None:
    """What cannot be searched on is refused by name."""
    with pytest.raises(failure):
        READER.read(text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    """Whatever is typed, the reader answers or says why not."""
    try:
        challenge = READER.read(text)
    except MatchingError:
        return
    assert challenge.text
    assert "\x00" not in challenge.text
