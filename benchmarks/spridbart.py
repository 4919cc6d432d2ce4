"""Spridbart itself at a size: built, searched, changed, and searched by several at once."""

import resource
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import psutil

from benchmarks.resident import memory_now
from benchmarks.speed import times_of
from benchmarks.synthetic import Catalogue, NoCache, SentenceEncoder
from matching import index as index_module
from matching.encoder import Vectors, load_encoder
from matching.index import COMPARED_WHOLE, Index
from matching.matcher import Matcher
from registry.places import load_places

_MAPPED_FROM = 100_000  # records: the passages' vectors then lie in a file
_COMPARED_UP_TO = 10_000  # records: the full computation is affordable
_THREADS = (1, 4, 8)
_SESSIONS_SHARE = 5  # each session asks one text in so many
_NEW_NAMES = ("Zebrafinkskören", "Kvarterskompassen", "Wienervalsverkstan", "Bokbussgrubblet", "Humlegårdsjuryn")


def measured(catalogue: Catalogue, folder: Path) -> dict[str, Any]:
    """All figures of one size. Leaves the records' and the queries' vectors in ``folder`` for the peers."""
    stored = np.load(folder / "queries.npz")
    texts = [str(text) for text in stored["texts"]]
    queries = dict(zip(texts, stored["raw"], strict=True))
    encoder = SentenceEncoder(catalogue, queries, load_encoder())
    begun = time.perf_counter()
    mapped = folder if len(catalogue) >= _MAPPED_FROM else None
    index = Index(catalogue, catalogue.vocabulary, encoder, NoCache(), mapped)
    built = time.perf_counter() - begun - encoder.seconds - catalogue.seconds
    matcher = Matcher(index, catalogue.vocabulary, load_places())
    _leave_vectors(index, stored["raw"], folder)
    _ask(matcher, texts)
    memory = memory_now()
    catalogue.keep(True)  # a real catalogue holds its records; these are made when they are asked for
    _ask(matcher, texts)
    alone = times_of(matcher.match, texts)
    known, encoder.known, encoder.remembers = encoder.known, {}, False
    whole = times_of(matcher.match, texts)
    encoder.known, encoder.remembers = known, True
    notes = _threads(matcher, texts)
    catalogue.keep(False)
    notes += _changes(index, catalogue)
    if COMPARED_WHOLE < len(catalogue) <= _COMPARED_UP_TO + len(catalogue.real):
        catalogue.keep(True)
        notes.append(_recall(matcher, texts))
    p50, p95, whole50, whole95 = (*np.percentile(alone, [50, 95]), *np.percentile(whole, [50, 95]))
    return {"build": built, "p50": p50, "p95": p95, "whole50": whole50, "whole95": whole95, "notes": notes, **memory}


def _leave_vectors(index: Index, raw: Vectors, folder: Path) -> None:
    assert index.meaning is not None
    centres = index.segments[0].centres
    assert centres is not None
    np.save(folder / "centres.npy", centres.vectors())
    np.save(folder / "asked.npy", index.meaning.metric.apply(raw))


def _ask(matcher: Matcher, texts: Sequence[str]) -> None:
    for text in texts:
        matcher.match(text)


def _recall(matcher: Matcher, texts: Sequence[str]) -> str:
    short = [_five(matcher, text) for text in texts]
    with patch.object(index_module, "COMPARED_WHOLE", 10**9):
        full = [_five(matcher, text) for text in texts]
    shared = np.mean([len({*a} & {*b}) / max(1, len(b)) for a, b in zip(short, full, strict=True)])
    same = sum(a[:1] == b[:1] for a, b in zip(short, full, strict=True))
    return (
        f"shortlisted: {shared:.1%} of the top 5 of the full computation; the same first one in {same} of {len(texts)}"
    )


def _five(matcher: Matcher, text: str) -> list[str]:
    return [match.initiative_id for match in matcher.match(text, limit=5).matches]


def _changes(index: Index, catalogue: Catalogue) -> list[str]:
    """One record after the other is changed; each must be found under its new name at once."""
    times, found = [], 0
    for turn, name in enumerate(_NEW_NAMES):
        record = catalogue[len(catalogue) - 1 - turn].model_copy(update={"name": name, "role": "initiativ"})
        begun = time.perf_counter()
        index = index.updated([record], [], NoCache())
        times.append((time.perf_counter() - begun) * 1000)
        matcher = Matcher(index, catalogue.vocabulary, load_places())
        found += _five(matcher, name)[:1] == [record.id]
    listed = ", ".join(f"{ms:.1f}" for ms in times)
    return [f"one record changed: {listed} ms; found by the next match {found} of {len(_NEW_NAMES)} times"]


def _threads(matcher: Matcher, texts: Sequence[str]) -> list[str]:
    lines = []
    for count in _THREADS:
        before, cpu, begun = psutil.Process().memory_info().rss, _cpu(), time.perf_counter()
        times: list[float] = []
        threads = [threading.Thread(target=_session, args=(matcher, texts, number, times)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - begun
        grown = (psutil.Process().memory_info().rss - before) / 1e6
        lines.append(
            f"{count} at once: {len(times) / seconds:.1f} matches/s, p95 {np.percentile(times, 95):.0f} ms, "
            f"{(_cpu() - cpu) / len(times) * 1000:.1f} ms CPU each, RSS {grown:+.0f} MB"
        )
    return lines


def _session(matcher: Matcher, texts: Sequence[str], number: int, times: list[float]) -> None:
    for text in texts[number::_SESSIONS_SHARE]:
        begun = time.perf_counter()
        matcher.match(text)
        times.append((time.perf_counter() - begun) * 1000)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
