"""CORS: pages of any origin may read answers by default, else those of the configured origins;
never with credentials."""

from collections.abc import Iterable, Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

ALLOWED_METHODS = ("GET", "HEAD")
ALLOWED_HEADERS = ("*",)
"""Any header of a request: tracing and frameworks add their own, and answers depend on few."""
EXPOSED = (
    "Deprecation", "ETag", "Link", "Retry-After", "Sunset", "X-Dataset-Version", "X-Request-ID",
    "X-Total-Count", "X-Omitted-Rows",
)  # fmt: skip

HeaderPairs = Sequence[tuple[bytes, bytes]]

_ALLOW_ORIGIN = b"access-control-allow-origin"
_EXPOSE = (b"access-control-expose-headers", ", ".join(EXPOSED).encode())


class CorsPolicy:
    """The CORS headers of answers, problems included."""

    def __init__(self, origins: Sequence[str]) -> None:
        self.origins = tuple(origins)
        self._by_origin: dict[bytes, HeaderPairs] = {
            origin.encode(): ((_ALLOW_ORIGIN, origin.encode()), _EXPOSE) for origin in origins
        }
        from_anywhere = self.origins == ("*",)
        self.for_any_origin: HeaderPairs = self._by_origin[b"*"] if from_anywhere else ()
        """The headers of every answer, if any origin may read. Answers then do not depend on the
        origin, so a shared cache keeps one of each."""
        self.vary = None if from_anywhere else b"Origin"
        """The name for `Vary`, if the headers depend on the origin."""

    def headers(self, request_headers: Iterable[tuple[bytes, bytes]]) -> HeaderPairs:
        """The CORS headers of the answer to a request."""
        if self.for_any_origin:
            return self.for_any_origin
        for name, value in request_headers:
            if name == b"origin":
                return self._by_origin.get(value, ())
        return ()


class PreflightMiddleware:
    """Answers CORS preflight requests. `OuterMiddleware` adds the CORS headers of other answers."""

    def __init__(self, app: ASGIApp, policy: CorsPolicy) -> None:
        self._app = app
        self._preflight = CORSMiddleware(
            app, allow_origins=policy.origins, allow_methods=ALLOWED_METHODS,
            allow_headers=ALLOWED_HEADERS, max_age=86_400,
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS" and _is_preflight(scope):
            await self._preflight(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_preflight(scope: Scope) -> bool:
    return "access-control-request-method" in Headers(scope=scope)
