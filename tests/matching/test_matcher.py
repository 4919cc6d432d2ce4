"""Matches over the shipped catalogue: what a municipality sees, and that every reason is true."""

import json
from pathlib import Path

import pytest

from matching.errors import ModelUnavailable
from matching.explanation import Ground
from matching.live import LiveMatcher
from matching.matcher import Match, Matcher
from matching.scoring import Strength
from matching.words import content_words
from registry.exploring.filters import Filters, is_match
from registry.initiative import Initiative
from registry.places import Places
from registry.values import Basis
from registry.vocabulary import Vocabulary

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "judged.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_uvas_in_sparse_country(matcher: Matcher) -> None:
    """The example on the first page gives initiatives for the group, explained."""
    result = matcher.match("UVAS i glesbygd")
    assert not result.no_good_match
    groups = [set(match.initiative.target_groups) & {"uvas", "unga", "glesbygd"} for match in result.matches[:3]]
    assert all(groups)
    assert all(match.reasons for match in result.fitting)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("jobbspranget", "jobbspranget"),
        ("Kultur på recpt", "kultur-pa-recept"),
        ("unghesten", "unghasten"),
        ("Kan vi starta Marykedjan hos oss?", "marykedjan"),
        ("IOP", "iop"),
        ("conekto", "conecto"),
        ("Skydsvärnet Saef", "safe"),
    ],
)
def test_a_name_leads_to_the_record(matcher: Matcher, name: str, id: str) -> None:
    """A name is enough, also misspelt, abbreviated or inside a sentence."""
    result = matcher.match(name)
    assert result.matches[0].initiative_id == id
    assert not result.no_good_match


def test_a_name_alone_says_no_need(matcher: Matcher) -> None:
    """Beside the record that is named nothing fits well: judges called nothing else relevant. A name that says a theme does."""
    named, *others = matcher.match("Jobspranget").matches
    assert named.strength is Strength.STRONG
    assert {match.strength for match in others} <= {Strength.POSSIBLE, Strength.WEAK}
    assert matcher.match("arbetsintegrerande sociala företag").matches[1].strength in (Strength.STRONG, Strength.GOOD)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE initiative; --",
        "Miten voimme auttaa nuoria?",
        "كيف نساعد الشباب",
        "\x00unga\x00",
        "unga " * 790,
    ],
)
def test_hostile_and_foreign_text_gets_an_answer(matcher: Matcher, text: str) -> None:
    """Code, other languages, null bytes and repetition are searched as text."""
    assert len(matcher.match(text).matches) == 10


def test_filters_hold(matcher: Matcher) -> None:
    """Nothing is shown that the filters do not let through."""
    result = matcher.match("unga utan jobb", filters=Filters(target_groups=("uvas",), regions=("18",)))
    assert result.matches
    for match in result.matches:
        assert "uvas" in match.initiative.target_groups
        assert {"18", "00"} & set(match.initiative.regions)


def test_support_and_ideas_are_apart(matcher: Matcher) -> None:
    """Only initiatives are matches; other roles are related at most."""
    result = matcher.match("rådgivning till kooperativ och startkapital till sociala företag", limit=100)
    assert all(is_match(match.initiative) for match in result.matches)
    assert not any(is_match(match.initiative) for match in result.related)


def test_scores_fall_and_bands_follow(matcher: Matcher) -> None:
    """Matches stand in order, and a later one is never called stronger."""
    order = [Strength.STRONG, Strength.GOOD, Strength.POSSIBLE, Strength.WEAK]
    for case in CASES[::7]:
        matches = matcher.match(case["query"]).matches
        assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
        assert [order.index(m.strength) for m in matches] == sorted(order.index(m.strength) for m in matches)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_reason_is_true(matcher: Matcher, places: Places, vocabulary: Vocabulary, case: dict[str, str]) -> None:
    """What a reason says stands in the record and in the challenge."""
    result = matcher.match(case["query"])
    for match in (*result.matches, *result.related):
        _check_reasons(match, case["query"], vocabulary, places)
        _check_cautions(match, vocabulary, places)


