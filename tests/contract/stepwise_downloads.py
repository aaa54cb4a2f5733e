"""Downloads that a test can pause and continue; they use no network."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL
from starlette.types import ASGIApp, Message

from app.main import create_app, with_middleware
from tests.conftest import settings_for
from tests.timeouts import TIMEOUT


@asynccontextmanager
async def serving(url: URL) -> AsyncGenerator[ASGIApp]:
    """A started server on a database."""
    settings = settings_for(url)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield with_middleware(app, settings)


class Download:
    """One request. The answer pauses after each part until the test continues it."""

    def __init__(
        self, app: ASGIApp, path: str, query: str, *, spec: str = "2.3", encoding: str = "identity"
    ) -> None:
        self.messages: list[Message] = []
        self._spec = spec
        self._asked = asyncio.Event()
        self._gate = asyncio.Semaphore(0)
        self._vanished = asyncio.Event()
        self._arrived = asyncio.Event()
        scope: dict[str, Any] = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"testserver"), (b"accept-encoding", encoding.encode())],
            "asgi": {"version": "3.0", "spec_version": spec}, "http_version": "1.1",
            "scheme": "http", "server": ("testserver", 80), "client": ("testclient", 1),
            "root_path": "", "app": app,
        }  # fmt: skip
        self.task = asyncio.create_task(self._run(app, scope))

    async def _run(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        try:
            await app(scope, self._receive, self._send)
        finally:
            self._arrived.set()

    async def _receive(self) -> Message:
        if not self._asked.is_set():
            self._asked.set()
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._vanished.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if not self._vanished.is_set():
            self.messages.append(message)
            if message.get("body") and message.get("more_body"):
                self._arrived.set()
                await self._gate.acquire()
        if self._vanished.is_set() and self._spec >= "2.4":
            raise OSError("the client is gone")  # servers with an older ASGI version raise no error

    async def wait_for_body(self) -> "Download":
        """Wait for the first part of the body, or for the end of the answer."""
        await asyncio.wait_for(self._arrived.wait(), TIMEOUT)
        return self

    def vanish(self) -> None:
        """Disconnect the client."""
        self._vanished.set()
        self._gate.release()

    async def receive_rest(self) -> None:
        """Receive the rest of the answer. Raise the error that ended it early."""
        for _ in range(10_000):
            self._gate.release()
        await asyncio.wait_for(asyncio.shield(self.task), TIMEOUT)

    @property
    def status(self) -> int:
        return self.messages[0]["status"]

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])

    @property
    def is_complete(self) -> bool:
        """Whether the answer is complete."""
        return len(self.messages) > 1 and not self.messages[-1].get("more_body", False)
