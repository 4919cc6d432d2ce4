"""The sources of what a record says, as footnotes."""

from collections.abc import Iterable, Iterator

import panflute as pf

from briefs.elements import footnote
from registry.initiative import Initiative, Statement
from registry.values import Basis


def notes(record: Initiative, *fields: str) -> list[pf.Inline]:
    """A footnote with the sources of these fields, of each value in them too; none where no statement carries them."""
    carried = [s for s in record.statements if s.field.partition(".")[0] in fields]
    texts = dict.fromkeys(_words(statement) for statement in carried)
    return [footnote(" ".join(f"{text}." for text in texts))] if texts else []


def judgement(*said: str) -> pf.Note:
    """The footnote of what is the registry's own judgement."""
    return footnote(f"{' '.join(said)} Redaktionell bedömning i Spridbart.".strip())


def cited(text: str) -> pf.Note:
    """The footnote of what has a source outside the record."""
    return footnote(f"{text.rstrip('.')}.")


def all_sources(records: Iterable[Initiative]) -> list[str]:
    """Every source of the records once, in the order of their titles."""
    found = {_source(s) for record in records for s in record.statements if s.basis is not Basis.EDITORIAL}
    return sorted(found, key=str.casefold)


def _words(statement: Statement) -> str:
    return " ".join(_parts(statement)).rstrip(".")


def _parts(statement: Statement) -> Iterator[str]:
    if statement.basis is Basis.EDITORIAL:
        yield "Redaktionell bedömning i Spridbart"
        return
    yield f"{_source(statement)}"
    if statement.quote:
        yield f"(”{statement.quote}”)"


def _source(statement: Statement) -> str:
    return f"{statement.source_title}, {statement.source_address}"
