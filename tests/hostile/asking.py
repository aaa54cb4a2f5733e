"""Asking the application as a server would, with targets and headers that no client would send."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

from sqlalchemy import URL
from starlette.types import ASGIApp, Message, Scope

from app.main import create_app, wrapped
from tests.conftest import settings_for
from tests.hostile.corpus import Hostile
from tests.hostile.judging import Answer


@asynccontextmanager
async def served(url: URL, **settings: Any) -> AsyncGenerator[ASGIApp]:
    """The application over a database, started and stopped as a server does it."""
    chosen = settings_for(url).model_copy(update=settings)
    app = create_app(chosen)
    async with app.router.lifespan_context(app):
        yield wrapped(app, chosen)


async def answer(app: ASGIApp, asked: Hostile) -> Answer:
    """The whole answer to a request."""
    messages: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()  # The client stays, and sends no more.
        raise AssertionError

    async def send(message: Message) -> None:
        messages.append(message)

    begun, idle = time.perf_counter(), time.process_time()
    await app(scope_of(asked), receive, send)
    seconds, work = time.perf_counter() - begun, time.process_time() - idle
    start, *parts = messages
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    body = b"".join(part.get("body", b"") for part in parts)
    return Answer(start["status"], headers, body, seconds, work)


def scope_of(asked: Hostile) -> Scope:
    """The request as uvicorn tells it."""
    raw, _, query = asked.target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(b"host", b"localhost"), *asked.headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
