"""Cross-origin reading: from anywhere by default, else from the origins that the settings name;
without credentials."""

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
    """The headers that let pages of other origins read an answer, problems included."""

    def __init__(self, origins: Sequence[str]) -> None:
        self.origins = tuple(origins)
        self._shared: dict[bytes, HeaderPairs] = {
            origin.encode(): ((_ALLOW_ORIGIN, origin.encode()), _EXPOSE) for origin in origins
        }
        from_anywhere = self.origins == ("*",)
        self.for_all: HeaderPairs = self._shared[b"*"] if from_anywhere else ()
        """The headers of every answer, if anybody may read: then answers do not differ by origin,
        and shared caches keep only one of each."""
        self.vary = None if from_anywhere else b"Origin"
        """What the headers of an answer depend on, for `Vary`."""

    def headers(self, request_headers: Iterable[tuple[bytes, bytes]]) -> HeaderPairs:
        """Those of the answer to a request."""
        if self.for_all:
            return self.for_all
        for name, value in request_headers:
            if name == b"origin":
                return self._shared.get(value, ())
        return ()


class PreflightMiddleware:
    """Answers what browsers ask before they read from another origin; what they may read is said
    by headers (`Sharing`), which the outermost layer gives to all answers."""

    def __init__(self, app: ASGIApp, sharing: CorsPolicy) -> None:
        self._app = app
        self._preflight = CORSMiddleware(
            app, allow_origins=sharing.origins, allow_methods=ALLOWED_METHODS,
            allow_headers=ALLOWED_HEADERS, max_age=86_400,
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "OPTIONS" and _is_preflight(scope):
            await self._preflight(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_preflight(scope: Scope) -> bool:
    return "access-control-request-method" in Headers(scope=scope)
