"""Cached answers equal computed ones. A change of the data clears the cache."""

from typing import Any

import pytest
from httpx2 import Headers
from sqlalchemy import URL
from starlette.types import Receive, Scope, Send

from app.api.middleware import OuterMiddleware, Rules
from app.api.response_cache import LARGEST_BODY, OVERHEAD, ResponseCache
from app.db import DatasetState, postgres
from app.main import create_app, with_middleware
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from seeds.dataset_content import Content
from seeds.publish import publish
from seeds.publish.progress import Quiet
from tests.client import ApiClient
from tests.conftest import settings_for
from tests.databases import NewDatabase, with_shipped
from tests.integration.publish.sample_content import content, renamed
from tests.timeouts import TIMEOUT

EACH = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.path)
ENCODINGS = ("identity", "gzip", "zstd")


def comparable_headers(headers: Headers) -> dict[str, str]:
    """The headers of an answer without those that are unique to each answer."""
    return {name: value for name, value in headers.items() if name != "x-request-id"}


@EACH
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_remembered_answer_is_the_same_as_a_fresh_one(
    client: ApiClient,
    forgetful: ApiClient,
    resource: Resource,
    encoding: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A problem has the dataset version only if the server knows it without a query.
    monkeypatch.setattr(postgres, "POLL_SECONDS", TIMEOUT)
    asked = {"Accept-Encoding": encoding}
    for path in (
        f"/v1/{resource.path}?limit=7",
        f"/v1/{resource.path}/{resource.example}",
        f"/v1/{resource.path}?format=csv",
        f"/v1/{resource.path}?sort=nothing",
    ):
        fresh = forgetful.get(path, headers=asked)
        tag = {"If-None-Match": fresh.headers.get("etag", 'W/"none"'), **asked}
        for _ in range(2):
            again = client.get(path, headers=asked)
            assert (again.status_code, again.content) == (fresh.status_code, fresh.content) or (
                fresh.status_code >= 400
            )
            assert comparable_headers(again.headers) == comparable_headers(fresh.headers)
            short, shown = client.get(path, headers=tag), forgetful.get(path, headers=tag)
            assert (short.status_code, comparable_headers(short.headers)) == (
                shown.status_code,
                comparable_headers(shown.headers),
            )
            assert comparable_headers(
                client.head(path, headers=asked).headers
            ) == comparable_headers(fresh.headers)


def test_nothing_is_remembered_beyond_a_reload(
    new_database: NewDatabase, shipped: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        postgres, "POLL_SECONDS", 0.0
    )  # otherwise PostgreSQL may serve old data for a second
    first, *others = shipped.rows
    database = new_database(with_shipped)
    settings = settings_for(database)
    with ApiClient(with_middleware(create_app(settings), settings)) as client:
        before = [client.get(f"/v1/events?id={first.row.id}") for _ in range(2)][1]
        changed = content([renamed(first, "Another name"), *others])
        publish(database, changed, Quiet())
        after = client.get(f"/v1/events?id={first.row.id}")
        known = client.get(before.url, headers={"If-None-Match": before.headers["etag"]})
    assert "Another name" not in before.text
    assert "Another name" in after.text
    assert known.status_code == 200


@pytest.mark.parametrize("path", ["/v1/laws?offset=1&format=csv", "/v1/laws?offset=1&limit=2"])
def test_a_head_before_a_get_takes_nothing_from_its_answer(
    client: ApiClient, forgetful: ApiClient, path: str
) -> None:
    fresh = forgetful.get(path)
    for method in ("HEAD", "HEAD", "GET", "HEAD", "GET"):
        answer = client.request(method, path)
        assert answer.content == (b"" if method == "HEAD" else fresh.content)
        assert comparable_headers(answer.headers) == comparable_headers(fresh.headers)


class Made:
    """An application that records each request. The path is the number of bytes in its answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.version = 0
        reader: Any = self
        self.layers = OuterMiddleware(ResponseCache(self, reader, VARYING, ROOM), Rules(()))

    def cached_dataset(self) -> DatasetState:
        return DatasetState(str(self.version), "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = scope["path"].strip("/")
            self.asked.append(path)
            headers = [(b"etag", b'W/"a"'), (b"x-dataset-version", str(self.version).encode())]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            body = str(scope["headers"]).encode().ljust(int(path))[: int(path)]
            await send({"type": "http.response.body", "body": body})


VARYING = frozenset((b"x-one", b"x-other"))
ROOM = 2 * LARGEST_BODY + 10 * OVERHEAD


def test_the_largest_answer_is_remembered_and_no_larger_one() -> None:
    made = Made()
    client = ApiClient(made.layers)
    for size in (LARGEST_BODY, LARGEST_BODY + 1):
        for _ in range(2):
            assert len(client.get(f"/{size}").content) == size
    assert made.asked == [f"{LARGEST_BODY}", f"{LARGEST_BODY + 1}", f"{LARGEST_BODY + 1}"]


def test_an_answer_that_replaces_an_older_one_takes_its_room() -> None:
    made = Made()
    client = ApiClient(made.layers)
    client.get("/10")
    for _ in range(5):
        client.get(f"/{LARGEST_BODY}")
        client.get("/10")
        made.version += 1
    made.version -= 1
    made.asked.clear()
    for path in ("/10", f"/{LARGEST_BODY}"):
        client.get(path)
    assert made.asked == []


def test_equal_values_of_different_headers_are_different_requests() -> None:
    made = Made()
    client = ApiClient(made.layers)
    headers = ({"X-One": "en"}, {"X-Other": "en"}, {"X-One": "X-Other", "X-Other": "en"})
    found = [client.get("/300", headers=each).content for each in headers for _ in range(2)]
    assert len(made.asked) == 3
    assert len(set(found)) == 3


def test_what_is_asked_least_recently_is_forgotten_first(client: ApiClient, loaded: URL) -> None:
    settings = settings_for(loaded)
    app = create_app(settings)
    asked: list[str] = []

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked.append(scope["path"].rpartition("/")[2])
        await app(scope, receive, send)

    ids = [row["id"] for row in client.get("/v1/laws").json()["data"]]
    room_for_three = 3 * (OVERHEAD + 12_000)
    layers = ResponseCache(noting, app.state.context.reader, frozenset(), room_for_three)
    with ApiClient(OuterMiddleware(layers, Rules(()))) as other:
        for place in (0, 0, *range(1, len(ids)), *reversed(range(1, len(ids))), 0):
            other.get(f"/v1/laws/{ids[place]}")
    again = asked[len(ids) :]
    assert asked[: len(ids)] == ids
    assert 0 < len(again) < len(ids)
    assert again[-1] == ids[0]
    assert ids[-1] not in again
