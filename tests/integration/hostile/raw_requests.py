"""Call the application like a server, with request targets and headers that no client sends."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL
from starlette.types import ASGIApp, Message

from app.main import create_app, with_middleware
from tests.client import scope_of
from tests.conftest import settings_for
from tests.integration.hostile.answer_checks import Answer
from tests.integration.hostile.corpus import Hostile


@asynccontextmanager
async def served(url: URL, **settings: Any) -> AsyncGenerator[ASGIApp]:
    """The application on a database; it starts and stops as in a server."""
    chosen = settings_for(url).model_copy(update=settings)
    app = create_app(chosen)
    async with app.router.lifespan_context(app):
        yield with_middleware(app, chosen)


async def answer(app: ASGIApp, asked: Hostile) -> Answer:
    """The complete answer to a request."""
    messages: list[Message] = []
    has_answer = asyncio.Event()

    async def receive() -> Message:
        await has_answer.wait()  # The client sends nothing more and disconnects after the answer.
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        messages.append(message)
        if message["type"] == "http.response.start":
            return
        if not message.get("more_body", False) or _is_whole(messages):
            has_answer.set()

    begun, idle = time.perf_counter(), time.process_time()
    sent = [(b"host", b"localhost"), *asked.headers]
    await app(scope_of(asked.method, asked.target.encode("latin-1"), sent), receive, send)
    seconds, work = time.perf_counter() - begun, time.process_time() - idle
    start, *parts = messages
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    body = b"".join(part.get("body", b"") for part in parts)
    return Answer(start["status"], headers, body, seconds, work)


def _is_whole(messages: list[Message]) -> bool:
    """Whether the size of an answer equals its Content-Length."""
    start, *parts = messages
    length = dict(start["headers"]).get(b"content-length")
    return length is not None and int(length) == sum(len(part["body"]) for part in parts)
