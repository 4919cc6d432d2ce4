"""python -m benchmarks: how fast it starts, how fast it matches, what it holds in memory, how well it ranks."""

import platform
import sys

from benchmarks import quality, speed, start


def main() -> int:
    """Runs all parts and prints their tables."""
    print(f"machine: {platform.machine()}, {platform.python_implementation()} {platform.python_version()}")
    for part in (start, speed, quality):
        print(f"\n{(part.__doc__ or '').splitlines()[0]}")
        part.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
