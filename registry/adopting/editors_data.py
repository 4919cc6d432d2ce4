"""The files that the editors keep beside the vocabularies: read, checked in shape, and cited from.

A reference such as "001 2.1.7" names a source document by its number and a place in it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import AfterValidator, TypeAdapter, ValidationError, ValidationInfo

from registry.errors import CatalogueDamaged, CatalogueMissing
from registry.files import parse_yaml
from registry.initiative import Part, Text
from registry.vocabulary import DATA

FOLDER = DATA / "vocabulary"
T = TypeVar("T")


class Source(Part):
    """A source document: its number in references, its title and its file's name."""

    number: Text
    title: Text
    file: Text


def _titled(reference: str, info: ValidationInfo) -> str:
    return cite(reference, info.context or {})


# A reference to a source document; read from a file it becomes the document's title and the place in it.
Reference = Annotated[Text, AfterValidator(_titled)]


def read_yaml(path: Path, shape: type[T], sources: Mapping[str, Source] | None = None) -> T:
    """The file's content as ``shape``; its references get the titles of ``sources``.

    Raises:
        CatalogueMissing: the file is not there.
        CatalogueDamaged: it is not YAML, or not of that shape; the detail names the place.
    """
    try:
        content = parse_yaml(path.read_text(encoding="utf-8"))
        return TypeAdapter(shape).validate_python(content, context=dict(sources or {}))
    except FileNotFoundError:
        raise CatalogueMissing(path) from None
    except yaml.YAMLError as error:
        raise CatalogueDamaged(path, str(error).splitlines()[0]) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueDamaged(path, f"{where}: {first['msg'].removeprefix('Value error, ')}") from error


def load_sources(folder: Path = FOLDER) -> dict[str, Source]:
    """The source documents by number.

    Raises:
        CatalogueMissing, CatalogueDamaged: see ``read_yaml``.
    """
    return {source.number: source for source in read_yaml(folder / "sources.yaml", tuple[Source, ...])}


def cite(reference: str, sources: Mapping[str, Source]) -> str:
    """The reference with titles for numbers: "001 2.1.7" becomes "Policykartläggning …, avsnitt 2.1.7".

    Numbers that are not among ``sources`` stay as they are.
    """

    def titled(found: re.Match[str]) -> str:
        number, rest = found["number"], found["rest"]
        if number not in sources:
            return found[0]
        place = "" if not rest else f", avsnitt {rest}" if rest.isdigit() else f", {rest}"
        return f"{sources[number].title}{place}"

    return re.sub(r"\b(?P<number>00\d)\b(?: (?P<rest>[^\s,]))?", titled, reference)
