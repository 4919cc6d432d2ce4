"""Start: from the command until the first page and the first answer, on an empty home.

The page is taken as ready when the server has sent it; ``meaning`` when /halsa says that meaning is
compared. Memory is the resident set of the whole process after ten matches.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
_ROUNDS = 3


def run() -> None:
    """Starts the app a few times and prints the medians."""
    rounds = sorted((_once() for _ in range(_ROUNDS)), key=lambda times: times["first page"])
    middle = rounds[_ROUNDS // 2]
    for name, value in middle.items():
        unit = "MB" if name == "memory" else "s"
        print(f"  {name:<28}{value:>8.2f} {unit}   (median start of {_ROUNDS})")


def _once() -> dict[str, float]:
    port = _free_port()
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        app = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "SPRIDBART_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://localhost:{port}"
            times = {}
            _until(lambda: _get(url) is not None)
            times["first page"] = time.perf_counter() - begun
            _until(lambda: _match(url))
            times["first answer"] = time.perf_counter() - begun
            _until(lambda: bool((_get(f"{url}/halsa") or {}).get("by_meaning")))
            times["meaning"] = time.perf_counter() - begun
            for _ in range(10):
                _match(url)
            times["memory"] = psutil.Process(app.pid).memory_info().rss / 1e6
            return times
        finally:
            app.terminate()
            app.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _until(ready: Callable[[], bool]) -> None:
    for _ in range(3000):
        if ready():
            return
        time.sleep(0.02)
    raise TimeoutError("the app did not answer within a minute")


def _get(url: str) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            body = answer.read()
            return json.loads(body) if answer.headers["content-type"] == "application/json" else {"html": len(body)}
    except OSError:
        return None


def _match(url: str) -> bool:
    body = json.dumps({"text": "UVAS i glesbygd"}).encode()
    request = urllib.request.Request(f"{url}/api/v1/match", data=body, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return bool(json.load(answer)["results"])
    except (OSError, urllib.error.HTTPError):
        return False