def _check_reasons(match: Match, text: str, vocabulary: Vocabulary, places: Places) -> None:
    record = match.initiative
    assert all(words in reason.text for reason in (*match.reasons, *match.cautions) for words in reason.own)
    for reason in match.reasons:
        if reason.ground is Ground.SENTENCE:
            assert reason.text in record.situations
        elif reason.ground in (Ground.TARGET_GROUP, Ground.THEME):
            field = "target_groups" if reason.ground is Ground.TARGET_GROUP else "themes"
            labels = {vocabulary.label(field, id).lower(): id for id in getattr(record, field)}
            stated = reason.text.partition(": ")[2].rstrip(".").lower()
            ours = stated.endswith(" (vår bedömning)")
            id = labels[stated.removesuffix(" (vår bedömning)")]
            assert ours == (record.basis_of(field, id) is Basis.EDITORIAL)
        elif reason.ground is Ground.WORDS:
            words = reason.text.partition("posten: ")[2].rstrip(".").replace(" och ", ", ").split(", ")
            stems = content_words(text)
            held = content_words(" ".join((record.name, *record.aliases, record.summary, record.description)))
            assert set(content_words(" ".join(words))) <= stems.keys() & held.keys()
        elif reason.ground is Ground.TRIED:
            tried = {places.municipalities[code].name for code in record.tried_in()}
            assert any(name in reason.text for name in tried)
        elif reason.ground is Ground.NAME:
            assert record.name in reason.text
        elif reason.ground is Ground.JUDGED:
            assert is_match(record)


def _check_cautions(match: Match, vocabulary: Vocabulary, places: Places) -> None:
    record = match.initiative
    labels = {vocabulary.label("target_groups", id).lower() for id in record.target_groups}
    for caution in match.cautions:
        if caution.text.startswith("Riktar sig till "):
            meant, _, asked = caution.text.removesuffix(".").partition(". Bland målgrupperna står inte ")
            said = meant.removeprefix("Riktar sig till ").lower()
            assert any(label in said for label in labels)
            assert not any(label in asked.lower() for label in labels)
        elif caution.text.startswith("Inte prövat i "):
            setting = caution.text.removeprefix("Inte prövat i ").removesuffix(", vad vi vet.")
            assert not any(setting in places.municipalities[code].settings for code in record.tried_in())
        elif caution.text == "Evidensen är inte bedömd.":
            assert record.evidence == "ej bedömd"
        elif not caution.text.startswith(("Avser ", "Verksamheten är avslutad")):
            assert any(doubt.startswith(caution.text) for doubt in record.doubts)


TWO_NEEDS = (
    "Filipstads kommun har 160 invånare under trettio som varken arbetar eller studerar och som inte svarar på brev. "
    "De behöver en ingång mitt i centrum och någon som söker upp dem. Lågstadiet har samtidigt för få vuxna på "
    "lektionerna, och de äldres föreningar har hundratals medlemmar som gärna hjälper till i klassrummen."
)


def test_two_needs_are_both_answered(matcher: Matcher) -> None:
    """A paragraph with two needs says which it read, and each match says which it answers; both are among the first."""
    result = matcher.match(TWO_NEEDS)
    assert len(result.needs) == 2
    assert " ".join(result.needs) == result.challenge.text
    answered = {match.initiative_id: match.needs for match in result.matches[:5]}
    assert answered["pensionar-pa-skolan"] == (1,)
    assert answered["youth-guarantee"] == (0,)


@pytest.mark.parametrize("text", ["UVAS i glesbygd", "Ensamma äldre. De klarar inte e-tjänster. Vi saknar tid."])
def test_one_need_is_not_cut(matcher: Matcher, text: str) -> None:
    """Keywords and short texts are one need."""
    result = matcher.match(text)
    assert result.needs == ()
    assert all(match.needs == () for match in result.matches)


def test_similar_initiatives_are_others(matcher: Matcher) -> None:
    """Similar initiatives are never the record itself, nor support structures."""
    similar = matcher.similar("unga-in")
    assert len(similar) == 5
    assert all(is_match(record) and record.id != "unga-in" for record in similar)


def test_answers_on_words_until_the_model_is_there(
    shipped: list[Initiative], vocabulary: Vocabulary, places: Places, matcher: Matcher
) -> None:
    """From the first moment there is an answer; it says that only words were compared."""
    live = LiveMatcher(shipped, vocabulary, places, load=lambda: matcher.index.encoder)  # type: ignore[arg-type, return-value]
    assert live.waiting
    result = live.current.match("jobbsprånget")
    assert not result.by_meaning
    assert result.matches[0].initiative_id == "jobbspranget"


def test_a_model_that_fails_leaves_words(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> None:
    """If the model cannot be loaded, words go on working and the failure is known."""

    def fail() -> None:
        raise ModelUnavailable("saknas", "")

    live = LiveMatcher(shipped, vocabulary, places, load=fail)  # type: ignore[arg-type]
    live.warm_up().join()
    assert live.failure == ModelUnavailable("saknas", "")
    assert not live.waiting
    assert live.current.match("jobbsprånget").matches


def test_a_change_is_found_at_once(shipped: list[Initiative], vocabulary: Vocabulary, places: Places) -> None:
    """A record that has been added is in the next search."""
    live = LiveMatcher(shipped[:20], vocabulary, places)
    new = shipped[0].model_copy(update={"id": "zebraskolan", "name": "Zebraskolan", "role": "initiativ"})
    live.update([new])
    assert live.current.match("Zebraskolan").matches[0].initiative_id == "zebraskolan"
