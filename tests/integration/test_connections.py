"""Connections, tested with raw bytes: requirements of RFC 9110 and RFC 9112 that common clients
cannot test. All tests run with both parsers (httptools, h11) and both event loops (uvloop,
asyncio)."""

import asyncio
import importlib
import json
import re
import sys
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
import uvicorn
import uvloop
from starlette.types import Receive, Scope, Send

from app.api import middleware
from app.api.cors import CorsPolicy
from app.api.middleware import OuterMiddleware, Rules
from app.api.request_head import LONGEST_HEAD
from tests.timeouts import TIMEOUT

Result = TypeVar("Result")
LOOPS = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
NAMED = "https://a.example"


@pytest.fixture(params=["httptools-uvloop", "h11-asyncio"], autouse=True)
def protocol(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser of the connections, and the event loop of server and clients.

    The server uses the second pair if httptools and uvloop are not installed.
    """
    parser, _, loop = request.param.partition("-")
    monkeypatch.setattr(asyncio, "new_event_loop", LOOPS[loop])
    if parser == "h11":
        monkeypatch.setitem(sys.modules, "httptools", None)
        monkeypatch.delitem(sys.modules, "uvicorn.protocols.http.auto", raising=False)
        monkeypatch.delitem(sys.modules, "app.protocol", raising=False)


def run(scenario: Coroutine[Any, Any, Result]) -> Result:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(scenario)


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})


class PausedApp:
    """An application like `fine` that starts no answer until `resumed` is set."""

    def __init__(self) -> None:
        self.started, self.resumed = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.started.set()
        await self.resumed.wait()
        await fine(scope, receive, send)


async def in_parts(scope: Scope, receive: Receive, send: Send) -> None:
    """An answer of unknown length, like an export."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"o", "more_body": True})
    await send({"type": "http.response.body", "body": b"k"})


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the request as the application receives it."""
    names = ("method", "path", "raw_path", "query_string")
    seen = {name: scope[name] for name in names} | {"headers": scope["headers"]}
    body = json.dumps(seen, default=bytes.decode).encode()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving(
    app: Any = fine, sharing: CorsPolicy | None = None, observers: tuple[Any, ...] = ()
) -> AsyncGenerator[int]:
    """A server with our protocol class, on any free port."""
    served = OuterMiddleware(app, Rules((), sharing or CorsPolicy(())), observers)
    connection: Any = importlib.import_module("app.protocol").HttpConnection
    configured = importlib.import_module("app.protocol").CONNECTION_OPTIONS
    config = uvicorn.Config(
        served, port=0, http=connection, lifespan="off", log_config=None, **configured
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())  # pyright: ignore[reportPrivateUsage]
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


def exchange(*sent: bytes | tuple[bytes, ...], app: Any = fine, **options: Any) -> list[bytes]:
    """Send bytes from several clients at once, each in one or several writes; each client reads
    until the server closes the connection. Return what each client received."""

    async def scenario() -> list[bytes]:
        async with serving(app, **options) as port:
            return await asyncio.gather(*(read_until_closed(port, each) for each in sent))

    return run(scenario())


async def read_until_closed(port: int, sent: bytes | tuple[bytes, ...]) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in (sent,) if isinstance(sent, bytes) else sent:
        writer.write(part)
        await writer.drain()
        await asyncio.sleep(0)
    found = await asyncio.wait_for(reader.read(), TIMEOUT)
    writer.close()
    return found


@dataclass(frozen=True)
class Answer:
    """One answer on a connection."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def answers_of(stream: bytes, *, heads: int = 0) -> list[Answer]:
    """Split bytes into answers, by Content-Length. The first `heads` answers have no body."""
    found: list[Answer] = []
    while stream:
        head, _, stream = stream.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
        status = int(first.split()[1])
        assert first.startswith("HTTP/1.1 ")
        length = 0 if status < 200 or len(found) < heads else int(headers["content-length"])
        found.append(Answer(status, headers, stream[:length]))
        stream = stream[length:]
    return found


def only(stream: bytes, *, heads: int = 0) -> Answer:
    [answer] = answers_of(stream, heads=heads)
    return answer


def is_refused(stream: bytes, status: int) -> Answer:
    """Check that the only answer is a complete problem, and that it closes the connection."""
    answer = only(stream)
    problem = json.loads(answer.body)
    assert (answer.status, problem["status"]) == (status, status), problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["date"]
    assert "server" not in answer.headers
    assert problem["instance"] == f"urn:request:{answer.headers['x-request-id']}"
    return answer


HOST = b"Host: a\r\n"
CLOSE = b"Connection: close\r\n"
PLAIN = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def get(*lines: bytes, first: bytes = b"GET / HTTP/1.1", last: bool = True) -> bytes:
    """A request with these header lines."""
    more = [CLOSE.rstrip()] if last else []
    return b"\r\n".join([first, *lines, *more, b"", b""])


# Invalid HTTP


@pytest.mark.parametrize(
    "sent",
    [
        b"no HTTP at all\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        get(HOST.rstrip(), b"Content-Length: 1", b"Content-Length: 2", last=False),
        get(HOST.rstrip(), b"Content-Length: x", last=False),
        get(HOST.rstrip(), b"Content-Length: +1", last=False),
        get(HOST.rstrip(), b"Content-Length: -1", last=False),
        get(HOST.rstrip(), b"X : a", last=False),
        get(HOST.rstrip(), b"X: a\0b", last=False),
        get(HOST.rstrip(), first=b"GET /a b HTTP/1.1", last=False),
        get(HOST.rstrip(), first=b"GET /\xc3\xa9 HTTP/1.1", last=False),
        get(HOST.rstrip(), first=b"GET v1 HTTP/1.1", last=False),
        get(HOST.rstrip(), first=b"GET * HTTP/1.1", last=False),
        get(HOST.rstrip(), first=b"GET ftp://a/ HTTP/1.1", last=False),
        get(HOST.rstrip(), first=b"GET / HTTP/2.0", last=False),
        b"GET /\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_request_is_answered_once_with_a_problem(sent: bytes) -> None:
    is_refused(exchange(sent)[0], 400)


def test_a_refusal_quotes_what_the_parser_found() -> None:
    sent = get(HOST.rstrip(), b"Content-Length: x", last=False)
    detail = json.loads(is_refused(exchange(sent)[0], 400).body)["detail"]
    assert "content-length" in detail.lower()


# Framing (RFC 9112, section 6)


@pytest.mark.parametrize("length_first", [True, False])
def test_a_body_with_a_length_and_chunks_is_refused_and_what_follows_is_not_read(
    length_first: bool,
) -> None:
    lines = [b"Content-Length: 5", b"Transfer-Encoding: chunked"]
    order = lines if length_first else lines[::-1]
    sent = get(HOST.rstrip(), *order, last=False) + b"0\r\n\r\n" + LAST
    is_refused(exchange(sent)[0], 400)


@pytest.mark.parametrize(
    "coding", [b"gzip", b"gzip, chunked", b"identity", b"xchunked", b"chunked, chunked", b""]
)
def test_a_transfer_coding_other_than_chunked_is_refused(coding: bytes) -> None:
    sent = get(HOST.rstrip(), b"Transfer-Encoding: " + coding, last=False) + b"0\r\n\r\n"
    is_refused(exchange(sent)[0], 400)


# Host (RFC 9112, section 3.2)


@pytest.mark.parametrize(
    "hosts",
    [
        (),
        (b"a", b"b"),
        (b"a", b"a"),
        (b"a b",),
        (b"a/b",),
        (b"user@a",),
        (b"http://a",),
        (b"a:port",),
        (b"[::1",),
    ],
)
def test_a_request_without_exactly_one_valid_host_is_refused(hosts: tuple[bytes, ...]) -> None:
    for first in (b"GET / HTTP/1.1", b"GET /healthz HTTP/1.1"):
        sent = get(*(b"Host: " + host for host in hosts), first=first)
        answer = only(exchange(sent)[0])
        assert answer.status == 400
        assert "Host" in json.loads(answer.body)["detail"]


@pytest.mark.parametrize("host", [b"a", b"A.example:8000", b"[::1]:80", b"", b"a_b~c%20"])
def test_a_valid_host_is_answered(host: bytes) -> None:
    assert only(exchange(get(b"Host: " + host))[0]).status == 200


def test_http_1_0_needs_no_host() -> None:
    answers = exchange(get(first=b"GET / HTTP/1.0"), get(b"Host: a", first=b"GET / HTTP/1.0"))
    assert [only(answer).status for answer in answers] == [200, 200]


# Size of the request head


def padded(size: int) -> bytes:
    """A request whose head has this size in bytes."""
    short = get(HOST.rstrip(), b"X: ")
    return get(HOST.rstrip(), b"X: " + b"a" * (size - len(short)))


def with_many_headers(size: int) -> bytes:
    lines = [b"X-%d: " % number + b"a" * 100 for number in range(size // 109)]
    return get(HOST.rstrip(), *lines)


def test_a_head_of_up_to_32_kb_is_answered() -> None:
    head = padded(LONGEST_HEAD)
    parts = tuple(head[begin : begin + 5_000] for begin in range(0, len(head), 5_000))
    for answer in exchange(head, parts, (head[:20_000], head[20_000:])):
        assert only(answer).status == 200


@pytest.mark.parametrize("size", [LONGEST_HEAD + 1, 40_000, 120_000, 500_000])
def test_a_longer_head_is_refused_however_it_arrives(size: int) -> None:
    head = padded(size)
    parts = tuple(head[begin : begin + 10_000] for begin in range(0, len(head), 10_000))
    endless = b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * size
    sent = (head, parts, endless, with_many_headers(size + 2_000))
    for answer in exchange(*sent):
        is_refused(answer, 431)


def test_a_longer_head_behind_another_request_is_refused_in_its_turn() -> None:
    [stream] = exchange(PLAIN + padded(60_000))
    first, *others = answers_of(stream)
    assert first.status == 200
    assert [answer.status for answer in others] in ([], [431])


def test_an_endless_head_behind_a_request_that_is_being_answered_is_not_collected() -> None:
    """Without a limit, the parser would store all bytes until the first answer ends."""

    async def scenario() -> None:
        paused = PausedApp()
        async with serving(paused) as port, asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(PLAIN)
            await paused.started.wait()
            writer.write(b"GET / HTTP/1.1\r\n")
            flood = asyncio.ensure_future(_flood(writer))
            # The server stops reading, so that writing blocks.
            await asyncio.wait({flood}, timeout=1)
            assert not flood.done()
            flood.cancel()
            paused.resumed.set()
            with suppress(ConnectionError):
                await reader.read()
            writer.transport.abort()

    run(scenario())


async def _flood(writer: asyncio.StreamWriter) -> None:
    """Send 90 MB of headers."""
    for _ in range(10_000):
        writer.write(b"X: " + b"a" * 9_000 + b"\r\n")
        await writer.drain()


# Form of the request target (RFC 9112, section 3.2)


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        (b"http://b/v1", "/v1", ""),
        (b"HTTPS://B:80/v1/x?limit=1&x=/", "/v1/x", "limit=1&x=/"),
        (b"http://b", "/", ""),
        (b"http://b?x=1", "/", "x=1"),
        (b"http://b/a%20b", "/a b", ""),
        (b"//b/v1", "//b/v1", ""),
        (b"/http://b/v1", "/http://b/v1", ""),
    ],
)
def test_the_application_sees_the_path_of_an_absolute_target(
    target: bytes, path: str, query: str
) -> None:
    sent = get(HOST.rstrip(), first=b"GET " + target + b" HTTP/1.1")
    seen = json.loads(only(exchange(sent, app=echo)[0]).body)
    assert (seen["path"], seen["query_string"]) == (path, query)
    assert seen["raw_path"] == path.replace(" ", "%20")


def test_the_host_of_an_absolute_target_counts_and_not_the_header() -> None:
    sent = get(b"X: x", HOST.rstrip(), first=b"GET http://B:81/ HTTP/1.1")
    headers = json.loads(only(exchange(sent, app=echo)[0]).body)["headers"]
    assert [value for name, value in headers if name == "host"] == ["B:81"]


@pytest.mark.parametrize(
    "first",
    [
        b"CONNECT a:80 HTTP/1.1",
        b"OPTIONS * HTTP/1.1",
        b"BREW / HTTP/1.1",
        b"get / HTTP/1.1",
        b"X-UNKNOWN /v1/events?limit=1 HTTP/1.1",
    ],
)
def test_methods_that_the_parser_or_the_router_does_not_know_are_not_allowed(first: bytes) -> None:
    async def strict(scope: Scope, receive: Receive, send: Send) -> None:
        allowed = scope["method"] == "GET"
        status, text = (200, b"ok") if allowed else (405, b"not allowed")
        headers = [(b"content-type", b"application/problem+json"), (b"allow", b"GET, HEAD")]
        headers += [(b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    answer = only(exchange(get(HOST.rstrip(), first=first), app=strict)[0])
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, HEAD"


# HTTP/1.0 (RFC 9112, sections 6.1 and 9.3)


@pytest.mark.parametrize("connection", [(), (b"Connection: keep-alive",)])
@pytest.mark.parametrize("app", [fine, in_parts])
def test_http_1_0_gets_a_length_and_no_chunks(app: Any, connection: tuple[bytes, ...]) -> None:
    sent = get(*connection, first=b"GET / HTTP/1.0", last=False)
    answer = only(exchange(sent, app=app)[0])
    assert answer.headers["content-length"] == "2"
    assert "transfer-encoding" not in answer.headers
    assert answer.body == b"ok"


def test_a_http_1_0_answer_that_breaks_off_is_shorter_than_its_length() -> None:
    runs: list[str] = []

    async def breaks_off(scope: Scope, receive: Receive, send: Send) -> None:
        runs.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first part", "more_body": True})
        if len(runs) > 1:
            raise ConnectionError("the data were loaded")
        await send({"type": "http.response.body", "body": b"second part"})

    [stream] = exchange(get(first=b"GET / HTTP/1.0"), app=breaks_off)
    head, _, body = stream.partition(b"\r\n\r\n")
    assert re.search(rb"content-length: 21\b", head.lower())
    assert len(body) < 21


def test_http_1_0_head_has_no_body() -> None:
    for app in (fine, in_parts):
        answer = only(exchange(get(first=b"HEAD / HTTP/1.0"), app=app)[0], heads=1)
        assert "transfer-encoding" not in answer.headers
        assert answer.body == b""


def test_http_1_0_clients_are_never_sent_100_continue() -> None:
    lines = (b"Expect: 100-continue", b"Content-Length: 2")
    sent = get(*lines, first=b"GET / HTTP/1.0", last=False) + b"ab"
    assert only(exchange(sent)[0]).status == 200


# HEAD


@pytest.mark.parametrize(
    "lines", [(b"Content-Length: x",), (b"X : a",), (b"X: " + b"a" * 40_000,), ()]
)
def test_a_refusal_of_head_has_no_body(lines: tuple[bytes, ...]) -> None:
    host = (HOST.rstrip(),) if lines else ()
    sent = get(*host, *lines, first=b"HEAD / HTTP/1.1")
    answer = only(exchange(sent)[0], heads=1)
    assert answer.status in (400, 431)
    assert int(answer.headers["content-length"]) > 0


# Empty lines and pipelining


@pytest.mark.parametrize("empty", [b"\r\n", b"\r\n\r\n", b"\n"])
def test_empty_lines_before_a_request_are_ignored(empty: bytes) -> None:
    for answer in exchange(empty + LAST, (empty, LAST)):
        assert only(answer).status == 200


def test_requests_sent_at_once_are_answered_in_their_order() -> None:
    requests = [f"GET /{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode() for number in range(40)]
    answers = answers_of(exchange(b"".join(requests) + LAST, app=echo)[0])
    paths = [json.loads(answer.body)["path"] for answer in answers]
    assert paths == [*(f"/{number}" for number in range(40)), "/last"]


def test_many_requests_sent_at_once_are_no_long_head() -> None:
    async def scenario() -> bytes:
        paused = PausedApp()
        async with serving(paused) as port, asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(PLAIN)
            await paused.started.wait()
            writer.write(PLAIN * 2_000 + LAST)
            for _ in range(100):  # iterations of the event loop, to read the requests
                await asyncio.sleep(0)
            paused.resumed.set()
            stream = await reader.read()
            writer.close()
            return stream

    assert statuses(run(scenario())) == [200] * 2_002


@pytest.mark.parametrize("place", range(1, len(LAST)))
def test_a_request_may_be_split_anywhere_behind_another_one(place: int) -> None:
    async def scenario() -> bytes:
        async with serving() as port, asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(PLAIN + LAST[:place])
            first = await reader.readuntil(b"\r\n\r\nok")
            writer.write(LAST[place:])
            rest = await reader.read()
            writer.close()
            return first + rest

    assert statuses(run(scenario())) == [200, 200]


def test_behind_connection_close_nothing_is_answered() -> None:
    assert only(exchange(LAST + PLAIN)[0]).status == 200


def test_an_upgrade_that_is_not_offered_changes_nothing() -> None:
    for upgrade in (b"h2c", b"websocket"):
        sent = get(HOST.rstrip(), b"Connection: Upgrade", b"Upgrade: " + upgrade, last=False)
        first, *others = answers_of(exchange(sent + LAST)[0])
        assert first.status == 200
        # If the connection closes here, the answer says so, and the client repeats the second
        # request.
        assert others or first.headers["connection"] == "close"


# Request ids and logs of rejected requests


REFUSED: tuple[tuple[str, tuple[bytes, ...], int], ...] = (
    ("a bad length", (b"Content-Length: x",), 400),
    ("a long head", (b"X: " + b"a" * 40_000,), 431),
    ("a bad name", (b"X : a",), 400),
    ("two frames", (b"Content-Length: 1", b"Transfer-Encoding: chunked"), 400),
    ("no path", (), 400),
)


@pytest.mark.parametrize(("lines", "status"), [each[1:] for each in REFUSED])
def test_a_refused_request_is_observed_under_the_id_of_its_answer(
    lines: tuple[bytes, ...], status: int
) -> None:
    seen: list[tuple[str, str, str, int]] = []

    def observe(scope: Scope, request_id: str, status: int, _: float) -> None:
        seen.append((scope["method"], scope["path"], request_id, status))

    target = b"/v1/events?q=x" if lines else b"v1/events?q=x"
    named = get(
        HOST.rstrip(), b"X-Request-ID: my-request-1", *lines, first=b"GET " + target + b" HTTP/1.1"
    )
    unnamed = get(HOST.rstrip(), *lines, first=b"GET " + target + b" HTTP/1.1")
    answers = [
        is_refused(exchange(sent, observers=(observe,))[0], status) for sent in (named, unnamed)
    ]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert ids[0] == "my-request-1"
    assert ids[1] != ids[0]
    assert [each[2:] for each in seen] == [(each, status) for each in ids]
    if lines:
        assert [each[:2] for each in seen] == [("GET", "/v1/events")] * 2


def test_a_bad_chunk_is_observed_once() -> None:
    seen: list[int] = []

    def observe(_: Scope, __: str, status: int, ___: float) -> None:
        seen.append(status)

    head = b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    exchange(head + b"no size\r\n", observers=(observe,))
    assert seen == [400]


# Slow clients


def test_a_client_that_sends_no_whole_request_is_closed_while_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.import_module("app.protocol"), "HEAD_SECONDS", 0.05)

    async def scenario() -> tuple[list[bytes], bytes]:
        async with serving() as port, asyncio.timeout(TIMEOUT):
            parts = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: a\r\n")
            slow = asyncio.gather(*(read_until_closed(port, each) for each in parts))
            served = b""
            while not served:  # On a busy machine this request may be too slow, too.
                with suppress(ConnectionError):
                    served = await read_until_closed(port, LAST)
            return await slow, served

    slow, served = run(scenario())
    assert slow == [b""] * 3
    assert served.endswith(b"ok")


# Bodies


def with_length(size: int, method: str = "GET") -> bytes:
    head = f"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + b"a" * size


def in_chunks(size: int, method: str = "GET") -> bytes:
    head = f"{method} / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    parts = [b"%x\r\n%b\r\n" % (len(part), part) for part in _parts(b"a" * size)]
    return head.encode() + b"".join(parts) + b"0\r\n\r\n"


def _parts(body: bytes) -> list[bytes]:
    return [body[begin : begin + 10_000] for begin in range(0, len(body), 10_000)]


def statuses(stream: bytes) -> list[int]:
    """The statuses of all answers on a connection. No body here contains a status line."""
    lines = stream.replace(b"HTTP/1.1 ", b"\nHTTP/1.1 ").split(b"\n")
    return [int(line.split()[1]) for line in lines if line.startswith(b"HTTP/1.1 ")]


@pytest.mark.parametrize("app", [fine, in_parts])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("body", [with_length, in_chunks])
def test_each_request_with_a_body_has_one_answer_and_the_next_one_its_own(
    body: Any, method: str, app: Any
) -> None:
    sizes = (1, 32_767, 32_768, 70_000, 300_000)
    sent = [body(size, method) + PLAIN + body(size, method) + LAST for size in sizes]
    for stream in exchange(*sent, app=app):
        assert statuses(stream) == [200] * 4
        assert stream.lower().count(b"connection: close") == 1  # of the last answer


@pytest.mark.parametrize("app", [fine, in_parts])
@pytest.mark.parametrize("body", [with_length, in_chunks])
def test_behind_a_body_that_is_too_long_the_connection_is_closed(
    body: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "MAX_BODY_BYTES", 100_000)
    [stream] = exchange(body(3_000_000) + LAST, app=app)
    assert statuses(stream) == [200]
    assert b"connection: close" in stream.lower()


def test_behind_a_body_that_does_not_come_the_connection_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.05)
    monkeypatch.setattr(middleware, "LINGER_SECONDS", 0.05)
    for stream in exchange(with_length(10)[:-5], in_chunks(10)[:-12]):
        assert statuses(stream) == [200]
        assert b"connection: close" in stream.lower()


def test_a_client_that_expects_100_continue_is_sent_it() -> None:
    async def scenario() -> bytes:
        async with serving() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head, _, body = with_length(40_000).partition(b"\r\n\r\n")
            writer.write(head + b"\r\nExpect: 100-continue\r\n\r\n")
            interim = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), TIMEOUT)
            assert interim.startswith(b"HTTP/1.1 100 ")
            writer.write(body + LAST)
            stream = await asyncio.wait_for(reader.read(), TIMEOUT)
            writer.close()
            return stream

    assert statuses(run(scenario())) == [200, 200]


def test_a_client_that_expects_100_continue_for_a_body_that_is_too_long_gets_the_answer() -> None:
    lines = (b"Content-Length: 5000000", b"Expect: 100-continue")
    assert only(exchange(get(HOST.rstrip(), *lines))[0]).status == 200


def test_a_body_in_bad_chunks_has_one_answer() -> None:
    head = b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    for stream in exchange(head + b"no size\r\n", head + b"5\r\nabcde\r\nno size\r\n"):
        is_refused(stream, 400)


def test_a_bad_request_behind_a_good_one_is_never_answered_before_it() -> None:
    for stream in exchange(
        PLAIN + b"no HTTP at all\r\n\r\n", PLAIN * 2 + b"no HTTP at all\r\n\r\n"
    ):
        first, *others = statuses(stream)
        assert first == 200
        assert others in ([], [400], [200], [200, 400])


@pytest.mark.parametrize("origins", [("*",), (NAMED,)])
def test_the_origins_that_may_read_answers_may_read_refusals(origins: tuple[str, ...]) -> None:
    origin = f"GET / HTTP/1.1\r\nHost: a\r\nOrigin: {NAMED}\r\n".encode()
    refused = (origin + b"Content-Length: x\r\n\r\n", origin + b"X: " + b"a" * 40_000)
    for stream in exchange(*refused, sharing=CorsPolicy(origins)):
        headers = only(stream).headers
        assert headers["access-control-allow-origin"] == origins[0]
        assert ("vary" in headers) == (origins != ("*",))


def test_a_client_that_is_still_sending_gets_the_whole_refusal() -> None:
    """A close with unread bytes resets the connection, and the client may lose the answer."""
    for stream in exchange(*[padded(2_000_000)] * 5):
        is_refused(stream, 431)
