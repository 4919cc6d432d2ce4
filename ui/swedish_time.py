"""The registry's times, which are UTC, as the clock shows them in Sweden."""

import datetime as dt
from zoneinfo import ZoneInfo

_SWEDEN = ZoneInfo("Europe/Stockholm")


def clock(at: dt.datetime) -> str:
    """The time of day: 10:42."""
    return f"{_local(at):%H:%M}"


def day_and_clock(at: dt.datetime) -> str:
    """The day and the time of day: 2026-11-22 10:42."""
    return f"{_local(at):%Y-%m-%d %H:%M}"


def _local(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=dt.UTC).astimezone(_SWEDEN)
