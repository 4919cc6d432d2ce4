"""The brief's files: opened as Word, LibreOffice and a reader of PDF would open them."""

import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from briefs.brief import Brief
from briefs.elements import PICTURE
from briefs.files import as_docx, as_pdf
from briefs.picture import sweden

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def docx(make_brief: Callable[..., Brief]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(as_docx(make_brief())))


def _styles(docx: zipfile.ZipFile) -> list[str]:
    body = ET.fromstring(docx.read("word/document.xml"))  # noqa: S314 - our own file
    return [style.attrib[f"{_W}val"] for style in body.iter(f"{_W}pStyle")]


def test_docx_has_real_headings_tables_and_footnotes(docx: zipfile.ZipFile) -> None:
    """Word's outline, its table tools and its footnotes all work on it."""
    styles = _styles(docx)
    assert styles.count("Heading1") >= 10
    assert "Heading2" in styles
    body = ET.fromstring(docx.read("word/document.xml"))  # noqa: S314 - our own file
    heads = [row for table in body.iter(f"{_W}tbl") for row in table.iter(f"{_W}tblHeader")]
    assert len(heads) == len(list(body.iter(f"{_W}tbl"))) >= 2
    assert len(list(body.iter(f"{_W}footnoteReference"))) > 20


def test_docx_has_a_picture_with_its_text_and_is_swedish(docx: zipfile.ZipFile) -> None:
    """The map has an alternative text that says what it shows, and spelling is checked as Swedish."""
    text = docx.read("word/document.xml").decode()
    assert 'descr="Karta över Sverige. Län:' in text
    assert "Skellefteå" in text
    assert 'w:val="sv-SE"' in docx.read("word/styles.xml").decode()


def test_pdf_is_tagged_and_swedish(make_brief: Callable[..., Brief]) -> None:
    """A screen reader is told that it is tagged, which language it is in and that it follows PDF/UA."""
    pdf = as_pdf(make_brief(ids=("unga-in",)))
    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf
    assert b"sv-SE" in pdf
    assert b"pdfuaid:part" in pdf


def test_the_map_shows_what_is_used() -> None:
    """A place that is used is drawn, and looks different from one that is not."""
    assert sweden({"24"}, {"2482"}) != sweden(set(), set())
    assert PICTURE.endswith(".png")
