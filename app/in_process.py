"""A client of the API in the same process, without a socket."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True)
class InProcessResponse:
    """The response that a client would get."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def problem(self) -> str | None:
        """The problem document as indented JSON, if the request was refused."""
        if self.status < 400:
            return None
        return json.dumps(json.loads(self.body), indent=2, ensure_ascii=False)


async def get(app: ASGIApp, target: str) -> InProcessResponse:
    """The response of a started application to `GET target`, without a socket.

    Bytes that Python could not decode in an argument of the command line are sent unchanged.
    """
    path, _, query = target.encode("utf-8", "surrogateescape").partition(b"?")
    scope: Scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
        "method": "GET", "scheme": "http", "raw_path": path,
        "path": unquote(path.decode("utf-8", "replace")), "query_string": query,
        "root_path": "", "headers": [(b"host", b"localhost")],
        "client": None, "server": None, "state": {},
    }  # fmt: skip
    messages: list[Message] = []

    async def receive() -> Message:
        await asyncio.Event().wait()  # The client sends nothing and stays.
        raise AssertionError

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, send)
    start, *parts = messages
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return InProcessResponse(
        start["status"], headers, b"".join(part.get("body", b"") for part in parts)
    )
