"""The open data described for data portals, as DCAT-AP-SE 3.0.1 (Digg, https://docs.dataportal.se/dcat/3.0.1/en/).

Left out because nobody has said it: how long the files will be kept (dcatap:availability) and the publisher's
organisation number. rdflib takes a fifth of a second to import: import this module where a catalogue is asked for.
"""

from collections.abc import Iterable, Sequence

from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from registry.exporting.open_data import CSV_METADATA, LICENCE, MEDIA_TYPES, PUBLISHER, PUBLISHER_PAGE
from registry.initiative import Initiative

_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_EU = Namespace("http://publications.europa.eu/resource/authority/")
_IANA = Namespace("https://www.iana.org/assignments/media-types/")  # for DCAT-AP; Sweden reads dcterms:format
_SWEDEN = URIRef("http://sws.geonames.org/2661886")
_REST = URIRef("http://www.wikidata.org/entity/Q749568")
_ACADEMIA = URIRef("http://purl.org/adms/publishertype/Academia-ScientificOrganisation")
_OPENAPI = URIRef("https://spec.openapis.org/oas/v3.1.0")

_CATALOGUE = {
    DCTERMS.title: {"sv": "Spridbart: öppna data", "en": "Spridbart: open data"},
    DCTERMS.description: {
        "sv": "De öppna data som registret Spridbart lämnar ut: sociala innovationer som kan spridas mellan kommuner.",
        "en": "The open data of the registry Spridbart: social innovations that can be spread between municipalities.",
    },
}
_DATASET = {
    DCTERMS.title: {
        "sv": "Sociala innovationer med spridningspotential",
        "en": "Social innovations with the potential to spread",
    },
    DCTERMS.description: {
        "sv": "Initiativ, metoder och samverkansformer för social inkludering, arbetsmarknad och utbildning: vad de är, "
        "vilka de är till för, var de används eller har prövats, vad de kräver, och hur säkert det är. Varje uppgift har "
        "en källa eller är märkt som redaktionens bedömning. Det som ingen vet står som okänt.",
        "en": "Initiatives, methods and forms of collaboration for social inclusion, employment and education: what they "
        "are, whom they are for, where they are used or have been tried, what they require, and how sure that is. Every "
        "statement has a source or is marked as the editors' own judgement. What nobody knows is given as unknown. The "
        "texts are in Swedish.",
    },
}
_PROVENANCE = {
    DCTERMS.description: {
        "sv": "Sammanställt av redaktionen ur rapporter och publika webbsidor; källan står vid varje uppgift i posten.",
        "en": "Compiled by the editors from reports and public web pages; each statement in a record names its source.",
    },
}
_KEYWORDS = {
    "sv": ("social innovation", "spridning", "kommuner", "social inkludering", "arbetsmarknad", "utbildning"),
    "en": ("social innovation", "scaling", "municipalities", "social inclusion", "employment", "education"),
}
_SERVICE = {
    DCTERMS.title: {"sv": "Spridbarts öppna gränssnitt", "en": "The Spridbart API"},
    DCTERMS.description: {
        "sv": "Sök och filtrera bland de publicerade posterna, hämta en i taget, eller få förslag utifrån en utmaning.",
        "en": "Search and filter the published records, fetch one, or get suggestions that fit a challenge.",
    },
}
_PUBLISHER_IS = "Nationell plattform för kunskap och samverkan inom social innovation, med säte vid Malmö universitet."
_FORMATS = {
    "csv": {
        "sv": "En rad för varje post. Semikolon, UTF-8 med byteordningsmärke; kolumnerna beskrivs i den länkade filen.",
        "en": "One row per record. Semicolons, UTF-8 with a byte order mark; the linked file describes the columns.",
    },
    "xlsx": {
        "sv": "Kalkylblad med samma kolumner som CSV-filen.",
        "en": "A workbook with the columns of the CSV file.",
    },
    "json": {"sv": "Alla fält, nästlade, som i gränssnittet.", "en": "All fields, nested, as in the API."},
    "parquet": {"sv": "Alla fält, med typer, för analys.", "en": "All fields, with types, for analysis."},
}


