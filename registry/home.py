"""Where things lie on this machine, and which catalogue a reader beside the app should use."""

import os
from pathlib import Path

from registry.catalogue import PARQUET, read_parquet
from registry.initiative import Initiative
from registry.store import PUBLISHED


def home() -> Path:
    """The folder of the database and the caches: ``$SPRIDBART_HOME``, or ``var`` where the app was started."""
    return Path(os.environ.get("SPRIDBART_HOME") or "var")


def published_records() -> list[Initiative]:
    """What the app has published here, or the shipped catalogue; never waits for the database.

    Raises:
        CatalogueMissing: neither file is there.
        CatalogueDamaged: the file that is there is not a catalogue.
    """
    here = home() / PUBLISHED
    return read_parquet(here if here.is_file() else PARQUET)
