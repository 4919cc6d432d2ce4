"""The catalogue as files: one YAML source per initiative, compiled into one Parquet file."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from pydantic import ValidationError

from registry.errors import CatalogueDamaged, CatalogueMissing, RecordInvalid
from registry.files import parse_yaml, replace_file
from registry.initiative import Initiative
from registry.places import Places
from registry.references import unknown_references
from registry.vocabulary import DATA, Vocabulary

SOURCE = DATA / "source" / "initiatives"
PARQUET = DATA / "initiatives.parquet"

_STATEMENT = pa.struct(
    [(name, pa.string()) for name in ("field", "claim", "basis", "source_title", "source_address", "quote", "date")]
)
_NESTED = {
    "statements": pa.list_(_STATEMENT),
    "links": pa.list_(pa.struct([("title", pa.string()), ("address", pa.string())])),
    "adoptions": pa.list_(pa.struct([("municipality", pa.string()), ("year", pa.int32()), ("outcome", pa.string())])),
    "revision": pa.int32(),
}
SCHEMA = pa.schema(
    [
        (name, _NESTED.get(name) or (pa.list_(pa.string()) if isinstance(field.default, tuple) else pa.string()))
        for name, field in Initiative.model_fields.items()
    ]
)


@dataclass(frozen=True)
class Difference:
    """How the Parquet file and the sources disagree about one record."""

    id: str
    kind: str  # "saknas i Parquet", "saknas i källorna" or "olika"
    fields: tuple[str, ...] = ()


def read_source(path: Path, vocabulary: Vocabulary, places: Places) -> Initiative:
    """Reads and checks one YAML file.

    Raises:
        RecordInvalid: the record breaks a rule; with file, field and reason.
    """
    try:
        raw = parse_yaml(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RecordInvalid(path.name, "(YAML)", str(error).replace("\n", " ")) from error
    if not isinstance(raw, dict):
        raise RecordInvalid(path.name, "(YAML)", "filen ska innehålla en post med fält")
    try:
        initiative = Initiative.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "posten"
        raise RecordInvalid(path.name, field, first["msg"].removeprefix("Value error, ")) from error
    if initiative.id != path.stem:
        raise RecordInvalid(path.name, "id", f"ska vara filens namn, {path.stem}")
    check_references(initiative, vocabulary, places, path.name)
    return initiative


def check_references(initiative: Initiative, vocabulary: Vocabulary, places: Places, where: str) -> None:
    """Checks that every id in the record is known.

    Raises:
        RecordInvalid: with the field and the id that is not known.
    """
    for unknown in unknown_references(initiative.model_dump(mode="json"), vocabulary, places):
        raise RecordInvalid(where, unknown.field, unknown.reason)


def read_sources(folder: Path, vocabulary: Vocabulary, places: Places) -> tuple[list[Initiative], list[RecordInvalid]]:
    """Reads every YAML file in ``folder``: the valid records by id, and what is wrong with the rest.

    Raises:
        CatalogueMissing: there is no such folder.
    """
    if not folder.is_dir():
        raise CatalogueMissing(folder)
    records, problems = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            records.append(read_source(path, vocabulary, places))
        except RecordInvalid as problem:
            problems.append(problem)
    return sorted(records, key=lambda record: record.id), problems


def as_parquet(records: Sequence[Initiative]) -> bytes:
    """The records as a Parquet file, ordered by id; the same records give the same bytes."""
    rows = [record.model_dump(mode="json") for record in sorted(records, key=lambda record: record.id)]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), file, compression="zstd")
    return file.getvalue()


def write_parquet(records: Sequence[Initiative], path: Path) -> None:
    """Writes the records to ``path`` as ``as_parquet`` gives them.

    Raises:
        StorageUnwritable: the folder cannot be written.
    """
    replace_file(path, lambda temporary: temporary.write_bytes(as_parquet(records)))


def read_parquet(path: Path) -> list[Initiative]:
    """Reads the records in ``path``, ordered by id.

    Raises:
        CatalogueMissing: there is no such file.
        CatalogueDamaged: it is not a catalogue.
    """
    if not path.is_file():
        raise CatalogueMissing(path)
    try:
        rows = pq.read_table(path, memory_map=False).to_pylist()
        return [Initiative.model_validate(row) for row in rows]
    except (pa.ArrowException, OSError) as error:
        raise CatalogueDamaged(path, str(error).splitlines()[0]) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueDamaged(path, f"{first['loc']}: {first['msg']}") from error


def compare(compiled: list[Initiative], sources: list[Initiative]) -> list[Difference]:
    """Where a compiled catalogue and its sources disagree, by id."""
    left, right = {r.id: r for r in compiled}, {r.id: r for r in sources}
    differences = []
    for id in sorted(left.keys() | right.keys()):
        if id not in left:
            differences.append(Difference(id, "saknas i Parquet"))
        elif id not in right:
            differences.append(Difference(id, "saknas i källorna"))
        elif left[id] != right[id]:
            fields = [f for f in Initiative.model_fields if getattr(left[id], f) != getattr(right[id], f)]
            differences.append(Difference(id, "olika", tuple(fields)))
    return differences


def as_json(records: list[Initiative]) -> str:
    """The records as one JSON list, ordered by id."""
    rows = [record.model_dump(mode="json") for record in sorted(records, key=lambda record: record.id)]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