def catalogue_as_turtle(records: Sequence[Initiative], address: str, contact: str | None = None) -> str:
    """The catalogue as Turtle.

    Args:
        records: the published records; the dates are theirs.
        address: the service's own address, without a slash at the end.
        contact: the e-mail address of the function to write to. The specification wants one in every contact
            point; without it the contact point has a web page alone.
    """
    return catalogue_graph(records, address, contact).serialize(format="turtle")


def catalogue_graph(records: Sequence[Initiative], address: str, contact: str | None = None) -> Graph:
    """The catalogue as a graph; see ``catalogue_as_turtle``."""
    graph = Graph()
    graph.bind("vcard", _VCARD)
    here = Namespace(f"{address}/data/catalog.ttl#")
    _add_publisher(graph, here, contact)
    _add_catalogue(graph, here, address)
    _add_dataset(graph, here, address)
    _add_service(graph, here, address)
    for format in MEDIA_TYPES:
        _add_file(graph, here, address, format)
    for thing in (here.catalogue, here.initiatives):
        _tell(graph, thing, _dates(records))
    return graph


def _add_catalogue(graph: Graph, here: Namespace, address: str) -> None:
    _say(graph, here.catalogue, _CATALOGUE)
    _tell(
        graph,
        here.catalogue,
        [
            (RDF.type, DCAT.Catalog),
            (DCTERMS.publisher, here.publisher),
            (DCTERMS.license, URIRef(LICENCE)),
            (DCTERMS.language, _EU["language/SWE"]),
            (DCTERMS.language, _EU["language/ENG"]),
            (DCTERMS.spatial, _SWEDEN),
            (FOAF.homepage, _page(graph, f"{address}/")),
            (DCAT.themeTaxonomy, _EU["data-theme"]),
            (DCAT.dataset, here.initiatives),
            (DCAT.service, here.service),
        ],
    )
    graph.add((_SWEDEN, RDF.type, DCTERMS.Location))


def _add_dataset(graph: Graph, here: Namespace, address: str) -> None:
    _say(graph, here.initiatives, _DATASET)
    for language, words in _KEYWORDS.items():
        _tell(graph, here.initiatives, [(DCAT.keyword, Literal(word, lang=language)) for word in words])
    _tell(
        graph,
        here.initiatives,
        [
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(str(here.initiatives))),
            (DCTERMS.publisher, here.publisher),
            (DCAT.contactPoint, here.contact),
            (DCAT.theme, _EU["data-theme/SOCI"]),
            (DCAT.theme, _EU["data-theme/EDUC"]),
            (DCTERMS.accessRights, _EU["access-right/PUBLIC"]),
            (DCTERMS.accrualPeriodicity, _EU["frequency/IRREG"]),
            (DCTERMS.language, _EU["language/SWE"]),
            (DCTERMS.spatial, _SWEDEN),
            (DCAT.landingPage, URIRef(f"{address}/om")),
        ],
    )
    statement = BNode()
    graph.add((here.initiatives, DCTERMS.provenance, statement))
    graph.add((statement, RDF.type, DCTERMS.ProvenanceStatement))
    _say(graph, statement, _PROVENANCE)


def _add_file(graph: Graph, here: Namespace, address: str, format: str) -> None:
    file = here[format]
    where = URIRef(f"{address}/data/initiatives.{format}")
    graph.add((here.initiatives, DCAT.distribution, file))
    _say(graph, file, {DCTERMS.description: _FORMATS[format]})
    _tell(graph, file, [*_distribution(format), (DCAT.accessURL, where), (DCAT.downloadURL, where)])
    if format == "csv":
        columns = URIRef(address + CSV_METADATA)
        graph.add((file, DCTERMS.conformsTo, columns))
        graph.add((columns, RDF.type, DCTERMS.Standard))


