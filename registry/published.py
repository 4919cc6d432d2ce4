"""The published records as a file beside the database, for readers that must not wait for its lock."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from registry.catalogue import SCHEMA

PUBLISHED = "published.parquet"


def is_current(path: Path, revisions: dict[str, int]) -> bool:
    """Whether the file holds these records (revision by id), in today's columns.

    A revision is never changed, so its number says which content the file has. False also for a file that is
    missing or damaged.
    """
    try:
        table = pq.read_table(path, columns=["id", "revision"], memory_map=False)
        columns = pq.read_schema(path).names
    except (pa.ArrowException, OSError):
        return False
    pairs = zip(table["id"].to_pylist(), table["revision"].to_pylist(), strict=True)
    return columns == SCHEMA.names and dict(pairs) == revisions
