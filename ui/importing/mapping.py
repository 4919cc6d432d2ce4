"""How the file was understood, and which column holds what, for the editor to correct."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from registry.importing.layouts import OWN, TARGETS, Target, names_persons
from registry.importing.preview import suggested_recipe
from registry.importing.table import Table, is_empty
from registry.importing.understood import Recipe
from registry.importing.values import plain, text_of
from ui.importing.parts import memory
from ui.language import _
from ui.markup import facts, paragraph

_EXAMPLES = 3
_SHOWN = 60  # characters of an example


def show_mapping(table: Table) -> Recipe:
    """Shows what was understood and the form to correct it; gives the recipe as it stands."""
    recipe = suggested_recipe(table, memory())
    st.header(_("Så förstod vi filen"), anchor=False)
    _choose_sheet(table)
    st.html(facts(_told(table, recipe)))
    if recipe.layout is OWN:
        st.html(paragraph(_("Filen är Spridbarts egen export. Kolumnerna behöver inte väljas.")))
        return recipe
    _warn_of_persons(table)
    with st.expander(_("Kolumner och källa"), expanded="name" not in recipe.mapping):
        source = _source(table, recipe)
        st.html(paragraph(_("Välj vilken kolumn som innehåller vad. Valen sparas till nästa fil med samma rubriker.")))
        mapping = _columns(table, recipe.mapping, recipe.signature)
    return replace(source, mapping=mapping)


def _choose_sheet(table: Table) -> None:
    if len(table.sheets) > 1:
        st.session_state.setdefault("import sheet", table.sheet)
        st.selectbox(_("Blad"), table.sheets, key="import sheet", help=_("Arbetsboken har flera blad."))


def _told(table: Table, recipe: Recipe) -> list[tuple[str, str]]:
    format = " · ".join(
        filter(
            None,
            (table.format, table.encoding, table.separator and _("åtskilt med {sign}").format(sign=_(table.separator))),
        )
    )
    read = [heading for heading in table.header if heading in recipe.mapping.values()]
    return [
        (_("Lista"), escape(_(recipe.layout.label))),
        (_("Format"), escape(format)),
        (_("Rader"), f"{len(table.rows):,}".replace(",", "\u2009")),
        (
            _("Kolumner"),
            escape(_("{n} av {all} känns igen").format(n=len(read) or len(table.header), all=len(table.header))),
        ),
    ]


def _warn_of_persons(table: Table) -> None:
    left = [heading for heading in table.header if names_persons(heading)]
    if left:
        words = _("Läses aldrig, eftersom kolumnerna verkar innehålla personuppgifter: {columns}.")
        st.html(paragraph(words.format(columns=", ".join(left)), "sb-calm"))


def _source(table: Table, recipe: Recipe) -> Recipe:
    """What the claims are sourced with."""
    title = st.text_input(
        _("Listans namn"),
        recipe.title or table.file,
        key=f"import list title {recipe.signature}",
        help=_("Står som källa till varje uppgift."),
    )
    address = st.text_input(
        _("Listans webbadress"),
        recipe.address,
        key=f"import list address {recipe.signature}",
        placeholder="https://",
        help=_("Där listan finns publikt. Utan adress anges filen som underlag."),
    )
    usable = (
        address.strip() if address.strip().startswith(("https://", "http://")) and " " not in address.strip() else ""
    )
    if address.strip() and not usable:
        st.html(paragraph(_("Adressen ska börja med https:// eller http://. Nu anges filen som underlag."), "sb-mend"))
    return replace(recipe, title=title.strip() or table.file, address=usable)


def _columns(table: Table, mapping: Mapping[str, str], signature: str) -> dict[str, str]:
    offered = [heading for heading in table.header if not names_persons(heading)]
    examples = {heading: _example(table, heading) for heading in offered}
    chosen = {}
    columns = st.columns(2, gap="large")
    for place, target in enumerate(TARGETS):
        with columns[place % 2]:
            heading = _column(target, offered, mapping.get(target.id), f"import {target.id} {signature}")
            if heading:
                chosen[target.id] = heading
                st.html(
                    paragraph(_("Till exempel: {examples}").format(examples=examples[heading] or _("tomt")), "sb-hint")
                )
    return chosen


def _column(target: Target, offered: list[str], heading: str | None, key: str) -> str | None:
    if key not in st.session_state:
        # As its state and not as its default: only what has no default can be emptied.
        st.session_state[key] = heading if heading in offered else None
    return st.selectbox(
        _(target.label), offered, index=None, key=key, placeholder=_("Finns inte i filen"), help=_(target.help)
    )


def _example(table: Table, heading: str) -> str:
    place = table.column(heading)
    values = (plain(text_of(row.cells[place])) for row in table.rows if not is_empty(row.cells[place]))
    first = [value[:_SHOWN] for value, _number in zip(values, range(_EXAMPLES), strict=False)]
    return " · ".join(dict.fromkeys(first))
