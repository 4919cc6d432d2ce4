"""Words of the catalogue: spelling that survives mistakes, and rarity that follows use."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.lexicon import Lexicon, Texts, highest

RECORDS = ["jobbsprånget ger akademiker praktik", "kultur på recept ger hälsa", "lärcentrum ger distansstudier praktik"]


@pytest.fixture
def lexicon() -> Lexicon:
    made = Lexicon()
    made.learn(made.texts(RECORDS))
    return made


def _cosines(lexicon: Lexicon, text: str) -> list[float]:
    records = lexicon.texts(RECORDS)
    alike = lexicon.likeness([text])[0][records.words]
    sums = np.add.reduceat(alike, records.starts[:-1])
    return list(sums / lexicon.lengths(records))


def test_sums_over_words_are_the_cosine_of_the_texts(lexicon: Lexicon) -> None:
    """The same as scikit-learn's tf-idf of whole texts: the sum over words is no approximation."""
    whole = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode")
    expected = whole.fit_transform(RECORDS) @ whole.transform(["jobspranget praktk"]).T
    assert _cosines(lexicon, "jobspranget praktk") == pytest.approx(expected.toarray().ravel().tolist(), abs=1e-4)


@given(st.text(max_size=60))
def test_any_text_can_be_compared(text: str) -> None:
    """Emoji, other alphabets and nothing at all give numbers between 0 and 1."""
    lexicon = Lexicon()
    lexicon.learn(lexicon.texts(RECORDS))
    assert all(-1e-6 <= cosine <= 1.0001 for cosine in _cosines(lexicon, text))


def test_new_words_are_taken_in(lexicon: Lexicon) -> None:
    """A word of a later record can be compared; those before keep their numbers and their likeness."""
    before = lexicon.likeness(["kulturarv"])[0]
    texts = lexicon.texts(["kulturarvet"])
    lexicon.take_in()
    after = lexicon.likeness(["kulturarv"])[0]
    assert after[: len(before)] == pytest.approx(before)
    assert after[texts.words[0]] > 0


def test_telling_words_are_rare_ones(lexicon: Lexicon) -> None:
    """A word that half the records hold says little."""
    assert "praktik" not in lexicon.telling({"praktik": "praktik"})


def test_counting_leaves_the_texts_as_they_were() -> None:
    """Words that occur twice are counted twice, and the texts can be counted again."""
    texts = Texts(np.array([2, 1, 2, 0, 1], dtype=np.int32), np.array([0, 3, 5]))
    for _ in range(2):
        assert texts.counts(3).toarray().tolist() == [[0, 1, 2], [1, 1, 0]]
    assert texts.words.tolist() == [2, 1, 2, 0, 1]


@given(st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 0.75, 1.0]), max_size=700), st.integers(1, 5))
def test_highest_are_those_that_sorting_finds(scores: list[float], count: int) -> None:
    """However many there are, and however many are equal, the highest scores above 0 are found."""
    found = highest(np.array(scores, dtype=np.float32), count)
    assert sorted(scores[i] for i in found) == sorted([s for s in sorted(scores)[-count:] if s > 0])
    assert len(set(found)) == len(found)
