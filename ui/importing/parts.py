"""What the import page's parts share: the registry as it is, what is remembered, and reading suggestions out of texts."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from matching.challenge import LONGEST, ChallengeReader
from matching.duplicates import meanings_of
from matching.errors import MatchingError
from registry.importing.known import Known
from registry.importing.memory import ImportMemory
from registry.importing.plan import Near, Progress
from ui.context import context, places, vocabulary


@st.cache_resource(show_spinner=False)
def memory() -> ImportMemory:
    """What is remembered of earlier imports."""
    return ImportMemory(context().store.database)


def known() -> Known:
    """The registry as it is now."""
    return Known(context().store, context().proposals, memory())


def near(now: Known, progress: Progress) -> Near:
    """Finds what there is that may be the same as a draft, by names and by meaning, as the form does."""
    matcher = context().live.current

    def meanings(texts: Sequence[str]) -> Iterable[Mapping[str, float]]:
        return meanings_of(matcher, texts, progress)

    return partial(now.near, meanings=meanings)


def suggest(text: str) -> Mapping[str, Sequence[str]]:
    """Target groups, themes and places that the text speaks of, read as a challenge is read; {} where it holds no words."""
    try:
        challenge = _reader().read(text[:LONGEST])
    except MatchingError:
        return {}
    read = {field: challenge.values(field) for field in ("target_groups", "themes", "settings", "regions")}
    return {**read, "municipalities": challenge.values("municipality")}


def shown_by(words: str, *, bar: DeltaGenerator) -> Progress:
    """Moves the bar as the work goes on; ``words`` may hold ``{done}`` and ``{of}``."""

    def tell(done: int, of: int) -> None:
        bar.progress(done / max(of, 1), words.format(done=done, of=of))

    return tell


def forget_plan() -> None:
    """Forgets the preview, and what the last import did."""
    for key in ("import plan", "import outcome"):
        st.session_state.pop(key, None)


@st.cache_resource(show_spinner=False)
def _reader() -> ChallengeReader:
    return ChallengeReader(vocabulary(), places())
