"""Utforska as maps and bar charts to press in. Each has a sentence, a table that does the same by keyboard, downloads."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from registry.exploring.facets import Count
from registry.places import NATIONAL, swedish_order
from ui.charts import bars, picture_config
from ui.context import places
from ui.exploring.download import download_table
from ui.exploring.facets import Counts, ordered
from ui.exploring.view import MAP, PARAMETERS, View, change_address
from ui.exploring.words import facet_label, how_many, listed, value_html, value_label
from ui.language import _, ngettext
from ui.maps import PRESSED_CONFIG, count_map
from ui.markup import number, paragraph
from ui.same_page import here, switch

FORMAT = "bildformat"
_MAPS = {"lan": "regions", "kommun": "municipalities"}
_CHARTS = ("maturity", "evidence", "operations", "forms")


def show_map(view: View, counts: Counts) -> None:
    """Shows the map of län or municipalities; pressing a place, or its link in the table, filters on it."""
    kind = view.get(MAP) if view.get(MAP) in _MAPS else "lan"
    facet = _MAPS[kind]
    own = {value: count.own for value, count in counts[facet].items()}
    names = places().lan if kind == "lan" else {m.code: m.name for m in places().municipalities.values()}
    st.html(_map_kinds(view, kind) + paragraph(_map_sentence(kind, own, names, view)))
    chosen = view.all(PARAMETERS[facet])
    left, right = st.columns([3, 2], gap="large")
    with left:
        _draw_map(view, kind, own, names)
    with right:
        shown = [code for code in names if kind == "lan" or own.get(code) or code in chosen]
        everywhere = [NATIONAL] if kind == "lan" else []
        rows = [*everywhere, *ordered(facet, shown)]
        st.html(_table(view, facet, rows, own))
        rows = [*everywhere, *ordered(facet, names)]
        download_table(
            f"karta-{kind}", [_("Kod"), facet_label(facet), _("Antal")], [_csv_row(facet, code, own) for code in rows]
        )


def show_charts(view: View, counts: Counts) -> None:
    """Shows how the records are spread over maturity, evidence, operation and form; pressing a bar filters on it."""
    format = _format()
    st.html(paragraph(_("Tryck på en stapel, eller på ett namn i tabellen under den, för att filtrera.")))
    for left, right in zip(_CHARTS[::2], _CHARTS[1::2], strict=True):
        for column, facet in zip(st.columns(2, gap="large"), (left, right), strict=True):
            with column:
                _chart(view, facet, counts[facet], format)


def _format() -> str:
    chosen = st.segmented_control(
        _("Hämta bilder som"),
        ["PNG", "SVG"],
        default="PNG",
        key=FORMAT,
        required=True,
        help=_("Knappen med en kamera i bilden."),
    )
    return (chosen or "PNG").lower()


def _map_kinds(view: View, now: str) -> str:
    names = {"lan": _("Län"), "kommun": _("Kommuner")}
    views = {f"map-{kind}": (view.link({MAP: (kind,)}), words) for kind, words in names.items()}
    return switch(_("Karta"), views, f"map-{now}")


def _map_sentence(kind: str, own: Mapping[str, int], names: Mapping[str, str], view: View) -> str:
    there = {code: own.get(code, 0) for code in names}
    empty = sum(not count for count in there.values())
    if kind == "lan":
        text = (
            _("Kartan visar hur många av posterna som är knutna till varje län. Tryck på ett län för att filtrera.")
            + " "
            + _most(there, names)
        )
        text += " " + ngettext("{n} län har ingen.", "{n} län har ingen.", empty).format(n=empty)
        national = how_many(own[NATIONAL], everything=view.everything)
        return text + " " + _("{national} gäller hela Sverige och är inte inräknade i länen.").format(national=national)
    text = (
        _("Kartan visar hur många av posterna som är knutna till varje kommun. Tryck på en kommun för att filtrera.")
        + " "
        + _most(there, names)
    )
    return text + " " + _("{empty} av {all} kommuner har ingen.").format(empty=empty, all=len(names))


def _most(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    highest = max(counts.values())
    if not highest:
        return ""
    places_with = sorted((names[code] for code, count in counts.items() if count == highest), key=swedish_order)
    if len(places_with) > 3:
        return _("Flest är {count}, på {n} platser.").format(count=number(highest), n=len(places_with))
    return _("Flest har {places} ({count}).").format(places=listed(places_with), count=number(highest))


def _draw_map(view: View, kind: str, own: Mapping[str, int], names: Mapping[str, str]) -> None:
    parameter = PARAMETERS[_MAPS[kind]]
    chosen = view.all(parameter)
    key = f"map-{kind}-{'-'.join(chosen)}"  # a map of its own for each choice: nothing is left pressed in it

    def press() -> None:
        for point in st.session_state[key].selection.points:
            change_address(view.toggled(parameter, point["location"]))

    format = _format()
    st.plotly_chart(
        count_map(kind, {code: own.get(code, 0) for code in names}, names, chosen),
        key=key,
        on_select=press,
        selection_mode="points",
        config=PRESSED_CONFIG | picture_config(f"karta-{kind}", format),
        width="stretch",
        alt=_("Karta över Sverige; samma uppgifter står i tabellen bredvid."),
    )


def _table(view: View, facet: str, values: Sequence[str], own: Mapping[str, int]) -> str:
    chosen = view.all(PARAMETERS[facet])
    rows = "".join(_row(view, facet, value, own.get(value, 0), chosen=value in chosen) for value in values)
    label = escape(facet_label(facet))
    return (
        f'<div class="sb-scroll sb-tall" tabindex="0" role="region" aria-label="{label}"><table class="sb-table sb-figures">'
        f'<thead><tr><th scope="col">{label}</th><th scope="col" class="sb-number">{escape(_("Antal"))}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(view: View, facet: str, value: str, count: int, *, chosen: bool) -> str:
    name = PARAMETERS[facet]
    words = f"{'✓ ' if chosen else ''}{value_html(facet, value)}"
    link = here(
        view.link(view.toggled(name, value)),
        words,
        f"row-{name}-{value}",
        extra='aria-current="true"' if chosen else "",
    )
    return f'<tr><th scope="row">{link}</th><td class="sb-number">{number(count)}</td></tr>'


def _chart(view: View, facet: str, counts: Mapping[str, Count], format: str) -> None:
    values = list(counts)
    own = {value: counts[value].own for value in values}
    st.html(f'<h2 class="sb-found">{escape(facet_label(facet))}</h2>{paragraph(_chart_sentence(facet, own, view))}')
    _draw_bars(view, facet, own, format)
    st.html(_table(view, facet, values, own))
    download_table(PARAMETERS[facet], [facet_label(facet), _("Antal")], [_csv_row(facet, v, own)[1:] for v in values])


def _draw_bars(view: View, facet: str, own: Mapping[str, int], format: str) -> None:
    parameter, values = PARAMETERS[facet], list(own)
    chosen = view.all(parameter)
    key = "-".join(("chart", facet, format, *chosen))  # of its own for each choice: nothing is left pressed in it

    def press() -> None:
        for point in st.session_state[key].selection.points:
            change_address(view.toggled(parameter, values[point["point_index"]]))

    st.plotly_chart(
        bars([f"{'✓ ' if v in chosen else ''}{value_label(facet, v)}" for v in values], list(own.values())),
        key=key,
        on_select=press,
        selection_mode="points",
        config=picture_config(parameter, format),
        width="stretch",
        alt=_("Stapeldiagram; samma uppgifter står i tabellen under."),
    )


def _chart_sentence(facet: str, own: Mapping[str, int], view: View) -> str:
    whole = sum(own.values())
    if not whole:
        return _("Inget att räkna bland det som visas.")
    highest = max(own.values())
    first = [value_label(facet, value).lower() for value, count in own.items() if count == highest]
    text = _("Vanligast är {what}: {count} av {records} ({share} procent).").format(
        records=how_many(whole, everything=view.everything),
        what=listed(first),
        count=number(highest),
        share=round(100 * highest / whole),
    )
    unknown = next((own[value] for value in ("ej bedömd", "okänt") if value in own), 0)
    if unknown:
        text += " " + _("För {n} är det inte bedömt eller inte känt; de räknas med och sorteras aldrig bort.").format(
            n=number(unknown)
        )
    return text


def _csv_row(facet: str, value: str, own: Mapping[str, int]) -> list[object]:
    return [value, value_label(facet, value), own.get(value, 0)]
