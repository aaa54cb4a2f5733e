"""Connections: what is no request, or never becomes one, is told so and let go."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.connections import LONGEST_HEAD, Connection
from tests.patience import PATIENCE


async def fine(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def serving() -> AsyncGenerator[int]:
    """A server of connections as ours are, on any port."""
    config = uvicorn.Config(fine, port=0, http=Connection, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())  # pyright: ignore[reportPrivateUsage]
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


def said(*sent: bytes) -> list[bytes]:
    """What is said to clients that each send something and then wait for the end."""

    async def run() -> list[bytes]:
        async with serving() as port:
            return await asyncio.gather(*(heard(port, each) for each in sent))

    return asyncio.run(run())


async def heard(port: int, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    found = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    return found


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"no HTTP at all\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * (LONGEST_HEAD + 9), 431),
    ],
)
def test_what_is_no_request_is_told_as_a_problem(sent: bytes, status: int) -> None:
    head, _, body = said(sent)[0].partition(b"\r\n\r\n")
    assert head.split()[1] == str(status).encode()
    assert b"application/problem+json" in head
    assert b"nosniff" in head
    assert b"server:" not in head.lower()
    assert json.loads(body)["status"] == status


def test_who_sends_no_whole_request_is_let_go_while_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.connections.REQUEST_SECONDS", 0.05)
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    async def run() -> tuple[list[bytes], bytes]:
        async with serving() as port, asyncio.timeout(PATIENCE):
            parts = (b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: a\r\n")
            slow = asyncio.gather(*(heard(port, each) for each in parts))
            served = b""
            while not served:  # A busy machine may bring it too late as well.
                with suppress(ConnectionError):
                    served = await heard(port, request)
            return await slow, served

    slow, served = asyncio.run(run())
    assert slow == [b""] * 3
    assert served.endswith(b"ok")