def _add_service(graph: Graph, here: Namespace, address: str) -> None:
    api = URIRef(f"{address}/api/v1")
    _say(graph, here.service, _SERVICE)
    _tell(
        graph,
        here.service,
        [
            (RDF.type, DCAT.DataService),
            (DCTERMS.publisher, here.publisher),
            (DCAT.contactPoint, here.contact),
            (DCTERMS.type, _REST),
            (DCTERMS["format"], Literal(MEDIA_TYPES["json"])),
            (DCTERMS.license, URIRef(LICENCE)),
            (DCTERMS.accessRights, _EU["access-right/PUBLIC"]),
            (DCTERMS.conformsTo, _OPENAPI),
            (DCAT.endpointURL, api),
            (DCAT.endpointDescription, URIRef(f"{api}/openapi.json")),
            (DCAT.servesDataset, here.initiatives),
            *((DCAT.keyword, Literal(word, lang=language)) for language, words in _KEYWORDS.items() for word in words),
        ],
    )
    graph.add((_OPENAPI, RDF.type, DCTERMS.Standard))
    _say(graph, here.api, {DCTERMS.description: _SERVICE[DCTERMS.description]})
    access = [(DCAT.accessURL, URIRef(f"{api}/initiatives")), (DCAT.accessService, here.service)]
    _tell(graph, here.api, [*_distribution("json"), *access])
    graph.add((here.initiatives, DCAT.distribution, here.api))


def _add_publisher(graph: Graph, here: Namespace, contact: str | None) -> None:
    _tell(
        graph,
        here.publisher,
        [
            (RDF.type, FOAF.Agent),
            (FOAF.name, Literal(PUBLISHER, lang="sv")),
            (DCTERMS.description, Literal(_PUBLISHER_IS, lang="sv")),
            (DCTERMS.type, _ACADEMIA),
            (FOAF.homepage, _page(graph, PUBLISHER_PAGE)),
        ],
    )
    _tell(
        graph,
        here.contact,
        [
            (RDF.type, _VCARD.Organization),
            (_VCARD.fn, Literal(f"{PUBLISHER}, redaktionen för Spridbart", lang="sv")),
            (_VCARD.hasURL, URIRef(PUBLISHER_PAGE)),
        ],
    )
    if contact:
        graph.add((here.contact, _VCARD.hasEmail, URIRef(f"mailto:{contact}")))


def _distribution(format: str) -> list[tuple[URIRef, Node]]:
    return [
        (RDF.type, DCAT.Distribution),
        (DCTERMS["format"], Literal(MEDIA_TYPES[format])),
        (DCAT.mediaType, _IANA[MEDIA_TYPES[format]]),
        (DCTERMS.license, URIRef(LICENCE)),
        (DCTERMS.language, _EU["language/SWE"]),
    ]


def _dates(records: Sequence[Initiative]) -> Iterable[tuple[URIRef, Node]]:
    """When the first statement was entered, and when a record was last changed; nothing where there are no records."""
    entered = [statement.date for record in records for statement in record.statements]
    changed = [record.updated_at.date() for record in records]
    if changed:
        yield DCTERMS.issued, Literal(min(entered + changed), datatype=XSD.date)
        yield DCTERMS.modified, Literal(max(changed), datatype=XSD.date)


def _say(graph: Graph, thing: Node, texts: dict[URIRef, dict[str, str]]) -> None:
    for term, by_language in texts.items():
        _tell(graph, thing, [(term, Literal(text, lang=language)) for language, text in by_language.items()])


def _tell(graph: Graph, thing: Node, facts: Iterable[tuple[URIRef, Node]]) -> None:
    for term, value in facts:
        graph.add((thing, term, value))


def _page(graph: Graph, address: str) -> URIRef:
    page = URIRef(address)
    graph.add((page, RDF.type, FOAF.Document))
    return page
