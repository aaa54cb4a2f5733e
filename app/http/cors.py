"""Cross-origin reading: from anywhere by default, without credentials."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

ALLOWED_METHODS = ("GET", "HEAD")
ALLOWED_HEADERS = ("If-None-Match", "X-Request-ID")
EXPOSED = (
    "ETag", "Link", "Retry-After", "X-Dataset-Version", "X-Request-ID", "X-Total-Count",
    "X-Omitted-Rows",
)  # fmt: skip


ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
}
"""Said to every request, with or without an Origin: then answers do not differ by origin, and
shared caches need keep only one of each."""


class Preflight:
    """Answers what browsers ask before they read from anywhere; the rest is headers (`ANYWHERE`),
    which the outermost layer gives to all answers, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._preflight = CORSMiddleware(
            app, allow_origins=["*"], allow_methods=ALLOWED_METHODS,
            allow_headers=ALLOWED_HEADERS, max_age=86_400,
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS" and _is_preflight(scope):
            await self._preflight(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_preflight(scope: Scope) -> bool:
    return "access-control-request-method" in Headers(scope=scope)
