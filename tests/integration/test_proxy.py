"""The shipped proxy configuration (docs/nginx.conf), run by nginx."""

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from sqlalchemy import URL

from app.params.query_string import LONGEST_TARGET
from app.problems.problems import PROBLEMS
from tests.contract.longest_address import longest_address
from tests.proxy import TIMEOUT, free_port, programs, proxy, write_configuration
from tests.servers import Server, serving, wait_until_ready

ON_SQLITE = pytest.mark.parametrize("loaded", ["sqlite"], indirect=True)
"""These tests do not depend on the database."""

NGINX = programs()
LIST = "/v1/events"
Headers = dict[str, str]


@pytest.fixture(scope="module", params=NGINX)
def program(request: pytest.FixtureRequest) -> str:
    return NGINX[request.param]


@pytest.fixture(scope="module")
def apis(loaded: URL) -> Iterator[list[Server]]:
    with serving(loaded) as one, serving(loaded) as other:
        for server in (one, other):
            wait_until_ready(server)
        yield [one, other]


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not pytest's temporary folder: other users, such as nginx's workers, cannot read it.
    with TemporaryDirectory(prefix="hkus-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def edge(folder: Path, apis: list[Server], program: str) -> Iterator[int]:
    """The port of a proxy before two servers."""
    with proxy(folder, [api.port for api in apis], program) as port:
        yield port


def get(port: int, target: str, headers: Headers | None = None) -> tuple[int, Headers, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)) as connection:
        connection.request("GET", target, headers=headers or {})
        response = connection.getresponse()
        body = response.read()
        return response.status, {k.lower(): v for k, v in response.getheaders()}, body


