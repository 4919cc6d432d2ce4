"""From a file to a plan: how it is to be understood, and what its rows would become."""

import datetime as dt

from registry.errors import ColumnMissing
from registry.importing.layouts import OWN, layout_of, signature, suggested_mapping
from registry.importing.memory import ImportMemory
from registry.importing.own import read_own
from registry.importing.rows import RowReader
from registry.importing.table import Table
from registry.importing.understood import Recipe, Understood
from registry.places import Places
from registry.vocabulary import Vocabulary

_SIGNATURE_SHOWN = 6


def suggested_recipe(table: Table, memory: ImportMemory) -> Recipe:
    """How the file is likely to be understood: as last time, or else by its headings."""
    layout = layout_of(table.header)
    marked = signature(table.header)
    prefix = layout.prefix if layout.signs else f"{layout.prefix}-{marked[:_SIGNATURE_SHOWN]}"
    remembered = memory.mapping(marked)
    if remembered:
        mapping = {id: heading for id, heading in remembered.mapping.items() if heading in table.header}
        return Recipe(layout, mapping, remembered.title, remembered.address, prefix, marked)
    return Recipe(layout, suggested_mapping(table.header), layout.title, "", prefix, marked)


def understood(
    table: Table, recipe: Recipe, vocabulary: Vocabulary, places: Places, today: dt.date
) -> list[Understood]:
    """Every row of the file, understood by the recipe.

    Raises:
        ColumnMissing: no column is chosen for the name.
    """
    if recipe.layout is OWN:
        return [read_own(table, row, vocabulary, places) for row in table.rows]
    if recipe.mapping.get("name") not in table.header:
        raise ColumnMissing("namnet")
    reader = RowReader(table, recipe, vocabulary, places, today)
    return [reader.read(row) for row in table.rows]
