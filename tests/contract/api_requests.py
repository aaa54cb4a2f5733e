"""Requests that the contract tests share: pages of a list, items, problems."""

from collections.abc import Iterator
from typing import Any

from httpx2 import Response

from tests.client import ApiClient

Row = dict[str, Any]


def get(client: ApiClient, path: str, **parameters: Any) -> dict[str, Any]:
    """The body of an answer with status 200."""
    response = client.get(path, params=parameters or None)
    assert response.status_code == 200, response.text
    return response.json()


def rows_of(client: ApiClient, path: str, **parameters: Any) -> list[Row]:
    """All rows of a list, page by page."""
    return [row for page in pages(client, path, **parameters) for row in page["data"]]


def pages(client: ApiClient, path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    """The pages of a list, by following `next`."""
    page = get(client, path, **parameters)
    seen = {page["links"]["self"]}
    yield page
    while page["links"]["next"]:
        page = get(client, page["links"]["next"])
        assert page["links"]["self"] not in seen, "the links `next` form a circle"
        seen.add(page["links"]["self"])
        yield page


def pages_back(client: ApiClient, page: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages of a list from the first one to `page`, by following `prev`."""
    back = [page]
    while back[0]["links"]["prev"]:
        back.insert(0, get(client, back[0]["links"]["prev"]))
    return back


def ids(rows: list[Row]) -> list[str]:
    return [row["id"] for row in rows]


def problem(response: Response, status: int) -> dict[str, Any]:
    """Assert that the answer is a problem with this status, and return its body."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert body["status"] == status
    assert body["instance"] == f"urn:request:{response.headers['x-request-id']}"
    assert set(body) == {"type", "title", "status", "detail", "instance", "errors", "meta"}
    return body


def whole(client: ApiClient, row: Row) -> Row:
    """The row as its item route has it; of a dyad, its event."""
    links = row["links"]
    return get(client, links.get("event", links["self"]))["data"]
