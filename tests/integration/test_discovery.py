"""What programs find: the dataset as JSON-LD, sitemaps, robots.txt, llms.txt, security.txt."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Namespace, URIRef

from app.api.dataset_description import PATH
from app.resources.registry import BY_KIND
from tests.client import ApiClient
from tests.contract.api_requests import get
from tests.integration.conftest import NewClient
from tests.integration.test_public_address import ORIGIN

# rdflib's own reader of JSON-LD makes the deprecated graph.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA = Namespace("https://schema.org/")
JSON_LD = re.compile('<script type="application/ld\\+json">(.*?)</script>', re.DOTALL)
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .

# What DCAT-AP 3 demands or recommends of a dataset and of its files.
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:modified ; sh:minCount 1 ; sh:datatype xsd:dateTime ] ;
  sh:property [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:class foaf:Organization ] ;
  sh:property [ sh:path ( dct:temporal dcat:startDate ) ; sh:datatype xsd:date ; sh:minCount 1 ] ;
  sh:property [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:downloadURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:mediaType ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
# What Google's page on datasets demands (name, description of 50 to 5000 characters).
[] a sh:NodeShape ; sh:targetClass schema:Dataset ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ] ;
  sh:property [ sh:path schema:description ; sh:minCount 1 ; sh:minLength 50 ;
                sh:maxLength 5000 ] ;
  sh:property [ sh:path schema:license ; sh:minCount 1 ] .
"""


def graph_of(text: str, base: str) -> Graph:
    return Graph().parse(data=text, format="json-ld", base=base)


def test_the_dataset_is_described_for_catalogues(client_with: NewClient) -> None:
    client = client_with(public_url=ORIGIN)
    answer = client.get(PATH)
    assert answer.headers["content-type"] == "application/ld+json"
    found = graph_of(answer.text, "http://not-used.example/")
    shapes = Graph().parse(data=SHAPES, format="turtle")
    conforms, _, report = cast(Any, pyshacl).validate(found, shacl_graph=shapes)
    assert conforms, report
    assert "not-used.example" not in answer.text
    dataset = URIRef(f"{ORIGIN}{PATH}")
    assert {SCHEMA.Dataset, DCAT.Dataset} <= set(found.objects(dataset, RDF.type))
    version = str(found.value(dataset, SCHEMA.version))
    assert version == answer.headers["x-dataset-version"]
    for file in found.objects(dataset, DCAT.distribution):
        target = str(found.value(file, DCAT.downloadURL))
        assert str(found.value(file, DCTERMS.title))
        answer = client.head(target.removeprefix(ORIGIN))
        media_type = str(found.value(file, SCHEMA.encodingFormat))
        assert answer.headers["content-type"].startswith(media_type), target


def test_the_description_has_no_host_without_an_address(client_with: NewClient) -> None:
    text = client_with(public_url=None).get(PATH, headers={"Host": "evil.example"}).text
    assert "evil.example" not in text
    found = graph_of(text, "https://mirror.example/")
    assert (URIRef(f"https://mirror.example{PATH}"), RDF.type, DCAT.Dataset) in found


def test_clients_of_plain_json_get_the_description_too(client: ApiClient) -> None:
    answer = client.get(PATH, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["@type"] == ["Dataset", "dcat:Dataset"]
    assert client.get(PATH, params={"since": "x"}).status_code == 422


@pytest.mark.parametrize("origin", [None, ORIGIN])
def test_pages_hold_their_description(client_with: NewClient, origin: str | None) -> None:
    client = client_with(public_url=origin)
    base = origin or "http://testserver"
    document = get(client, "/v1/documents")["data"][0]["links"]["self"].removeprefix("/v1")
    for path, node, type in (
        ("/", f"{base}{PATH}", SCHEMA.Dataset),
        (document, f"{base}{document}", SCHEMA.CreativeWork),
    ):
        [text] = JSON_LD.findall(client.get(path).text)
        assert (URIRef(node), RDF.type, type) in graph_of(text, base), path


def locations(client: ApiClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/xml"
    return [each.text or "" for each in ElementTree.fromstring(answer.text).iter(LOCATION)]


@pytest.mark.parametrize("origin", [None, ORIGIN])
def test_the_sitemap_has_every_page(
    client_with: NewClient, monkeypatch: pytest.MonkeyPatch, origin: str | None
) -> None:
    client = client_with(public_url=origin)
    found = locations(client, "/sitemap.xml")
    rows = get(client, "/v1")["data"]["resources"]
    items = [each for each in found if each.removeprefix(origin or "").count("/") == 2]
    with_pages = [each["count"] for each in rows if each["href"] != "/v1/dyads"]
    assert len(items) - 1 == sum(with_pages)  # one is /docs/front-end
    assert len(set(found)) == len(found)
    for target in (found[0], found[3], items[1], items[-1]):
        assert target.startswith(f"{origin or ''}/")
        assert client.get(target.removeprefix(origin or "")).status_code in (200, 303)


def test_a_large_site_has_an_index_of_sitemaps(
    client_with: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = client_with(public_url=ORIGIN, response_cache_megabytes=0)
    whole = locations(small, "/sitemap.xml")
    monkeypatch.setattr("app.web.site_files.FILE_URLS", 150)
    client = client_with(public_url=ORIGIN, response_cache_megabytes=1)
    parts = [each.removeprefix(ORIGIN) for each in locations(client, "/sitemap.xml")]
    assert len(parts) > 1
    assert sorted(url for part in parts for url in locations(client, part)) == sorted(whole)
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_crawlers_are_kept_from_endless_filters(client_with: NewClient) -> None:
    text = client_with(public_url=ORIGIN).get("/robots.txt").text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    assert rules.site_maps() == [f"{ORIGIN}/sitemap.xml"]
    assert rules.can_fetch("anybot", f"{ORIGIN}/events")
    assert "Disallow: /*?" in text
    assert "Sitemap" not in client_with(public_url=None).get("/robots.txt").text


def test_assistants_find_every_link_of_their_guide(client_with: NewClient) -> None:
    client = client_with(public_url=ORIGIN)
    text = client.get("/llms.txt").text
    assert text.startswith("# ")
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert len(links) > len(BY_KIND)
    for link in links:
        assert link.startswith(f"{ORIGIN}/")
        assert client.get(link.removeprefix(ORIGIN)).status_code == 200, link


def test_security_txt_has_a_contact_and_an_end(client_with: NewClient) -> None:
    path, contact = "/.well-known/security.txt", "mailto:security@example.org"
    text = client_with(public_url=ORIGIN, security_contact=contact).get(path).text
    fields: dict[str, Any] = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == contact
    assert fields["Canonical"] == f"{ORIGIN}{path}"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=90) < left < timedelta(days=365)
    missing = client_with().get(path)
    assert missing.status_code == 404
    assert "HKUS_SECURITY_CONTACT" in missing.json()["detail"]


def test_the_icon_is_an_icon(client: ApiClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.headers["content-type"] == "image/x-icon"
    assert answer.content.startswith(b"\x00\x00\x01\x00")
