"""The parameters `document` and `section` find the rows cited in a section and its subsections."""

from typing import Any

import pytest

from app.resources.lists import LISTS
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import Row, get, ids, problem, rows_of, whole

CITED = [resource for resource in LISTS if resource.path != "documents"]
EACH = pytest.mark.parametrize("resource", CITED, ids=lambda resource: resource.path)
DOCUMENT = "hong-kong-united-states-relations"


@pytest.fixture(scope="module")
def sections(client: ApiClient) -> dict[str, set[str]]:
    """Map each section of the document to itself and all its subsections."""
    found: dict[str, set[str]] = {}

    def walk(section: dict[str, Any]) -> set[str]:
        inner = {section["id"]}.union(*(walk(each) for each in section["sections"]))
        found[section["id"]] = inner
        return inner

    for section in get(client, f"/v1/documents/{DOCUMENT}")["data"]["sections"]:
        walk(section)
    return found


def innermost(client: ApiClient, row: Row) -> set[str]:
    """The sections that cite a row. For a passage: the sections that contain it."""
    if "section" in row:
        return {row["section"]}
    return {citation["section"] for citation in whole(client, row)["citations"]}


@EACH
def test_a_section_finds_what_is_cited_in_it_and_in_its_subsections(
    client: ApiClient, resource: Resource, sections: dict[str, set[str]]
) -> None:
    path = f"/v1/{resource.path}"
    held = {row["id"]: innermost(client, row) for row in rows_of(client, path, limit=200)}
    for section, within in sections.items():
        expected = [id for id, found in held.items() if found & within]
        assert ids(rows_of(client, path, limit=200, section=section)) == expected, section
        both = {"section": section, "document": DOCUMENT}
        assert ids(rows_of(client, path, limit=200, **both)) == expected, section
        others = [id for id, found in held.items() if not found & within]
        assert ids(rows_of(client, path, limit=200, section_not=section)) == others, section


@EACH
def test_a_document_finds_what_is_cited_in_it(client: ApiClient, resource: Resource) -> None:
    path = f"/v1/{resource.path}"
    every = rows_of(client, path, limit=200)
    assert rows_of(client, path, limit=200, document=DOCUMENT) == every
    assert get(client, path, document_not=DOCUMENT)["data"] == []
    assert get(client, path, has_document="false")["data"] == []


def test_a_document_links_to_every_list_that_cites_it(client: ApiClient) -> None:
    links = get(client, f"/v1/documents/{DOCUMENT}")["links"]
    for resource in CITED:
        if resource.path != "timeline":
            link = links[resource.path.replace("-", "_")]
            assert get(client, link["href"])["meta"]["total"] == link["count"] > 0


def test_a_search_is_narrowed_to_a_section_like_the_lists(client: ApiClient) -> None:
    asked = {"q": "hong kong", "section": "edward-snowden", "limit": 200}
    across = {row["id"] for row in rows_of(client, "/v1/search", **asked)}
    apart = {
        row["id"]
        for resource in CITED
        if resource.path != "timeline" and resource.parent is None
        for row in rows_of(client, f"/v1/{resource.path}", **asked)
    }
    assert across == apart != set()


def test_a_section_that_is_not_there_is_refused_with_the_nearest(client: ApiClient) -> None:
    error = problem(client.get("/v1/events?section=edward-snowdon"), 400)["errors"][0]
    assert error["suggestion"] == "edward-snowden"
    assert "history" in error["allowed"]
    assert get(client, "/v1/events?section=HISTORY")["meta"]["query"] == {"section": "history"}


def test_a_text_that_no_row_has_is_refused_with_the_nearest(client: ApiClient) -> None:
    for path, name, text, right in (
        ("/v1/offices", "city", "Chengdou", "chengdu"),
        ("/v1/trade-figures", "product", "meet", "meat"),
    ):
        error = problem(client.get(path, params={name: text}), 400)["errors"][0]
        assert (error["parameter"], error["suggestion"]) == (name, right)
        assert get(client, path, **{name: right})["data"]
