"""The pieces of a document as pandoc knows them. Texts are data here, never markup: nothing in them can act."""

from collections.abc import Iterable, Sequence

import panflute as pf

PICTURE = "karta.png"  # the name that files use for the map

Inlines = list[pf.Inline]


def words(text: str) -> Inlines:
    """The text, its lines broken where the page ends."""
    inlines: Inlines = []
    for word in text.split():
        inlines += [pf.Space, pf.Str(word)] if inlines else [pf.Str(word)]
    return inlines


def heading(text: str, level: int = 1) -> pf.Header:
    """A real heading, 1 to 3."""
    return pf.Header(*words(text), level=level)


def paragraph(text: str, *more: pf.Inline) -> pf.Para:
    """A paragraph; ``more`` are footnotes at its end."""
    return pf.Para(*words(text), *more)


def labelled(label: str, text: str, *more: pf.Inline) -> pf.Para:
    """A paragraph that begins with a label in bold."""
    return pf.Para(pf.Strong(*words(f"{label}:")), pf.Space, *words(text), *more)


def quote(text: str) -> pf.BlockQuote:
    """Somebody else's words, paragraph by paragraph."""
    return pf.BlockQuote(*(paragraph(part) for part in text.split("\n") if part.strip()))


def bullets(items: Iterable[Inlines]) -> pf.BulletList:
    """A list."""
    return pf.BulletList(*(pf.ListItem(pf.Plain(*item)) for item in items))


def footnote(text: str) -> pf.Note:
    """A real footnote."""
    return pf.Note(pf.Para(*words(text)))


def table(caption: str, header: Sequence[str], rows: Sequence[Sequence[Inlines]]) -> pf.Table:
    """A real table with a head and a caption; the columns share the width, the first a little narrower."""
    first = 0.8 / len(header)
    rest = (1 - first) / (len(header) - 1)
    widths = [("AlignLeft", first), *[("AlignLeft", rest)] * (len(header) - 1)]
    return pf.Table(
        pf.TableBody(*(_row(cells) for cells in rows), row_head_columns=1),
        head=pf.TableHead(_row([words(title) for title in header])),
        caption=pf.Caption(pf.Plain(*words(caption))),
        colspec=widths,
    )


def _row(cells: Iterable[Inlines]) -> pf.TableRow:
    return pf.TableRow(*(pf.TableCell(pf.Plain(*cell)) for cell in cells))
