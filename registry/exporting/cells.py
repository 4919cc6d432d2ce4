"""A record's values as cells of a sheet, and the same values from the cells."""

import json
import re
from typing import Any

import pyarrow as pa

from registry.catalogue import SCHEMA
from registry.initiative import Initiative

_BARRED = re.compile(r" ?(?<!\\)\| ?")


def as_cell(value: Any) -> str:
    """A value of a record, as ``model_dump(mode="json")`` gives it, as text.

    Lists are joined with " | " (a bar inside a value becomes ``\\|``, a backslash two); nested parts are JSON.
    """
    if value is None:
        return ""
    if not isinstance(value, list):
        return str(value)
    if any(isinstance(part, dict) for part in value):
        return json.dumps(value, ensure_ascii=False)
    return " | ".join(str(part).replace("\\", "\\\\").replace("|", "\\|") for part in value)


def from_cell(field: str, text: str) -> Any:
    """The value of ``field`` that ``as_cell`` wrote; an empty cell is what the field holds when nothing is known.

    Raises:
        ValueError: a nested field is not the JSON list it should be, or a number is none.
    """
    kind = SCHEMA.field(field).type
    if not text:
        return unknown(field)
    if pa.types.is_integer(kind):
        return int(text)
    if not pa.types.is_list(kind):
        return text
    if not pa.types.is_struct(kind.value_type):
        return [re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in _BARRED.split(text)]
    parts = json.loads(text)
    if not isinstance(parts, list):
        raise ValueError("ska vara en lista i JSON")
    return parts


def unknown(field: str) -> Any:
    """What ``field`` holds when nothing is known: as JSON; an empty text where it must be filled in."""
    info = Initiative.model_fields[field]
    if info.is_required():
        return ""
    default = info.get_default()
    return list(default) if isinstance(default, tuple) else default
