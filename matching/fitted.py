"""What was fitted for a model: its head and its scoring. For the bundled model they lie beside this file."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matching.encoder import BUNDLED, model_name
from matching.head import Head, read_head
from matching.scoring import Scoring, read_scoring
from registry.files import slug
from registry.home import home

HEAD, SCORING = "head.npz", "scoring.json"
_SHIPPED = Path(__file__).parent


@dataclass(frozen=True)
class Fitted:
    """What turns signals into matches on one side: "meaning", or "words" while the model is not there."""

    head: Head
    scoring: Scoring


def fitted_folder(model: str) -> Path:
    """Where ``fit.py`` puts what it fits for a model."""
    return _SHIPPED if model == BUNDLED else home() / f"fitted-{slug(model)}"


def is_fitted(model: str) -> bool:
    """Whether anything has been fitted for the model here."""
    return (fitted_folder(model) / SCORING).is_file()


def load_fitted(side: str, model: str | None = None) -> Fitted:
    """What was fitted for the model, by default the chosen one.

    For a model that nothing was fitted for, the shipped scoring, and the head that does without a model:
    ``python -m matching.fit CASES --model NAME`` fits its own.
    """
    model = model or model_name()
    if is_fitted(model):
        return _read(fitted_folder(model), side, side)
    return _read(_SHIPPED, "words", side)


@cache
def _read(folder: Path, head_side: str, scoring_side: str) -> Fitted:
    return Fitted(read_head(folder / HEAD, head_side), read_scoring(folder / SCORING, scoring_side))
