"""A client that runs the application in the same process and thread.

Starlette's test client runs the application in another thread and passes each request between
threads several times. That takes as long as most answers.
"""

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from httpx2 import URL, BaseTransport, ByteStream, Client, Request, Response
from starlette.types import ASGIApp, Message, Scope


class Application(BaseTransport):
    """A transport that calls an application. As a context manager, it also starts and stops it."""

    def __init__(self, app: ASGIApp, *, raises: bool) -> None:
        self._app = app
        self._raises = raises
        self._runner: asyncio.Runner | None = None

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        self._runner.run(self._start())
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        if self._runner:
            with self._runner as runner:
                runner.run(self._end())
            self._runner = None

    async def _start(self) -> None:
        self._to_app = asyncio.Queue[Message]()
        self._from_app = asyncio.Queue[Message]()
        self._to_app.put_nowait({"type": "lifespan.startup"})
        scope: Scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self._life = asyncio.ensure_future(self._app(scope, self._to_app.get, self._from_app.put))
        await self._expect("lifespan.startup.complete")

    async def _end(self) -> None:
        self._to_app.put_nowait({"type": "lifespan.shutdown"})
        await self._expect("lifespan.shutdown.complete")
        await self._life

    async def _expect(self, type: str) -> None:
        message = asyncio.ensure_future(self._from_app.get())
        await asyncio.wait({message, self._life}, return_when=asyncio.FIRST_COMPLETED)
        if not message.done():
            message.cancel()
            await self._life  # raises the error that ended the application
        assert (await message)["type"] == type

    def handle_request(self, request: Request) -> Response:
        answer = self._answer(request)
        return self._runner.run(answer) if self._runner else asyncio.run(answer)

    async def _answer(self, request: Request) -> Response:
        messages: list[Message] = []
        ended = asyncio.Event()
        given: list[Message] = [
            {"type": "http.request", "body": request.read(), "more_body": False}
        ]

        async def receive() -> Message:
            if given:
                return given.pop()
            await ended.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            messages.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                ended.set()

        headers = [(name.lower(), value) for name, value in request.headers.raw]
        try:
            await self._app(scope_of(request.method, request.url.raw_path, headers), receive, send)
        except Exception:
            if self._raises or not messages:
                raise
        start, *parts = messages
        body = b"".join(part.get("body", b"") for part in parts)
        return Response(start["status"], headers=start["headers"], stream=ByteStream(body))


def scope_of(method: str, target: bytes, headers: Sequence[tuple[bytes, bytes]]) -> Scope:
    """The ASGI scope of a request. The target may be one that no client would send."""
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": list(headers),
        "client": ("testclient", 50000),
        "server": ("testserver", 80),
        "state": {},
    }


class ApiClient(Client):
    """A client that follows redirects by default and requests no compression.

    It raises errors of the application, unless `raises` is false and an answer has begun.
    """

    ORIGIN = "http://testserver"

    def __init__(self, app: ASGIApp, *, raises: bool = True, follow_redirects: bool = True) -> None:
        headers: dict[str, Any] = {"Accept-Encoding": "identity", "User-Agent": "tests"}
        super().__init__(
            transport=Application(app, raises=raises),
            base_url=self.ORIGIN,
            headers=headers,
            follow_redirects=follow_redirects,
        )

    def build_request(self, method: str, url: URL | str, **options: Any) -> Request:
        """A request. The client of httpx2 takes a tenth of the time of the contract tests to merge
        a relative address with its base, so it gets an absolute one."""
        is_path = isinstance(url, str) and url.startswith("/") and not url.startswith("//")
        return super().build_request(method, f"{self.ORIGIN}{url}" if is_path else url, **options)
