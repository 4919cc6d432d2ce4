"""What many texts of an import mean, beside the records: the same as of each by itself, for as many as there is time for."""

import pytest

from matching import duplicates
from matching.duplicates import meaning_of, meanings_of
from matching.matcher import Matcher
from registry.initiative import Initiative
from registry.places import Places
from registry.vocabulary import Vocabulary

RETOLD = "Kurs. En kurs i att odla grönsaker tillsammans för den som är ny i landet."


def test_many_texts_mean_what_each_means(matcher: Matcher) -> None:
    """The same cosines as in the form, in the texts' order; none for a text of nothing."""
    texts = [RETOLD, "", "Hund. Äldre får besök av en hund en gång i veckan."]
    found = list(meanings_of(matcher, texts))
    for text, meaning in zip(texts, found, strict=True):
        assert meaning == pytest.approx(meaning_of(matcher, text), abs=1e-4)


def test_of_too_many_those_with_words_like_a_record_are_compared(
    matcher: Matcher, shipped: list[Initiative], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left out is what shares the fewest words with any record, and how far it has come is told."""
    monkeypatch.setattr(duplicates, "MOST_ENCODED", 2)
    near = [f"{record.name}. {record.summary}" for record in shipped[:2]]
    texts = ["Xyz. Qwerty asdf zxcv.", near[0], "Fisk. Brygga, nät och båt vid kajen.", near[1]]
    told: list[tuple[int, int]] = []
    found = list(meanings_of(matcher, texts, lambda done, of: told.append((done, of))))
    assert [bool(meaning) for meaning in found] == [False, True, False, True]
    assert told[-1] == (2, 2)


def test_without_the_model_nothing_is_compared(matcher: Matcher, vocabulary: Vocabulary, places: Places) -> None:
    """While the model is being loaded an import compares by names alone."""
    words = Matcher(matcher.index.by_words(), vocabulary, places)
    assert list(meanings_of(words, [RETOLD])) == [{}]


def test_the_time_is_kept(matcher: Matcher, shipped: list[Initiative], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine is busy fewer are compared, the nearest ones first; the others are left for their names."""
    monkeypatch.setattr(duplicates, "MOST_SECONDS", 0)
    texts = ["Xyz. Qwerty asdf zxcv."] * 20 + [f"{shipped[0].name}. {shipped[0].summary}"]
    found = list(meanings_of(matcher, texts))
    assert len(found) == len(texts)
    assert found[-1]
    assert 0 < sum(map(bool, found)) < len(texts)
