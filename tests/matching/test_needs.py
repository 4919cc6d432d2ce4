"""Where a paragraph is cut in two."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from matching.needs import needs_of

YOUNG = "Många unga sitter hemma utan arbete eller studier och svarar inte längre på brev från oss."
ALSO_YOUNG = "Ingen vet hur de mår, och föräldrarna vet inte vart de ska vända sig för att få hjälp."
SCHOOL = "Lågstadiet har för få vuxna på rasterna och behöver fler som kan läsa med barnen varje dag."


def _by_word(sentences: Sequence[str]) -> npt.NDArray[np.float32]:
    """Two initiatives: one expected where the young are spoken of, one where the school is."""
    return np.array([[1.0, 0.0] if "Lågstadiet" not in text else [0.0, 1.0] for text in sentences], dtype=np.float32)


def test_two_needs_are_cut_where_the_answers_change() -> None:
    """The first two sentences ask for one thing, the third for another."""
    assert needs_of(f"{YOUNG} {ALSO_YOUNG} {SCHOOL}", _by_word) == (f"{YOUNG} {ALSO_YOUNG}", SCHOOL)


def test_one_need_stays_whole() -> None:
    """Sentences that are answered alike belong together; so does a short text, whatever it says."""
    text = f"{YOUNG} {ALSO_YOUNG} {YOUNG}"
    assert needs_of(text, _by_word) == (text,)
    short = "Unga hemma. Lågstadiet behöver vuxna."
    assert needs_of(short, _by_word) == (short,)


def test_a_part_that_nothing_answers_is_no_need() -> None:
    """Background at the end does not become a need of its own."""
    faint = "Förvaltningen återkommer med en redovisning till nämnden före sommaren i vanlig ordning nästa år igen."
    text = f"{YOUNG} {ALSO_YOUNG} {faint}"
    assert needs_of(text, lambda s: _by_word(s) * [[0.1] if "nämnden" in x else [1.0] for x in s]) == (text,)


@given(st.lists(st.sampled_from([YOUNG, ALSO_YOUNG, SCHOOL, "Ja.", "Och?"]), min_size=1, max_size=8))
def test_nothing_is_lost(sentences: list[str]) -> None:
    """However it is cut, the parts together are the text."""
    text = " ".join(sentences)
    assert " ".join(needs_of(text, _by_word)) == text
