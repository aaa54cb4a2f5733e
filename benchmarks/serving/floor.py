"""The floor: a raw ASGI application with a fixed body, on the same uvicorn as our server.

It answers `/N` with N bytes. No server can be cheaper, so any further cost comes from the server
itself. It runs with the same outermost middleware (request id, access log, headers), or bare. Run
it as a program with the port and `under` or `bare`.
"""

import sys
from functools import lru_cache

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from app.main import with_outer_middleware
from app.server import uvicorn_config
from app.settings import Settings


@lru_cache(maxsize=100_000)
def _headers(size: int) -> list[tuple[bytes, bytes]]:
    return [(b"content-type", b"application/json"), (b"content-length", str(size).encode())]


@lru_cache(maxsize=10_000)
def _body(size: int) -> bytes:
    return b"x" * size


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as many bytes as the path says."""
    if scope["type"] == "http":
        size = int(scope["path"][1:])
        start = {"type": "http.response.start", "status": 200, "headers": _headers(size)}
        await send(start)
        await send({"type": "http.response.body", "body": _body(size)})


def under() -> ASGIApp:
    """The application with our outermost middleware."""
    return with_outer_middleware(answer, Settings())


def bare() -> ASGIApp:
    """The application alone."""
    return answer


if __name__ == "__main__":
    port, form = sys.argv[1:]
    config = uvicorn_config(f"benchmarks.serving.floor:{form}", Settings())
    config.host, config.port = "127.0.0.1", int(port)
    uvicorn.Server(config).run()
