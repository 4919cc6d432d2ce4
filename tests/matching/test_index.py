"""The index: what is compared, and that only what changed is encoded."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from matching.index import Index, Kind, passages_of
from matching.metric import Metric
from matching.vectors import VectorCache
from registry.initiative import Initiative
from registry.vocabulary import Vocabulary
from tests.matching.conftest import CountingEncoder


def test_every_sentence_is_a_passage(make: Callable[..., Initiative], vocabulary: Vocabulary) -> None:
    """Its text in chunks, each situation and each search phrase."""
    record = make(description="Ett. " * 60, situations=["S1", "S2"], search_phrases=["F1"])
    kinds = [passage.kind for passage in passages_of(record)]
    assert kinds[0] is Kind.TEXT
    assert kinds.count(Kind.SITUATION) == 2
    assert kinds.count(Kind.PHRASE) == 1
    texts = [p.text for p in passages_of(record) if p.kind is Kind.TEXT]
    assert len(texts) > 2
    assert all(len(text.split()) <= 40 for text in texts)


def test_only_changed_sentences_are_encoded(
    make: Callable[..., Initiative], vocabulary: Vocabulary, counting: CountingEncoder, tmp_path: Path
) -> None:
    """A second index costs nothing; a changed sentence costs itself."""
    cache = VectorCache(tmp_path / "vectors.npz")
    records = [make(id="a"), make(id="b", name="Annan", situations=["Något helt annat."])]
    Index(records, vocabulary, counting, cache)
    cache.save()
    counting.documents.clear()
    Index(records, vocabulary, counting, VectorCache(tmp_path / "vectors.npz"))
    assert counting.documents == []  # also the outside texts are kept
    changed = [records[0], make(id="b", name="Annan", situations=["Något nytt."])]
    Index(changed, vocabulary, counting, cache)
    assert counting.documents == ["Något nytt."]


def test_damaged_vectors_are_made_again(
    make: Callable[..., Initiative], vocabulary: Vocabulary, counting: CountingEncoder, tmp_path: Path
) -> None:
    """A broken cache is as good as none."""
    (tmp_path / "vectors.npz").write_bytes(b"PK\x03\x04 broken")
    index = Index([make()], vocabulary, counting, VectorCache(tmp_path / "vectors.npz"))
    assert index.meaning is not None
    assert len(index.meaning.dense) == len(index.passages)


def test_metric_brings_a_record_together() -> None:
    """Under the learned metric, passages of one record lie nearer each other than before, beside the rest."""
    random = np.random.default_rng(0)
    centres, noise = random.normal(size=(20, 16)), np.r_[np.full(4, 3.0), np.full(12, 0.1)]
    owner = np.repeat(np.arange(20), 12)
    vectors = (centres[owner] + random.normal(size=(240, 16)) * noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    def contrast(points: np.ndarray) -> float:
        cosines = points @ points.T
        same = owner[:, None] == owner[None, :]
        return float(cosines[same].mean() - cosines[~same].mean())

    assert contrast(Metric.learned(vectors, owner).apply(vectors)) > contrast(vectors)


def test_metric_of_a_single_passage_is_harmless() -> None:
    """With nothing to learn from, vectors are still of length 1 or 0."""
    metric = Metric.learned(np.ones((1, 8), dtype=np.float32), np.zeros(1, dtype=np.intp))
    assert np.isfinite(metric.apply(np.eye(8, dtype=np.float32))).all()
