"""Lists and items: the JSON envelope, the rows, the references, the links."""

import hashlib
from typing import Any, cast

import pytest

from app.resources.lists import LISTS
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.rows import SPLICED
from tests.client import ApiClient
from tests.contract.api_requests import get, ids, rows_of

EACH = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)


@EACH
def test_a_list_has_the_envelope_and_at_least_one_row(
    client: ApiClient, resource: Resource
) -> None:
    body = get(client, f"/v1/{resource.path}")
    assert set(body) == {"data", "meta", "links", "facets"}
    assert body["data"]
    assert body["meta"]["returned"] == len(body["data"])
    assert body["meta"]["total_relation"] == "eq"
    assert body["meta"]["total"] >= body["meta"]["returned"]
    assert set(body["links"]) == {"self", "first", "prev", "next"}


@EACH
def test_every_row_fits_its_schema_and_has_every_key(client: ApiClient, resource: Resource) -> None:
    for row in rows_of(client, f"/v1/{resource.path}", limit=200):
        assert set(row) == set(resource.row.model_fields) - SPLICED
        resource.row.model_validate(row)


@EACH
def test_an_item_is_the_row_of_the_list_with_its_evidence(
    client: ApiClient, resource: Resource
) -> None:
    for row in rows_of(client, f"/v1/{resource.path}", limit=200)[:40]:
        item = get(client, row["links"]["self"])
        evidence = item["data"].pop(resource.evidence) if resource.evidence else None
        assert item["data"] == row
        assert item["links"]["self"] == row["links"]["self"]
        if resource.cited:
            assert evidence


@EACH
def test_included_evidence_is_that_of_the_item(client: ApiClient, resource: Resource) -> None:
    if not resource.evidence:
        assert client.get(f"/v1/{resource.path}?include=citations").status_code == 422
        return
    for row in get(client, f"/v1/{resource.path}", include=resource.evidence)["data"][:5]:
        item = get(client, row["links"]["self"])
        assert item["data"] == row


@EACH
def test_the_links_of_an_item_lead_to_lists_with_the_counts_told(
    client: ApiClient, resource: Resource
) -> None:
    for row in get(client, f"/v1/{resource.path}", limit=5)["data"]:
        for key, link in get(client, row["links"]["self"])["links"].items():
            if key != "self":
                assert get(client, link["href"])["meta"]["total"] == link["count"], (row["id"], key)


@EACH
def test_the_self_link_and_the_echoed_query_run_the_query_again(
    client: ApiClient, resource: Resource
) -> None:
    body = get(client, f"/v1/{resource.path}", limit=3, sort="-name")
    assert get(client, body["links"]["self"]) == body
    assert get(client, f"/v1/{resource.path}", **body["meta"]["query"]) == body
    assert body["links"]["self"].startswith(f"/v1/{resource.path}")


def test_ids_are_unique_over_all_kinds(client: ApiClient) -> None:
    every = [id for r in RESOURCES for id in ids(rows_of(client, f"/v1/{r.path}", limit=200))]
    assert len(every) == len(set(every))


def test_every_reference_is_of_a_row_that_exists_and_has_its_name(client: ApiClient) -> None:
    rows = {
        row["id"]: row for r in RESOURCES for row in rows_of(client, f"/v1/{r.path}", limit=200)
    }
    references = [each for row in rows.values() for each in _references(row) if each is not row]
    assert len(references) > 500
    for reference in references:
        known = rows[reference["id"]]
        assert (known["kind"], known["name"]) == (reference["kind"], reference["name"])


def _references(value: Any) -> list[dict[str, str]]:
    if isinstance(value, list):
        items = cast(list[Any], value)
        return [found for item in items for found in _references(item)]
    if not isinstance(value, dict):
        return []
    fields = cast(dict[str, Any], value)
    found = [fields] if {"kind", "id", "name"} <= set(fields) else []
    return found + [each for item in fields.values() for each in _references(item)]


def test_every_citation_is_found_in_the_text_at_its_offsets(client: ApiClient) -> None:
    documents = rows_of(client, "/v1/documents")
    texts = {each["id"]: client.get(f"/v1/documents/{each['id']}/text").text for each in documents}
    for document in documents:
        text = texts[document["id"]]
        assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]
        assert len(text) == document["characters"]
    checked = 0
    for resource in RESOURCES:
        if resource.cited:
            for row in rows_of(client, f"/v1/{resource.path}", include="citations", limit=200):
                for citation in row["citations"]:
                    text, start, end = (
                        texts[citation["document"]],
                        citation["start"],
                        citation["end"],
                    )
                    assert text[start:end] == citation["exact"]
                    assert text[:start].endswith(citation["prefix"])
                    assert text[end:].startswith(citation["suffix"])
                    assert set(citation["fields"]) <= set(row)
                    checked += 1
    assert checked > 300


def test_the_date_of_a_row_is_in_the_words_cited_for_it(client: ApiClient) -> None:
    for resource in RESOURCES:
        if resource.dated:
            for row in rows_of(client, f"/v1/{resource.path}", include="citations", limit=200):
                if row["date"]:
                    cited = [c["exact"] for c in row["citations"] if "date" in c["fields"]]
                    for words in row["date"]["text"].split(" … "):  # both ends of an interval
                        assert any(words in exact for exact in cited), row["id"]


def test_passages_tell_which_rows_cite_them(client: ApiClient) -> None:
    citing = {
        (row["id"], citation["passage"])
        for r in RESOURCES
        if r.cited
        for row in rows_of(client, f"/v1/{r.path}", include="citations", limit=200)
        for citation in row["citations"]
    }
    told = {
        (each["id"], passage["id"])
        for passage in rows_of(client, "/v1/passages", include="cited_by", limit=200)
        for each in passage["cited_by"]
    }
    assert citing <= told


def test_the_index_counts_every_list(client: ApiClient) -> None:
    index = get(client, "/v1")["data"]
    for link in index["resources"]:
        assert get(client, link["href"], count="exact")["meta"]["total"] == link["count"]
    assert "CC BY-SA" in " ".join(index["attribution"]) or "by-sa" in index["licence"]


def test_the_coverage_report_leaves_nothing_over(client: ApiClient) -> None:
    coverage = get(client, "/v1/coverage")["data"]
    assert coverage["complete"] is True


def test_a_total_that_is_known_exactly_is_told_in_a_header_too(
    client: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for resource in LISTS:
        query = "q=the&" if resource.path == "search" else ""
        for more in ("limit=2", "limit=0", "count=exact", "count=auto&limit=1"):
            answer = client.get(f"/v1/{resource.path}?{query}{more}")
            meta = answer.json()["meta"]
            assert meta["total_relation"] == "eq"
            assert answer.headers["x-total-count"] == str(meta["total"])
        uncounted = client.get(f"/v1/{resource.path}?{query}count=none")
        assert "x-total-count" not in uncounted.headers
    monkeypatch.setattr("app.api.lists.COUNTED", 5)
    capped = client.get("/v1/events?limit=3&count=auto&sort=-name")
    assert capped.json()["meta"]["total_relation"] == "gte"
    assert "x-total-count" not in capped.headers
