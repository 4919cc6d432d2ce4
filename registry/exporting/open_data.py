"""What is said of the files wherever they are described: licence, publisher, media types, and the CSV file's columns.

Facts about the publisher are those of the record "msi".
"""

from typing import Any

import pyarrow as pa

from registry.catalogue import SCHEMA
from registry.exporting.exports import COLUMNS
from registry.initiative import Initiative

LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
PUBLISHER = "Mötesplats Social Innovation"
PUBLISHER_PAGE = "https://socialinnovation.se/"
CSV_METADATA = "/data/initiatives.csv-metadata.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}

_DATATYPES = {"updated_at": "dateTime", "last_verified": "date"}


def csv_metadata(address: str) -> dict[str, Any]:
    """The dialect and the columns of the CSV file, as CSV on the Web tells them (https://www.w3.org/TR/tabular-metadata/).

    Args:
        address: the service's own address, without a slash at the end.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": f"{address}/data/initiatives.csv",
        "dc:title": "Sociala innovationer med spridningspotential",
        "dc:license": {"@id": LICENCE},
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ";",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "lineTerminators": ["\r\n"],
        },
        "tableSchema": {"columns": [_column(name) for name in COLUMNS], "primaryKey": "id"},
    }


def _column(name: str) -> dict[str, Any]:
    column: dict[str, Any] = {"name": name, "titles": name, "required": Initiative.model_fields[name].is_required()}
    kind = SCHEMA.field(name).type
    if not pa.types.is_list(kind):
        return column | {"datatype": "integer" if pa.types.is_integer(kind) else _DATATYPES.get(name, "string")}
    if pa.types.is_struct(kind.value_type):
        return column | {"datatype": "json"}
    return column | {"datatype": "string", "separator": " | "}