def raw(port: int, sent: bytes) -> tuple[int, Headers, bytes]:
    """Send invalid bytes; read the answer until the connection closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as client:
        client.sendall(sent)
        answer = b"".join(iter(lambda: client.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return int(first.split()[1]), {name.lower(): value for name, _, value in pairs}, body


def ids_of(port: int, path: str) -> list[str]:
    body = get(port, f"/v1/{path}?limit=50&sort=id")[2]
    return [row["id"] for row in json.loads(body)["data"]]


def document() -> dict[str, Any]:
    return json.loads(Path("openapi.json").read_text(encoding="utf-8"))


def is_problem(status: int, answer: tuple[int, Headers, bytes]) -> None:
    """Check that the answer is a complete problem with this status."""
    given, headers, body = answer
    assert (given, headers["content-type"]) == (status, "application/problem+json")
    problem = json.loads(body)
    schema = {"$ref": "#/components/schemas/Problem", "components": document()["components"]}
    jsonschema.validate(problem, schema)
    assert problem["status"] == status
    assert problem["instance"] == f"urn:request:{headers['x-request-id']}"
    assert (problem["type"], status, problem["title"]) in {
        (f"/problems/{each.slug}", each.status, each.title) for each in PROBLEMS
    }
    assert headers["cache-control"] == "no-store"
    assert headers["access-control-allow-origin"] == "*"
    assert ("retry-after" in headers) == (status in (429, 503))


def test_nginx_takes_the_configuration_where_only_what_debian_has_is_there(
    folder: Path, program: str
) -> None:
    conf = write_configuration(folder, free_port(), [free_port()])
    test = [program, "-t", "-p", folder, "-c", conf]
    tested = subprocess.run(test, capture_output=True, text=True, timeout=TIMEOUT)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


@ON_SQLITE
def test_the_longest_addresses_are_answered_as_by_the_server(edge: int, apis: list[Server]) -> None:
    ids, actors = (ids_of(apis[0].port, name) for name in ("events", "actors"))
    for target in (
        longest_address(LIST, {"limit": ["1"], "offset": ["1"], "id": ids}, actors),
        longest_address(LIST, {"limit": ["1"], "id": ids}, actors),
        longest_address("/v1/timeline", {"format": ["csv"], "id": ids}, actors, 1),
        longest_address(LIST, {}, []),
    ):
        known = get(apis[0].port, target)
        for cached in ("MISS", "MISS" if "format=csv" in target else "HIT"):
            status, headers, body = get(edge, target)
            assert (status, body) == (200, known[2])
            assert headers["etag"] == known[1]["etag"]
            assert headers["x-cache"] == cached


@ON_SQLITE
@pytest.mark.parametrize("size", [LONGEST_TARGET + 2, 12_000, 16_300, 16_500, 60_000])
def test_longer_addresses_are_refused_by_whoever_reads_them(edge: int, size: int) -> None:
    target = f"{LIST}?q=".ljust(size, "a")
    is_problem(
        414, raw(edge, f"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    )


@ON_SQLITE
@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (400, b"GET / HTTP/1.1\r\n\r\n"),
        (400, b"no HTTP at all\r\n\r\n"),
        (404, b"GET /proxy-problem HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        (405, b"TRACE /v1 HTTP/1.1\r\nHost: a\r\n\r\n"),
        (413, b"GET /v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n" + b"a" * 2000),
        (431, b"GET /v1 HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 17_000 + b"\r\n\r\n"),
        (404, b"GET /v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        (422, b"GET /v1/events?x=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
    ],
)
def test_what_the_proxy_refuses_is_a_problem_like_the_servers(
    edge: int, status: int, sent: bytes
) -> None:
    answer = raw(edge, sent)
    is_problem(status, answer)
    if status == 405:
        assert answer[1]["allow"] == "GET, HEAD"


@ON_SQLITE
def test_who_asks_too_much_is_told_by_a_problem_when_to_come_again(edge: int) -> None:
    one = b"GET /v1 HTTP/1.1\r\nHost: a\r\n\r\n"
    last = b"GET /v1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    # Send all requests at once, so that their rate does not depend on the speed of this machine.
    _, _, answers = raw(edge, one * 900 + last)
    _, refusal, rest = answers.partition(b"HTTP/1.1 429 ")
    assert refusal, "nobody was refused"
    head, _, body = rest.partition(b"\r\n\r\n")
    fields = [line.partition(": ") for line in head.decode().split("\r\n")[1:]]
    headers = {name.lower(): value for name, _, value in fields}
    is_problem(429, (429, headers, body[: int(headers["content-length"])]))


@ON_SQLITE
def test_an_answer_from_the_cache_names_the_request_that_gets_it(edge: int) -> None:
    target = f"{LIST}?limit=3"
    first, second, named, misnamed = (
        get(edge, target, headers)[1]
        for headers in ({}, {}, {"X-Request-ID": "my-request.1"}, {"X-Request-ID": "a b"})
    )
    assert [each["x-cache"] for each in (first, second, named)] == ["MISS", "HIT", "HIT"]
    assert first["x-request-id"] != second["x-request-id"]
    assert named["x-request-id"] == "my-request.1"
    assert misnamed["x-request-id"] not in ("a b", first["x-request-id"], second["x-request-id"])
    is_problem(404, get(edge, "/v1/nothing", {"X-Request-ID": "my-request.2"}))


@ON_SQLITE
def test_exports_are_not_stored(edge: int) -> None:
    answers = [get(edge, f"{LIST}?format=csv")[1] for _ in range(2)]
    assert [each["x-cache"] for each in answers] == ["MISS", "MISS"]


def test_no_process_is_taken_out_for_an_answer_of_503(folder: Path, program: str) -> None:
    with serving(URL.create("sqlite", database=str(folder / "none.db"))) as empty:
        assert get(empty.port, "/healthz")[0] == 200
        with proxy(folder, [empty.port, empty.port], program) as port:
            for number in range(4):
                is_problem(503, get(port, f"{LIST}?limit={number + 1}"))
            assert get(port, "/healthz")[0] == 200


def test_who_is_away_is_told_by_a_problem(folder: Path, program: str) -> None:
    with proxy(folder, [free_port(), free_port()], program) as port:
        is_problem(503, get(port, "/v1"))
