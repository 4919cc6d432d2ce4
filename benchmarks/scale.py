"""Scale: time, memory and what is found at 1,000 records and more, beside peers, in one run.

python -m benchmarks.scale [SIZES...] (1000 10000 100000; a million takes some 25 minutes). Every contender runs in
a process of its own. Encoding and the making of synthetic records are no part of the times, unless said. Machines
here are noisy: read the ratios.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.peers import CONTENDERS, GIGABYTES, MINUTES, Search, Task, TooMuch
from benchmarks.resident import anonymous, memory_now
from benchmarks.speed import CASES, times_of
from benchmarks.spridbart import measured as spridbart
from benchmarks.synthetic import Catalogue
from matching.encoder import Encoder, load_encoder
from matching.engines import SETTINGS

OURS, FLOOR = "Spridbart", next(iter(CONTENDERS))
_SIZES = (1_000, 10_000, 100_000)
_PER_KIND = 20
_ROUNDS = 20
_OURS_LIMITS = 18, 60  # GB, minutes


def main(arguments: Sequence[str]) -> int:
    """Measures all contenders at each size and prints their tables."""
    sizes = [int(size) for size in arguments] or _SIZES
    print(_machine(), flush=True)
    growth: dict[str, list[float | None]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder:
            _save_queries(Path(folder))
            rows: dict[str, dict[str, Any]] = {}
            for name in (OURS, *CONTENDERS):
                rows[name] = _in_own_process(name, size, folder)
                print(size, name, json.dumps(rows[name]), file=sys.stderr, flush=True)  # a long run may be stopped
        _print_size(size, rows)
        for name, row in rows.items():
            growth.setdefault(name, []).append(row.get("p50"))
    print(f"\np50 in ms by size\n  {'':<30}" + "".join(f"{size:>12,}" for size in sizes))
    for name, values in growth.items():
        print(f"  {name:<30}" + "".join(f"{'-' if v is None else format(v, '.2f'):>12}" for v in values))
    return 0


def _in_own_process(name: str, size: int, folder: str) -> dict[str, Any]:
    """What the contender gives, or why it was stopped."""
    gigabytes, minutes = _OURS_LIMITS if name == OURS else (GIGABYTES, MINUTES)
    command = [sys.executable, "-m", "benchmarks.scale", "--contender", name, str(size), folder]
    environment = {**os.environ, **(SETTINGS if name == OURS else {})}
    with (Path(folder) / "errors").open("w+") as errors:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        begun, why = time.monotonic(), ""
        while child.poll() is None and not why:
            time.sleep(0.2)
            if anonymous(child.pid) > gigabytes * 1e9:
                why = f"held over {gigabytes} GB"
            elif time.monotonic() - begun > minutes * 60:
                why = f"took over {minutes} minutes"
        if why:
            child.kill()
            child.wait()
            return {"skipped": why}
        output = child.stdout.read() if child.stdout else ""
        errors.seek(0)
        last = (errors.read().strip().splitlines() or ["no output"])[-1]
    return json.loads(output.splitlines()[-1]) if child.returncode == 0 and output else {"skipped": last}


def contender(name: str, size: int, folder: Path) -> dict[str, Any]:
    """Measures one contender, in this process."""
    catalogue = Catalogue(size)
    if name == OURS:
        return spridbart(catalogue, folder)
    build, encodes = CONTENDERS[name]
    task = Task(catalogue, folder)
    begun = time.perf_counter()
    try:
        search = build(task)
    except TooMuch as reason:
        return {"skipped": str(reason)}
    built = time.perf_counter() - begun - catalogue.seconds
    times = _times(search, range(len(task.queries)))
    result = {"build": built, "p50": np.percentile(times, 50), "p95": np.percentile(times, 95)}
    if name == FLOOR:
        result["p50"] = result["p95"] = min(_times(search, [0] * _ROUNDS))
    whole = times
    if encodes:
        encoder = load_encoder()
        whole = _times(lambda i: (encoder.encode_query([task.queries[i]]), search(i)), range(len(task.queries)))
    return {**result, "whole50": np.percentile(whole, 50), "whole95": np.percentile(whole, 95), **memory_now()}


def _times(search: Search, numbers: Sequence[int]) -> list[float]:
    for i in numbers[:5]:
        search(i)
    return times_of(search, numbers)


def _save_queries(folder: Path) -> None:
    """Some of the judged queries of each kind, and their vectors by the model."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines() if line.strip()]
    texts: list[str] = []
    for kind in "abcde":
        of_kind = [case["query"] for case in cases if case["kind"] == kind]
        chosen = np.linspace(0, len(of_kind) - 1, min(_PER_KIND, len(of_kind))).astype(int)
        texts += [of_kind[i] for i in chosen]
    encoder: Encoder = load_encoder()
    raw = np.concatenate([encoder.encode_query([text]) for text in texts])
    np.savez(folder / "queries.npz", texts=np.array(texts), raw=raw)


def _machine() -> str:
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "unknown"
    )
    memory = psutil.virtual_memory().total / 1e9
    return (
        f"machine: {model}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def _lines(path: str) -> Iterator[str]:
    return iter(Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else [])


def _print_size(size: int, rows: dict[str, dict[str, Any]]) -> None:
    ours, least = rows[OURS].get("p50"), rows[FLOOR].get("p50")
    head = ("build s", "RSS MB", "own MB", "peak MB", "p50 ms", "p95 ms", "+enc p50", "+enc p95", "× ours", "× floor")
    print(f"\n{size:,} records\n  {'':<30}" + "".join(f"{title:>10}" for title in head))
    for name, row in rows.items():
        if "skipped" in row:
            print(f"  {name:<30}  skipped: {row['skipped']}")
            continue
        cells = [row[key] for key in ("build", "rss", "own", "peak", "p50", "p95", "whole50", "whole95")]
        cells += [row["p50"] / ours if ours else None, row["p50"] / least if least else None]
        formats: list[Callable[[float], str]] = ["{:.1f}".format, *["{:.0f}".format] * 3, *["{:.2f}".format] * 6]
        print(
            f"  {name:<30}" + "".join(f"{'-' if c is None else f(c):>10}" for f, c in zip(formats, cells, strict=True))
        )
    for line in rows[OURS].get("notes", ()):
        print(f"  {line}")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--contender"]:
        print(json.dumps(contender(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])), default=float))
    else:
        sys.exit(main(sys.argv[1:]))
