"""How long Utforska takes to show again at 10 000 records: the counting alone, and the whole page script by view.

    python -m benchmarks.explore

The records are the shipped ones and synthetic ones beside them, the same each time (``benchmarks/synthetic.py``). The page is run by Streamlit's own
AppTest, so that what stands here is the server's work for one press: no network, no browser.
"""

import time
from collections.abc import Callable
from functools import cache
from statistics import median, quantiles
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.synthetic import Catalogue
from registry.exploring.facets import Facets
from registry.exploring.filters import Filters
from registry.initiative import Initiative
from registry.places import load_places
from registry.vocabulary import load_vocabulary

SIZE = 10_000
TIMES = 15
VIEWS: dict[str, dict[str, Any]] = {
    "table": {},
    "table, page 100, by target group": {"sida": "100", "sortera": "malgrupp"},
    "table, filtered": {"malgrupp": "uvas", "lan": "18", "form": "metod"},
    "table, words": {"sok": "unga"},
    "map of län": {"vy": "karta"},
    "map of municipalities": {"vy": "karta", "karta": "kommun"},
    "matrix, themes": {"vy": "matris"},
    "matrix, län": {"vy": "matris", "matris": "lan"},
    "charts": {"vy": "diagram"},
    "what is missing": {"vy": "saknas"},
}


@cache
def records() -> tuple[Initiative, ...]:
    """The catalogue, made once."""
    catalogue = Catalogue(0)
    return tuple(Catalogue(SIZE - len(catalogue))[:])


def page() -> None:
    """The page script that AppTest runs."""
    from benchmarks.explore import records  # noqa: PLC0415 - the script is run by its source alone
    from ui.exploring.explorer import show_explorer  # noqa: PLC0415

    show_explorer(records(), list)


def main() -> None:
    """Prints the table."""
    made = records()
    begun = time.process_time()
    facets = Facets(made, load_vocabulary(), load_places())
    print(f"{len(made)} records; built for counting in {time.process_time() - begun:.2f} s of processor time\n")
    print(f"{'what':34} {'median ms':>10} {'p95 ms':>8} {'cpu ms':>8}")
    filters = Filters(target_groups=("uvas",), regions=("18",), forms=("metod",))
    report("counts beside all facets", lambda: facets.counts(filters))
    report("matrix, counted", lambda: facets.cross("target_groups", "themes", filters))
    for name, parameters in VIEWS.items():
        app = AppTest.from_function(page, default_timeout=120)
        for parameter, value in parameters.items():
            app.query_params[parameter] = value
        app.run()
        assert not app.exception, name
        report(f"page: {name}", app.run)


def report(name: str, run: Callable[[], Any]) -> None:
    """Runs it again and again and prints how long it took, and the processor time of one run: the same on a busy machine."""
    taken = []
    spent = time.process_time()
    for _ in range(TIMES):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    spent = (time.process_time() - spent) / TIMES * 1000
    print(f"{name:34} {median(taken):10.1f} {quantiles(taken, n=20)[-1]:8.1f} {spent:8.1f}", flush=True)


if __name__ == "__main__":
    main()
