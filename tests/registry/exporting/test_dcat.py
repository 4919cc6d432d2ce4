"""The DCAT-AP-SE catalogue: held against shapes of the specification, and each shape against a catalogue that breaks it."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from registry.exporting.dcat import catalogue_as_turtle, catalogue_graph
from registry.exporting.exports import FORMATS
from registry.exporting.open_data import MEDIA_TYPES
from registry.initiative import Initiative

SHAPES = Graph().parse(Path(__file__).parent.parent.parent / "api" / "dcat-ap-se.shacl.ttl")
ADDRESS = "https://spridbart.example"
HERE = Namespace(f"{ADDRESS}/data/catalog.ttl#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
WRONG = URIRef("https://other.example/wrong")
PLAIN = Literal("utan språk")

# Rule -> what is taken away or put in its place, so that just that rule is broken.
BROKEN: dict[str, tuple[URIRef, URIRef, Node | None]] = {
    "dcat:dcterms:title_ca": (HERE.catalogue, DCTERMS.title, PLAIN),
    "dcat:dcterms:description_ca": (HERE.catalogue, DCTERMS.description, None),
    "dcat:foaf:Agent_ca": (HERE.catalogue, DCTERMS.publisher, None),
    "dcat:dcterms:license_ca": (HERE.catalogue, DCTERMS.license, URIRef("http://creativecommons.org/licenses/by/4.0/")),
    "dcat:dataset_ca": (HERE.catalogue, DCAT.dataset, None),
    "dcat:service_ca": (HERE.catalogue, DCAT.service, WRONG),
    "dcat:dcterms:issued_ca": (HERE.catalogue, DCTERMS.issued, Literal("i fjol")),
    "dcat:dcterms:modified_ca": (HERE.catalogue, DCTERMS.modified, None),
    "dcat:dcterms:language_ca": (HERE.catalogue, DCTERMS.language, Literal("sv")),
    "dcat:foaf:homepage_ca": (HERE.catalogue, FOAF.homepage, WRONG),
    "dcat:dcterms:spatial_ca": (HERE.catalogue, DCTERMS.spatial, None),
    "dcat:themeTaxonomy_ca": (HERE.catalogue, DCAT.themeTaxonomy, WRONG),
    "dcat:dcterms:title_da": (HERE.initiatives, DCTERMS.title, None),
    "dcat:dcterms:description_da": (HERE.initiatives, DCTERMS.description, PLAIN),
    "dcat:dcterms:publisher_da": (HERE.initiatives, DCTERMS.publisher, None),
    "dcat:contactPoint_da": (HERE.initiatives, DCAT.contactPoint, None),
    "dcat:keyword_da": (HERE.initiatives, DCAT.keyword, None),
    "dcat:theme-da": (HERE.initiatives, DCAT.theme, WRONG),
    "dcat:dcterms:issued_da": (HERE.initiatives, DCTERMS.issued, None),
    "dcat:dcterms:modified_da": (HERE.initiatives, DCTERMS.modified, Literal("igår")),
    "dcat:dcterms:language_da": (HERE.initiatives, DCTERMS.language, WRONG),
    "dcat:dcterms:spatial_da": (HERE.initiatives, DCTERMS.spatial, None),
    "dcat:dcterms:accessRights": (HERE.initiatives, DCTERMS.accessRights, WRONG),
    "dcat:dcterms:accrualPeriodicity_da": (HERE.initiatives, DCTERMS.accrualPeriodicity, Literal("ibland")),
    "dcat:dcterms:identifier_da": (HERE.initiatives, DCTERMS.identifier, WRONG),
    "dcat:landingPage_da": (HERE.initiatives, DCAT.landingPage, Literal("/om")),
    "dcat:dcterms:provenance_da": (HERE.initiatives, DCTERMS.provenance, Literal("rapporter")),
    "dcat:distribution_da": (HERE.initiatives, DCAT.distribution, WRONG),
    "spridbart:language_of_title": (HERE.initiatives, DCTERMS.title, Literal("Bara svenska", lang="sv")),
    "spridbart:language_of_description": (HERE.initiatives, DCTERMS.description, Literal("English only", lang="en")),
    "dcat:accessURL_di": (HERE.csv, DCAT.accessURL, None),
    "dcat:downloadURL_di": (HERE.csv, DCAT.downloadURL, Literal("initiatives.csv")),
    "dcat:format-group_di": (HERE.csv, DCTERMS["format"], URIRef("http://publications.europa.eu/resource/authority/file-type/CSV")),
    "dcat:dcterms:description_di": (HERE.csv, DCTERMS.description, None),
    "dcat:dcterms:license_di": (HERE.csv, DCTERMS.license, None),
    "dcat:accessService": (HERE.api, DCAT.accessService, WRONG),
    "dcat:dcterms:conformsTo_di": (HERE.csv, DCTERMS.conformsTo, WRONG),
    "dcat:dcterms:language_di": (HERE.csv, DCTERMS.language, Literal("svenska")),
    "spridbart:cc0": (HERE.csv, DCTERMS.license, URIRef("http://creativecommons.org/licenses/by-nc/4.0/")),
    "dcat:dcterms:title_ds": (HERE.service, DCTERMS.title, None),
    "dcat:endpointURL": (HERE.service, DCAT.endpointURL, None),
    "dcat:endpointDescription": (HERE.service, DCAT.endpointDescription, None),
    "dcat:format-group_ds": (HERE.service, DCTERMS["format"], None),
    "dcat:contactPoint_ds": (HERE.service, DCAT.contactPoint, None),
    "dcat:keyword_ds": (HERE.service, DCAT.keyword, None),
    "dcat:dcterms:license_ds": (HERE.service, DCTERMS.license, Literal("CC0")),
    "dcat:dcterms:type_ds": (HERE.service, DCTERMS.type, WRONG),
    "dcat:servesDataset": (HERE.service, DCAT.servesDataset, WRONG),
    "foaf:name": (HERE.publisher, FOAF.name, None),
    "dcterms:description_agent": (HERE.publisher, DCTERMS.description, None),
    "adms:publishertype": (HERE.publisher, DCTERMS.type, None),
    "foaf:homepage": (HERE.publisher, FOAF.homepage, Literal("socialinnovation.se")),
    "vc:kindIndOrOrg": (HERE.contact, RDF.type, VCARD.Individual),
    "vc:fn": (HERE.contact, VCARD.fn, None),
    "vc:hasEmail": (HERE.contact, VCARD.hasEmail, Literal("msi")),
    "vc:hasURL": (HERE.contact, VCARD.hasURL, Literal("sidan")),
}  # fmt: skip


def findings(graph: Graph) -> set[str]:
    """The names of the rules that the graph breaks, recommendations included."""
    _, report, _ = validate(graph, shacl_graph=SHAPES)
    assert isinstance(report, Graph)
    return {str(SHAPES.value(shape, SH.name)) for shape in report.objects(None, SH.sourceShape)}


@pytest.fixture
def catalogue(make: Callable[..., Initiative]) -> Graph:
    return catalogue_graph([make()], ADDRESS, "spridbart@example.org")


def test_follows_the_specification(shipped: list[Initiative]) -> None:
    """The catalogue that is served breaks no rule, and leaves no recommendation in the shapes unmet."""
    served = Graph().parse(data=catalogue_as_turtle(shipped, ADDRESS, "spridbart@example.org"), format="turtle")
    assert findings(served) == set()


@pytest.mark.parametrize("rule", BROKEN)
def test_each_shape_finds_its_fault(rule: str, catalogue: Graph) -> None:
    """A catalogue with one fault is found out by the shape of that rule."""
    thing, term, value = BROKEN[rule]
    catalogue.remove((thing, term, None))
    if value is not None:
        catalogue.add((thing, term, value))
    assert rule in findings(catalogue)


def test_every_shape_is_put_to_the_test() -> None:
    """No shape is there that no fault has ever tried."""
    assert {str(name) for name in SHAPES.objects(None, SH.name)} == set(BROKEN)


def test_without_an_address_to_write_to_only_that_is_missing(shipped: list[Initiative]) -> None:
    """Until the service has been given a function's e-mail address, the contact point breaks just that rule."""
    assert findings(catalogue_graph(shipped, ADDRESS)) == {"vc:hasEmail"}


