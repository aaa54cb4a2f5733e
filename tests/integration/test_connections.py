"""Connections: bytes that are no complete request get a problem, and the connection is closed."""

import asyncio
import importlib
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.api import middleware
from app.api.cors import CorsPolicy
from app.api.middleware import OuterMiddleware, Rules
from app.protocol import LONGEST_HEAD
from tests.timeouts import TIMEOUT

NAMED = "https://a.example"


@pytest.fixture(params=["httptools", "h11"], autouse=True)
def protocol(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both HTTP parsers: httptools, and h11 for servers without httptools."""
    if request.param == "h11":
        monkeypatch.setitem(sys.modules, "httptools", None)
        monkeypatch.delitem(sys.modules, "uvicorn.protocols.http.auto", raising=False)
        monkeypatch.delitem(sys.modules, "app.protocol")
    return request.param


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})


async def in_parts(scope: Scope, receive: Receive, send: Send) -> None:
    """An answer of unknown length, like an export."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"o", "more_body": True})
    await send({"type": "http.response.body", "body": b"k"})


@asynccontextmanager
async def serving(app: Any = fine, sharing: CorsPolicy | None = None) -> AsyncGenerator[int]:
    """A server with our connection class, on a free port."""
    connection: Any = importlib.import_module("app.protocol").Connection
    served = OuterMiddleware(app, Rules((), sharing or CorsPolicy(())))
    http: Any = partial(connection, sharing=sharing)
    config = uvicorn.Config(served, port=0, http=http, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())  # pyright: ignore[reportPrivateUsage]
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


def said(*sent: bytes, app: Any = fine, sharing: CorsPolicy | None = None) -> list[bytes]:
    """The answers to clients that each send bytes and read to the end."""

    async def run() -> list[bytes]:
        async with serving(app, sharing) as port:
            return await asyncio.gather(*(heard(port, each) for each in sent))

    return asyncio.run(run())


async def heard(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    found = await asyncio.wait_for(reader.read(), TIMEOUT)
    writer.close()
    return found


def is_refused(answer: bytes, status: int) -> None:
    """Check that the answer is a problem with all usual headers."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split()[1] == str(status).encode()
    assert b"application/problem+json" in head
    assert b"nosniff" in head
    assert b"server:" not in head.lower()
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize(
    "sent",
    [
        b"no HTTP at all\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_as_a_problem(sent: bytes) -> None:
    is_refused(said(sent)[0], 400)


@pytest.mark.parametrize("protocol", ["httptools"], indirect=True)
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * (LONGEST_HEAD + 9), 431),
    ],
)
def test_what_only_httptools_refuses_is_told_as_a_problem(sent: bytes, status: int) -> None:
    is_refused(said(sent)[0], status)


def test_who_sends_no_whole_request_is_let_go_while_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.import_module("app.protocol"), "REQUEST_SECONDS", 0.05)
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    async def run() -> tuple[list[bytes], bytes]:
        async with serving() as port, asyncio.timeout(TIMEOUT):
            parts = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: a\r\n")
            slow = asyncio.gather(*(heard(port, each) for each in parts))
            served = b""
            while not served:  # On a busy machine the request may arrive too late.
                with suppress(ConnectionError):
                    served = await heard(port, request)
            return await slow, served

    slow, served = asyncio.run(run())
    assert slow == [b""] * 3
    assert served.endswith(b"ok")


PLAIN = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LAST = b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def with_length(size: int, method: str = "GET") -> bytes:
    head = f"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + b"a" * size


def in_chunks(size: int, method: str = "GET") -> bytes:
    head = f"{method} / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    parts = [b"%x\r\n%b\r\n" % (len(part), part) for part in _parts(b"a" * size)]
    return head.encode() + b"".join(parts) + b"0\r\n\r\n"


def _parts(body: bytes) -> list[bytes]:
    return [body[begin : begin + 10_000] for begin in range(0, len(body), 10_000)]


def statuses(answer: bytes) -> list[int]:
    """The statuses of all answers on a connection."""
    lines = answer.replace(b"HTTP/1.1 ", b"\nHTTP/1.1 ").split(b"\n")
    return [int(line.split()[1]) for line in lines if line.startswith(b"HTTP/1.1 ")]


@pytest.mark.parametrize("app", [fine, in_parts])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize("body", [with_length, in_chunks])
def test_each_request_with_a_body_has_one_answer_and_the_next_one_its_own(
    body: Any, method: str, app: Any
) -> None:
    sizes = (1, 32_767, 32_768, 70_000, 300_000)
    sent = [body(size, method) + PLAIN + body(size, method) + LAST for size in sizes]
    for answer in said(*sent, app=app):
        assert statuses(answer) == [200] * 4
        assert answer.lower().count(b"connection: close") == 1  # the last request asks for it


@pytest.mark.parametrize("app", [fine, in_parts])
@pytest.mark.parametrize("body", [with_length, in_chunks])
def test_behind_a_body_that_is_too_long_the_connection_is_closed(
    body: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "MOST_BYTES", 100_000)
    [answer] = said(body(3_000_000) + LAST, app=app)
    assert statuses(answer) == [200]
    assert b"connection: close" in answer.lower()


def test_behind_a_body_that_does_not_come_the_connection_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.05)
    monkeypatch.setattr(middleware, "LINGER_SECONDS", 0.05)
    for answer in said(with_length(10)[:-5], in_chunks(10)[:-12]):
        assert statuses(answer) == [200]
        assert b"connection: close" in answer.lower()


def test_a_client_that_waits_for_leave_to_send_its_body_is_given_it() -> None:
    async def run() -> bytes:
        async with serving() as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head, _, body = with_length(40_000).partition(b"\r\n\r\n")
            writer.write(head + b"\r\nExpect: 100-continue\r\n\r\n")
            leave = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), TIMEOUT)
            assert leave.startswith(b"HTTP/1.1 100 ")
            writer.write(body + LAST)
            answers = await asyncio.wait_for(reader.read(), TIMEOUT)
            writer.close()
            return answers

    assert statuses(asyncio.run(run())) == [200, 200]


def test_a_body_in_bad_chunks_has_one_answer() -> None:
    head = b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    for answer in said(head + b"no size\r\n", head + b"5\r\nabcde\r\nno size\r\n"):
        assert statuses(answer) == [400]


def test_what_is_no_request_behind_one_never_comes_before_its_answer() -> None:
    for answer in said(PLAIN + b"no HTTP at all\r\n\r\n", PLAIN * 2 + b"no HTTP at all\r\n\r\n"):
        first, *others = statuses(answer)
        assert first == 200
        assert others in ([], [400], [200], [200, 400])


@pytest.mark.parametrize("origins", [("*",), (NAMED,)])
def test_refusals_may_be_read_by_who_may_read_answers(
    origins: tuple[str, ...], protocol: str
) -> None:
    origin = f"GET / HTTP/1.1\r\nHost: a\r\nOrigin: {NAMED}\r\n".encode()
    refused = (origin + b"Content-Length: x\r\n\r\n", origin + b"X: " + b"a" * 40_000)
    for answer in said(*refused, sharing=CorsPolicy(origins)):
        head = answer.partition(b"\r\n\r\n")[0].decode().lower()
        assert head.split()[1] in ("400", "431")
        if origins == ("*",):
            assert "access-control-allow-origin: *" in head
        else:
            assert "vary: origin" in head
            # h11 reports no headers of a request that it rejects.
            known = "431" not in head and protocol == "httptools"
            assert not known or f"access-control-allow-origin: {NAMED}" in head
