"""Initiatives as columns of a table, with what each value rests on."""

from collections.abc import Sequence
from html import escape

from registry.adopting.side_by_side import Likeness, Row, known_values
from registry.initiative import CLAIMED_VALUES, Initiative
from ui.chosen import carried
from ui.field_words import field_word, in_words, words_html
from ui.language import _, later
from ui.markup import initiative_link

_SECTIONS = {
    Likeness.DIFFERENT: later("Det här skiljer"),
    Likeness.ALIKE: later("Lika för alla"),
    Likeness.UNKNOWN: later("Okänt för alla"),
}


def table(records: Sequence[Initiative], rows: Sequence[Row]) -> str:
    """The comparison as HTML; the first column stays in sight when the table is moved sideways."""
    head = "".join(f'<th scope="col">{initiative_link(r.id, r.name, carried())}</th>' for r in records)
    body = "".join(_section(likeness, records, [r for r in rows if r.likeness is likeness]) for likeness in Likeness)
    return (
        f'<div class="sb-scroll" tabindex="0" role="region" aria-label="{_("Jämförelse")}">'
        f'<table class="sb-compare"><thead><tr><th scope="col">{_("Uppgift")}</th>{head}</tr></thead>{body}</table></div>'
    )


def sheet(records: Sequence[Initiative], rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """The comparison as the header and the rows of a sheet; each cell says what its values rest on."""
    header = [_("Uppgift"), *(record.name for record in records), _("Jämförelse")]
    return header, [[field_word(r.field), *(_text(record, r) for record in records), _(r.likeness)] for r in rows]


def _text(record: Initiative, row: Row) -> str:
    if not known_values(record, row.field):
        return _unknown(record, row.field)
    bases = _bases(record, row.field)
    words = "; ".join(_words(record, row.field))
    return f"{words} ({', '.join(bases)})" if bases else words


def _section(likeness: Likeness, records: Sequence[Initiative], rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    title = _(_SECTIONS[likeness]) if len(records) > 1 or likeness is Likeness.UNKNOWN else _("Uppgifter")
    lines = "".join(
        f'<tr><th scope="row">{escape(field_word(row.field))}</th>{"".join(_cell(r, row) for r in records)}</tr>'
        for row in rows
    )
    return f'<tbody><tr class="sb-section"><th colspan="{len(records) + 1}" scope="rowgroup"><span>{title}</span></th></tr>{lines}</tbody>'


def _cell(record: Initiative, row: Row) -> str:
    if not known_values(record, row.field):
        return f'<td><span class="sb-unknown">{escape(_unknown(record, row.field))}</span></td>'
    words = _words(record, row.field)
    bases = _bases(record, row.field)
    each = len(bases) > 1 and row.field in CLAIMED_VALUES
    if each:
        values = getattr(record, row.field)
        lines = [
            f"{words_html(row.field, w)}{_basis([_(record.basis_of(row.field, v) or '')])}"
            for w, v in zip(words, values, strict=True)
        ]
    else:
        lines = [words_html(row.field, text) for text in words]
    html = lines[0] if len(lines) == 1 else f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    below = f'<div class="sb-basis">{escape(", ".join(bases))}</div>' if bases and not each else ""
    return f"<td>{html}{below}</td>"


def _words(record: Initiative, field: str) -> list[str]:
    words = in_words(field, record.model_dump(mode="json", include={field})[field])
    return [text[:1].upper() + text[1:] for text in words]


def _unknown(record: Initiative, field: str) -> str:
    return _("Ej bedömd") if field in ("maturity", "evidence") else _("Uppgift saknas")


def _bases(record: Initiative, field: str) -> list[str]:
    """What the field rests on, each basis once."""
    found = (_(s.basis) for s in record.statements if s.field.partition(".")[0] == field)
    return list(dict.fromkeys(found))


def _basis(bases: Sequence[str]) -> str:
    named = ", ".join(filter(None, bases))
    return f' <small class="sb-basis">{escape(named)}</small>' if named else ""
