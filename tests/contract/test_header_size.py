"""The head of every answer is smaller than 4 kB. Links that do not fit are only in the body."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from app.resources.lists import LISTS
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from tests.contract.longest_address import longest_address

LONGEST_HEAD = 4_096
IDS = 50


@pytest.fixture(scope="module")
def port(server: str) -> int:
    return urlsplit(server).port or 0


def head_and_body(port: int, target: str, accept: str = "*/*") -> tuple[bytes, bytes]:
    """The bytes of the answer as sent over the network."""
    request = f"GET {target} HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(request.encode())
        head, _, body = b"".join(iter(lambda: client.recv(65_536), b"")).partition(b"\r\n\r\n")
        return head + b"\r\n\r\n", body


def links_of(head: bytes) -> dict[str, str]:
    """The links of the Link header, by relation."""
    [line] = [each for each in head.decode().split("\r\n") if each.lower().startswith("link:")]
    pairs = (each.split('>; rel="') for each in line[len("link:") :].split(", "))
    return {relation.rstrip('"'): target.strip().lstrip("<") for target, relation in pairs}


def ids(port: int, path: str, count: int = IDS) -> list[str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", f"/v1/{path}?limit={count}")
        return [row["id"] for row in json.loads(connection.getresponse().read())["data"]]


@pytest.fixture(scope="module")
def actors(port: int) -> list[str]:
    return ids(port, "actors")


def targets(port: int, resource: Resource, actors: list[str]) -> Iterator[str]:
    """Queries of maximum length, with as many ids as possible, for pages and exports."""
    words = {"q": ["the"]} if resource.path == "search" else {}
    known = {"id": ids(port, resource.path)} if resource.path != "search" else {}
    narrowing = {"events": 5, "timeline": 1, "search": 1}.get(resource.path, 0)
    for chosen in (known, {}):
        for more in (
            {"limit": ["1"], "offset": ["1"]},
            {"limit": ["1"]},
            {"format": ["csv"]},
        ):
            yield longest_address(
                f"/v1/{resource.path}", {**words, **more, **chosen}, actors, narrowing
            )


@pytest.mark.parametrize("resource", LISTS, ids=lambda resource: resource.path)
def test_no_query_makes_the_head_of_a_list_longer_than_4_kb(
    port: int, actors: list[str], resource: Resource
) -> None:
    for target in targets(port, resource, actors):
        head, body = head_and_body(port, target)
        assert head.startswith(b"HTTP/1.1 200 "), body
        assert len(head) < LONGEST_HEAD
        given = links_of(head)
        assert {"license", "describedby"} <= set(given)
        if "format=csv" not in target:
            known = json.loads(body)["links"]
            assert given.items() <= {**known, **_fixed(given)}.items()


def _fixed(links: dict[str, str]) -> dict[str, str]:
    return {name: links[name] for name in ("license", "describedby")}


def test_of_links_that_do_not_fit_all_the_next_page_comes_first(port: int) -> None:
    known = ids(port, "events")
    counts = (4, 10, 15, 20, 30, IDS)
    queries = [{"limit": ["1"], "offset": ["1"], "id": known[:count]} for count in counts]
    heads = [head_and_body(port, longest_address("/v1/events", query, []))[0] for query in queries]
    ways = [set(links_of(head)) - {"license", "describedby"} for head in heads]
    assert ways[0] == {"self", "first", "prev", "next"}
    assert ways[-1] == {"next"}
    for more, fewer in pairwise(ways):
        assert fewer <= more


PATHS = (
    "/v1", "/v1/coverage", "/v1/vocabularies", "/v1/vocabularies/event-types", "/openapi.json",
    "/.well-known/api-catalog", "/healthz", "/readyz", "/", "/docs", "/timeline", "/network",
    "/problems/not-found", "/v1/nothing", "/v1/events?x=1",
    *(f"/v1/{each.path}/{each.example}" for each in RESOURCES),
    *(f"/{each.path}/{each.example}" for each in RESOURCES),
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_no_other_answer_has_a_longer_head(port: int, path: str, accept: str) -> None:
    for target in (path, path.ljust(8_192, "&") if "?" in path else f"{path}?".ljust(8_192, "&")):
        assert len(head_and_body(port, target, accept)[0]) < LONGEST_HEAD
    for value in ("a" * 8_000, "%C3%A9" * 1_300):
        wrong = f"{path}{'&' if '?' in path else '?'}expect_dataset={value}"
        assert len(head_and_body(port, wrong, accept)[0]) < LONGEST_HEAD


def test_statistics_of_long_queries_have_short_heads(port: int, actors: list[str]) -> None:
    for format in ("json", "csv"):
        target = longest_address("/v1/stats/events", {"by": ["type"], "format": [format]}, actors)
        head, body = head_and_body(port, target)
        assert head.startswith(b"HTTP/1.1 200 "), body
        assert len(head) < LONGEST_HEAD
