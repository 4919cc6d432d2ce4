"""What a process holds in memory."""

import os
import resource
from pathlib import Path

import psutil


def memory_now() -> dict[str, float]:
    """Resident megabytes: all, what is the process's own, the highest so far."""
    rss = psutil.Process().memory_info().rss
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"rss": rss / 1e6, "own": anonymous(os.getpid()) / 1e6, "peak": peak / 1e6}


def anonymous(pid: int) -> float:
    """Bytes in memory that are not pages of a file: those the system takes back when it needs them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (OSError, ProcessLookupError):
        return 0.0
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("Anonymous:")), 0.0)
