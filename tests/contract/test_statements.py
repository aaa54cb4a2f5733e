"""The number of SQL statements: none for a 304, and not more for a larger page."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from app.api.exports import BATCH, formats_of
from app.query.dimensions import dimensions
from app.resources.lists import LISTS
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.statement_counter import CountingReader, counting_client

EACH = pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
Counted = tuple[ApiClient, CountingReader]


@pytest.fixture(scope="module")
def server(loaded: URL) -> Iterator[Counted]:
    with counting_client(loaded) as found:
        yield found


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)
def test_what_the_client_has_is_answered_without_a_statement(
    server: Counted, resource: Resource
) -> None:
    client, reader = server
    by = next(iter(dimensions(resource)), None)
    exports = [f"/v1/{resource.path}?format={name}" for name in formats_of(resource)]
    paths = [f"/v1/{resource.path}", f"/v1/{resource.path}/{resource.example}", *exports]
    for path in [*paths, *([f"/v1/stats/{resource.path}?by={by}"] if by else [])]:
        tag = client.get(path).headers["etag"]
        reader.count_since_last_call()
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert reader.count_since_last_call() == 0, path


def test_no_tag_makes_a_row_of_what_is_not_there(server: Counted) -> None:
    client, _ = server
    tag = client.get("/v1/events/hong-kong-autonomy-act-signed").headers["etag"]
    for path in ("/v1/events/nothing-of-this-name", "/v1/laws/hong-kong-autonomy-act-signed"):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 404


@EACH
def test_a_larger_page_takes_no_more_statements(server: Counted, resource: Resource) -> None:
    client, reader = server
    evidence = f"&include={resource.evidence}" if resource.evidence else ""
    words = "&q=hong+kong" if resource.only_searched else ""
    reader.count_since_last_call()
    taken: list[int] = []
    for limit in (1, 200):
        answer = client.get(f"/v1/{resource.path}?limit={limit}{evidence}{words}")
        assert answer.status_code == 200
        taken.append(reader.count_since_last_call())
    assert taken[0] == taken[1] <= 3


@EACH
def test_an_export_takes_one_statement_for_each_batch(server: Counted, resource: Resource) -> None:
    client, reader = server
    reader.count_since_last_call()
    answer = client.get(f"/v1/{resource.path}?format=ndjson&q=hong+kong")
    batches = -(-int(answer.headers["x-total-count"]) // BATCH)
    assert reader.count_since_last_call() == 1 + batches
