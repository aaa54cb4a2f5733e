"""Answers match the document: statuses, headers, media types and bodies."""

from collections.abc import Iterator

import pytest

from app.query.dimensions import dimensions
from app.resources.lists import LISTS
from app.resources.registry import RESOURCES, VOCABULARIES
from app.resources.resource import Resource
from app.resources.timeline import SEARCH
from tests.client import ApiClient
from tests.contract.api_requests import pages
from tests.contract.openapi.conformity import Conformity
from tests.contract.openapi.examples import REFUSED
from tests.contract.openapi.requests import Json, address, operations, plain_request

EACH_LIST = pytest.mark.parametrize("resource", [*LISTS, SEARCH], ids=lambda each: each.path)


def rich_requests(resource: Resource) -> Iterator[str]:
    """A list with all facets and with all optional data in its rows."""
    query: Json = {"limit": 200}
    if resource.evidence:
        query["include"] = resource.evidence
    if resource.only_searched:
        query["q"] = "th* ho*"
    path = f"/v1/{resource.path}"
    if resource.dated:
        yield address(path, {**query, "date": "../2100", "sort": "-date"})
    names = list(dimensions(resource))
    for place in range(0, len(names), 8):
        yield address(path, {**query, "facet": names[place : place + 8]})
    yield address(path, {**query, "q": "Hong Kong", "count": "none"})
    yield address(path, {**query, "limit": 0})
    yield address(path, {**query, "limit": 7, "offset": 3})


@EACH_LIST
def test_pages_are_as_documented(
    client: ApiClient, conformity: Conformity, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    for request in rich_requests(resource):
        while request:
            answer = client.get(request)
            assert answer.status_code == 200, (request, answer.text)
            assert conformity.faults(path, answer) == [], request
            request = answer.json()["links"]["next"]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.path)
def test_every_item_is_as_documented(
    client: ApiClient, conformity: Conformity, resource: Resource
) -> None:
    path = f"/v1/{resource.path}"
    for page in pages(client, path, limit=200):
        for row in page["data"]:
            answer = client.get(f"{path}/{row['id']}")
            assert conformity.faults(f"{path}/{{id}}", answer) == [], row["id"]


def test_every_code_list_is_as_documented(client: ApiClient, conformity: Conformity) -> None:
    for vocabulary in VOCABULARIES:
        answer = client.get(f"/v1/vocabularies/{vocabulary.name}")
        assert conformity.faults("/v1/vocabularies/{name}", answer) == []


def test_every_media_type_is_given_as_documented(client: ApiClient, conformity: Conformity) -> None:
    for path, operation in operations(conformity.document):
        request = address(*plain_request(path, operation))
        for media_type in operation["responses"]["200"]["content"]:
            answer = client.get(request, headers={"Accept": media_type})
            assert answer.headers["content-type"].partition(";")[0] == media_type
            assert conformity.faults(path, answer) == [], (path, media_type)


def test_who_accepts_problems_alone_gets_an_answer(
    client: ApiClient, conformity: Conformity
) -> None:
    """Some generated clients accept only problems if a route has no other JSON answer."""
    for path, operation in operations(conformity.document):
        request = address(*plain_request(path, operation))
        plain = client.get(request)
        for accept in ("application/problem+json", "Application/Problem+JSON; q=0.5"):
            answer = client.get(request, headers={"Accept": accept})
            assert (answer.status_code, answer.content) == (200, plain.content), path
    with_page = {"Accept": "text/html, application/problem+json"}
    assert client.get("/v1/events", headers=with_page).status_code == 406
    with_csv = {"Accept": "text/csv;q=0.1, application/problem+json"}
    assert client.get("/v1/events", headers=with_csv).headers["content-type"].startswith("text/csv")


def test_what_a_client_has_already_is_not_sent_again_as_documented(
    client: ApiClient, conformity: Conformity
) -> None:
    for path, operation in operations(conformity.document):
        request = address(*plain_request(path, operation))
        tag = client.get(request).headers["etag"]
        answer = client.get(request, headers={"If-None-Match": tag})
        assert answer.status_code == 304, path
        assert conformity.faults(path, answer) == [], path


@pytest.mark.parametrize("status", sorted(REFUSED))
def test_problems_are_as_documented(client: ApiClient, conformity: Conformity, status: int) -> None:
    headers = {"Accept": "text/html"} if status == 406 else {}
    answer = client.get(REFUSED[status], headers=headers)
    assert answer.status_code == status
    path = "/v1/events/{id}" if status == 404 else "/v1/events"
    assert conformity.faults(path, answer) == []


def test_every_route_tells_a_mistaken_request_as_documented(
    client: ApiClient, conformity: Conformity
) -> None:
    for path, operation in operations(conformity.document):
        plain, required = plain_request(path, operation)
        for wrong, status in (
            ({"nonsense": "1"}, 422),
            ({"expect_dataset": "0" * 16}, 409),
            ({"expect_dataset": ["0" * 16, "0" * 16]}, 400),
        ):
            answer = client.get(address(plain, {**required, **wrong}))
            assert answer.status_code == status, (path, answer.text)
            assert conformity.faults(path, answer) == [], path


def test_a_document_that_says_otherwise_is_noticed(client: ApiClient) -> None:
    document: Json = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    schemas["EventRow"]["properties"]["id"] = {"type": "integer"}
    schemas["DatasetMeta"]["required"].append("colour")
    document["components"]["headers"]["X-Colour"] = {"required": True, "schema": {}}
    good = document["paths"]["/v1/events"]["get"]["responses"]["200"]
    good["headers"]["X-Colour"] = {"$ref": "#/components/headers/X-Colour"}
    conformity = Conformity(document)
    assert len(conformity.faults("/v1/events", client.get("/v1/events?limit=1"))) == 2
    assert len(conformity.faults("/v1/stats/events", client.get("/v1/stats/events?by=type"))) == 1
    del document["paths"]["/v1"]["get"]["responses"]["200"]
    assert conformity.faults("/v1", client.get("/v1")) == ["status 200 is not documented"]
