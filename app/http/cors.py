"""Cross-origin reading: from anywhere by default, without credentials."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED_METHODS = ("GET", "HEAD")
ALLOWED_HEADERS = ("If-None-Match", "X-Request-ID")
EXPOSED = (
    "ETag", "Link", "Retry-After", "X-Dataset-Version", "X-Request-ID", "X-Total-Count",
    "X-Omitted-Rows",
)  # fmt: skip


class FromAnywhere:
    """Says to every request, with or without an Origin, that any page may read the answer.

    Then answers do not differ by origin, and shared caches need keep only one of each.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._preflight = CORSMiddleware(
            app, allow_origins=["*"], allow_methods=ALLOWED_METHODS,
            allow_headers=ALLOWED_HEADERS, max_age=86_400,
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = ", ".join(EXPOSED)
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS" and _is_preflight(scope):
            await self._preflight(scope, receive, send)
        else:
            await self._app(scope, receive, send_open)


def _is_preflight(scope: Scope) -> bool:
    return "access-control-request-method" in Headers(scope=scope)
