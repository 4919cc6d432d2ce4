"""An initiative as linked data: JSON-LD in the words of schema.org."""

from collections.abc import Iterator
from typing import Any

from registry.exporting.open_data import LICENCE, PUBLISHER, PUBLISHER_PAGE
from registry.initiative import UNKNOWN, Initiative, Statement
from registry.places import COUNTRIES, NATIONAL, Places
from registry.values import Form
from registry.vocabulary import Vocabulary

MEDIA_TYPE = "application/ld+json"

# What is done for somebody is a service to schema.org; what is described so that others can do it, a work.
_WORKS = (Form.METHOD, Form.MODEL, Form.PRODUCT)


def as_json_ld(record: Initiative, address: str, vocabulary: Vocabulary, places: Places) -> dict[str, Any]:
    """The record's page and, as what it is about, the initiative itself.

    The licence, dates and sources are the record's; the name, audience and places are the initiative's. What is
    unknown is left out, since schema.org has no word for it.

    Args:
        record: a published record.
        address: the service's own address, without a slash at the end.
        vocabulary: for the words of target groups and themes.
        places: for the names of län and municipalities.
    """
    page = f"{address}/initiativ?id={record.id}"
    return {
        "@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}, "license": {"@type": "@id"}},
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": record.name,
        "inLanguage": "sv",
        "license": LICENCE,
        "dateModified": record.updated_at.date().isoformat(),
        "version": record.revision,
        "publisher": {"@type": "Organization", "name": PUBLISHER, "url": PUBLISHER_PAGE},
        "isPartOf": {"@type": "Dataset", "@id": f"{address}/data/catalog.ttl#initiatives"},
        "citation": list(_sources(record)),
        "mainEntity": _initiative(record, page, vocabulary, places),
    }


def _initiative(record: Initiative, page: str, vocabulary: Vocabulary, places: Places) -> dict[str, Any]:
    work = record.form in _WORKS
    themes = [vocabulary.label("themes", id) for id in record.themes]
    told = {
        "@type": "CreativeWork" if work else "Service",
        "@id": f"{page}#initiativ",
        "identifier": record.id,
        "name": record.name,
        "alternateName": list(record.aliases),
        "description": record.summary,
        "about" if work else "category": themes,
        "creativeWorkStatus" if work else "serviceType": record.maturity if work else record.form,
        "audience": [{"@type": "Audience", "audienceType": vocabulary.label("target_groups", id)} for id in record.target_groups],
        "provider": None if record.owner == UNKNOWN else {"@type": "Organization", "name": record.owner},
        "spatialCoverage" if work else "areaServed": list(_places(record, places)),
        "sameAs": [link.address for link in record.links],
    }  # fmt: skip
    return {term: value for term, value in told.items() if value}


def _places(record: Initiative, places: Places) -> Iterator[dict[str, str]]:
    for code in record.regions:
        country = code == NATIONAL or code in COUNTRIES
        name = "Sverige" if code == NATIONAL else places.region_label(code)
        yield {"@type": "Country" if country else "AdministrativeArea", "name": name, "identifier": code}
    for code in record.tried_in():
        yield {"@type": "AdministrativeArea", "name": f"{places.municipalities[code].name} kommun", "identifier": code}


def _sources(record: Initiative) -> Iterator[dict[str, str]]:
    named = {(s.source_title, s.source_address): s for s in record.statements if s.source_title}
    for statement in named.values():
        yield _source(statement)


def _source(statement: Statement) -> dict[str, str]:
    source = {"@type": "CreativeWork", "name": statement.source_title}
    public = statement.source_address.startswith(("https://", "http://"))
    return source | ({"url": statement.source_address} if public else {})
