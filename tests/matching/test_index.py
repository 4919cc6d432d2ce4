"""The index: what is compared, and that only what changed is encoded."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from matching.index import Index
from matching.matcher import Matcher
from matching.metric import Metric
from matching.passages import Kind, passages_of, situations_among
from matching.vectors import VectorCache
from registry.catalogue import PARQUET, read_parquet
from registry.initiative import Initiative
from registry.places import load_places
from registry.vocabulary import Vocabulary, load_vocabulary
from tests.matching.conftest import CountingEncoder


def test_every_sentence_is_a_passage(make: Callable[..., Initiative], vocabulary: Vocabulary) -> None:
    """Its text in chunks, its labels, each situation and each search phrase."""
    record = make(description="Ett. " * 60, situations=["S1", "S2"], search_phrases=["F1"])
    passages = list(passages_of(record, vocabulary))
    kinds = [passage.kind for passage in passages]
    assert kinds[0] is Kind.TEXT
    assert kinds.count(Kind.LABELS) == 1
    assert kinds.count(Kind.SITUATION) == 2
    assert kinds.count(Kind.PHRASE) == 1
    texts = [p.text for p in passages if p.kind is Kind.TEXT]
    assert len(texts) > 2
    assert [passages[i].text for i in situations_among(record, len(passages))] == ["S1", "S2"]
    assert all(len(text.split()) <= 40 for text in texts)


def test_only_changed_sentences_are_encoded(
    make: Callable[..., Initiative], vocabulary: Vocabulary, counting: CountingEncoder, tmp_path: Path
) -> None:
    """A second index costs nothing; a changed sentence costs itself."""
    file = tmp_path / "vectors.sqlite"
    records = [make(id="a"), make(id="b", name="Annan", situations=["Något helt annat."])]
    Index(records, vocabulary, counting, VectorCache(file))
    counting.documents.clear()
    index = Index(records, vocabulary, counting, VectorCache(file))
    assert counting.documents == []  # also the outside texts are kept
    changed = make(id="b", name="Annan", situations=["Något nytt."])
    index.updated([changed], [], VectorCache(file))
    assert counting.documents == ["Något nytt."]


def test_a_change_leaves_the_rest_as_it_was(
    make: Callable[..., Initiative], vocabulary: Vocabulary, counting: CountingEncoder
) -> None:
    """A changed record is struck out where it was; the other segment's arrays are the same objects."""
    cache = VectorCache()
    before = Index([make(id="a"), make(id="b", name="Annan")], vocabulary, counting, cache)
    after = before.updated([make(id="b", name="Bytt namn")], ["a"], cache)
    assert [record.name for record in after.records] == ["Bytt namn"]
    assert len(after) == 1
    assert after.get("a") is None
    assert after.segments[0].dense is before.segments[0].dense
    assert [record.id for record in before.records] == ["a", "b"]  # a search under way sees what it saw


def test_many_changes_are_gathered(
    make: Callable[..., Initiative], vocabulary: Vocabulary, counting: CountingEncoder
) -> None:
    """However often records change, few segments remain and each record is there once, as it last was."""
    cache = VectorCache()
    index = Index([make(id="a"), make(id="b", name="Annan")], vocabulary, counting, cache)
    for turn in range(40):
        index = index.updated([make(id="b", name=f"Namn {turn}"), make(id=f"c{turn}", name=f"Ny {turn}")], [], cache)
    assert len(index.segments) <= 18
    assert len(index) == 42
    assert index.get("b") == make(id="b", name="Namn 39")


def test_a_large_catalogue_is_shortlisted_without_loss_of_the_best(
    shipped: list[Initiative], matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Candidates first, then everything exactly: the same best match as when all are compared."""
    texts = ["UVAS i glesbygd", "frigivna behöver bostad och jobb", "ensamma äldre", "jobbsprånget", "odlingslotter"]
    whole = [matcher.match(text).matches[0].initiative_id for text in texts]
    monkeypatch.setattr("matching.index.COMPARED_WHOLE", 10)
    monkeypatch.setattr("matching.index.SHORTLISTED", 10)
    assert [matcher.match(text).matches[0].initiative_id for text in texts] == whole
    assert len(matcher.probe(matcher.read(texts[0])).candidates) < len(shipped)


def test_a_changed_record_of_a_large_catalogue_is_found_and_stands_back(
    matcher: Matcher, make: Callable[..., Initiative], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is new competes with the shortlisted of the rest; a challenge that it has nothing to do with leaves it out."""
    monkeypatch.setattr("matching.index.COMPARED_WHOLE", 10)
    monkeypatch.setattr("matching.index.SHORTLISTED", 10)
    new = make(id="bikupan", name="Bikupan", summary="Biodling för sjukskrivna.", situations=["Jag vill sköta bin."])
    after = Matcher(matcher.index.updated([new], [], VectorCache()), matcher.vocabulary, matcher.places)
    assert after.match("Bikupan").matches[0].initiative_id == "bikupan"
    best = [matcher.match("frigivna behöver bostad").matches[0], after.match("frigivna behöver bostad").matches[0]]
    assert best[0].initiative_id == best[1].initiative_id


def test_damaged_vectors_are_made_again(
    make: Callable[..., Initiative], vocabulary: Vocabulary, counting: CountingEncoder, tmp_path: Path
) -> None:
    """A broken cache is as good as none, and is replaced."""
    file = tmp_path / "vectors.sqlite"
    file.write_bytes(b"PK\x03\x04 broken" * 400)
    index = Index([make()], vocabulary, counting, VectorCache(file))
    assert index.meaning is not None
    counting.documents.clear()
    Index([make()], vocabulary, counting, VectorCache(file))
    assert counting.documents == []


def test_vectors_that_cannot_be_stored_are_kept_in_memory(counting: CountingEncoder, tmp_path: Path) -> None:
    """A folder that is a file is no hindrance to searching."""
    (tmp_path / "upptagen").write_text("")
    cache = VectorCache(tmp_path / "upptagen" / "vectors.sqlite")
    assert cache.vectors(["a", "b"], counting).shape == (2, 30)
    cache.vectors(["b"], counting)
    assert counting.documents == ["a", "b"]


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


def test_a_registry_with_nothing_published_says_so_and_takes_in_the_first_record() -> None:
    """Before the first record is published nothing fits; afterwards it is found."""
    vocabulary, places = load_vocabulary(), load_places()
    empty = Index([], vocabulary)
    assert Matcher(empty, vocabulary, places).match("UVAS i glesbygd").no_good_match
    record = read_parquet(PARQUET)[0]
    found = Matcher(empty.updated([record], [], VectorCache()), vocabulary, places).match(record.name)
    assert [match.initiative_id for match in (*found.matches, *found.related)] == [record.id]
