"""A brief as a file: Markdown, Word and PDF. Pandoc writes all three from one document, Typst sets the PDF.

The PDF follows PDF/UA-1 (ISO 14289-1): tagged headings, lists and tables, an alternative text, a language.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import panflute as pf
import pypandoc
import typst

from briefs.brief import Brief
from briefs.document import document
from briefs.elements import PICTURE
from briefs.initiatives import picture_text, places_of
from briefs.picture import sweden

_HERE = Path(__file__).parent
_TEMPLATE, _REFERENCE = _HERE / "brief.typst", _HERE / "reference.docx"


def as_markdown(brief: Brief) -> str:
    """The brief as Markdown with footnotes; the map is left out, what it shows stands in the text."""
    doc = document(brief).walk(_without_pictures)
    return _converted(
        doc,
        "markdown-raw_html-raw_attribute-fenced_divs-bracketed_spans-grid_tables-simple_tables-multiline_tables",
        "-s",
        "--wrap=none",
    )


def as_html(brief: Brief) -> str:
    """The brief as a piece of HTML to look at, its headings one step down below the page's own."""
    return _converted(document(brief).walk(_without_pictures), "html5", "--shift-heading-level-by=1")


def as_docx(brief: Brief) -> bytes:
    """The brief for Word and LibreOffice."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _draw(brief, folder)
        target = folder / "brief.docx"
        _converted(
            document(brief), "docx", "-s", f"--resource-path={folder}", f"--reference-doc={_REFERENCE}", target=target
        )
        return target.read_bytes()


def as_pdf(brief: Brief) -> bytes:
    """The brief as a tagged PDF."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _draw(brief, folder)
        source = folder / "brief.typ"
        text = json.dumps(picture_text(brief), ensure_ascii=False)
        _converted(
            document(brief), "typst", "-s", f"--template={_TEMPLATE}", f"--variable=picture-text:{text}", target=source
        )
        return bytes(typst.compile(source, root=folder, pdf_standards=["ua-1"], ignore_system_fonts=True))


FORMATS: dict[str, Callable[[Brief], bytes]] = {
    "docx": as_docx,
    "pdf": as_pdf,
    "md": lambda brief: as_markdown(brief).encode("utf-8"),
}


def _draw(brief: Brief, folder: Path) -> None:
    lan, municipalities = places_of(brief)
    (folder / PICTURE).write_bytes(sweden(lan, municipalities))


def _without_pictures(element: pf.Element, _: pf.Doc) -> pf.Element | list[pf.Element] | None:
    return [] if isinstance(element, pf.Image) else None


def _converted(doc: pf.Doc, format: str, *options: str, target: Path | None = None) -> str:
    source = json.dumps(doc.to_json(), ensure_ascii=False)
    output = str(target) if target else None
    return str(pypandoc.convert_text(source, format, format="json", extra_args=list(options), outputfile=output))