def test_one_distribution_for_each_format_and_one_for_the_api(catalogue: Graph) -> None:
    """Every format that can be taken away is described, with its own media type and address, and so is the API."""
    assert set(MEDIA_TYPES) == set(FORMATS)
    addresses = {str(address) for address in catalogue.objects(None, DCAT.accessURL)}
    assert addresses == {f"{ADDRESS}/data/initiatives.{format}" for format in FORMATS} | {
        f"{ADDRESS}/api/v1/initiatives"
    }
    for format, media_type in MEDIA_TYPES.items():
        assert (HERE[format], DCTERMS["format"], Literal(media_type)) in catalogue


def dates(catalogue: Graph) -> Iterator[Literal]:
    for term in (DCTERMS.issued, DCTERMS.modified):
        yield from catalogue.objects(HERE.initiatives, term)


def test_dates_are_those_of_the_records(make: Callable[..., Initiative]) -> None:
    """Issued when the first statement was entered, modified when a record last was; none without records."""
    older = make(
        id="aldre",
        updated_at=dt.datetime(2026, 12, 1, 8, 0),
        statements=[{"field": "name", "claim": "Namnet.", "basis": "redaktionell bedömning", "date": "2026-03-05"}],
    )
    newer = make(id="nyare", updated_at=dt.datetime(2027, 1, 9, 8, 0))
    told = list(dates(catalogue_graph([older, newer], ADDRESS)))
    assert told == [Literal("2026-03-05", datatype=XSD.date), Literal("2027-01-09", datatype=XSD.date)]
    assert list(dates(catalogue_graph([], ADDRESS))) == []
