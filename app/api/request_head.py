"""Checks of the head of a request, before anything else reads it (RFC 9110, RFC 9112).

The parsers (httptools, h11) accept some requests that these standards forbid, but not the same
ones. These checks run after either parser, so both give the same answers.
"""

import re
from collections.abc import Sequence

from starlette.types import Scope

from app.params.query_string import LONGEST_TARGET, check_text
from app.problems.problems import (
    HEADERS_TOO_LARGE,
    METHOD,
    UNUSABLE,
    URI_TOO_LONG,
    Fault,
    ProblemError,
)

LONGEST_HEAD = 32_768
"""Most bytes of a request line and its headers."""
PROBES = ("/healthz", "/readyz")
"""Paths of health checks. Load balancers call them by address, not by host name."""

_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(
    r"(?P<name>\[[0-9a-fA-F:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9a-fA-F]{2})*)(:[0-9]{0,5})?"
)
"""A Host header: `uri-host [":" port]` (RFC 9110, section 7.2)."""

HeaderPairs = Sequence[tuple[bytes, bytes]]


def origin_form(target: bytes) -> tuple[bytes, bytes | None]:
    """The path and query of a request target, and the host if the target is an absolute URL.

    For a target that is neither a path nor an HTTP URL, the path is `*` (RFC 9112, section 3.2).
    """
    if target.startswith(b"/"):
        return target, None
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute is None:
        return b"*", None
    host, rest = absolute.groups()
    return rest if rest.startswith(b"/") else b"/" + rest, host


def with_host(headers: HeaderPairs, host: bytes) -> list[tuple[bytes, bytes]]:
    """The headers with this Host: an absolute target overrides the header (RFC 9112, 3.2.2)."""
    return [(b"host", host), *(each for each in headers if each[0] != b"host")]


def check_framing(scope: Scope) -> None:
    """Refuse a request whose end is not certain: the bytes after it cannot be read as HTTP.

    It has a length and chunks (RFC 9112, section 6.1), another transfer coding or another protocol.
    """
    version: str = scope["http_version"]
    if "." in version and not version.startswith("1."):
        raise ProblemError(UNUSABLE, f"HTTP/{version} is not supported; use HTTP/1.1.")
    codings = [value for name, value in scope["headers"] if name == b"transfer-encoding"]
    if not codings:
        return
    if any(name == b"content-length" for name, _ in scope["headers"]):
        detail = "The request has both Content-Length and Transfer-Encoding; send one of them."
        raise ProblemError(UNUSABLE, detail)
    if [value.lower() for value in codings] != [b"chunked"]:
        given = b", ".join(codings)[:100].decode("latin-1")
        raise ProblemError(UNUSABLE, f"Transfer-Encoding is {given!r}; only chunked is supported.")


def check_head(scope: Scope, trusted_hosts: tuple[str, ...]) -> None:
    """Refuse a target that is not a path, then a head that is too long, then a wrong Host."""
    _check_target(scope)
    _check_size(scope)
    _check_host(scope, trusted_hosts)


def _check_target(scope: Scope) -> None:
    """Refuse a target that is too long (RFC 9110, 15.5.15), not a path, or not UTF-8."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope["query_string"]
    if len(path) + len(query) > LONGEST_TARGET:
        size = len(path) + len(query)
        detail = f"Path and query have {size:,} bytes; at most {LONGEST_TARGET:,} are allowed."
        raise ProblemError(URI_TOO_LONG, detail)
    if path == b"*":
        raise _not_a_path(scope["method"])
    if b"%" in path or not path.isascii():
        check_text(path)


def _not_a_path(method: str) -> ProblemError:
    """400; 405 for OPTIONS and CONNECT, whose targets `*` and `host:port` are valid HTTP."""
    if method in ("OPTIONS", "CONNECT"):
        return method_not_allowed(method)
    detail = "The request target is neither a path, such as /v1, nor an http URL."
    return ProblemError(UNUSABLE, detail)


def method_not_allowed(method: str) -> ProblemError:
    """405, with the methods that every route allows."""
    detail = f"{method[:20]!r} is not allowed; use GET or HEAD."
    return ProblemError(METHOD, detail, headers={"Allow": "GET, HEAD"})


def _check_size(scope: Scope) -> None:
    """Refuse a head that is too long. The parsers accept any head that arrives in one piece."""
    target = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    fields = sum([len(name) + len(value) + len(": \r\n") for name, value in scope["headers"]])
    if len(scope["method"]) + target + fields + len("  HTTP/1.1\r\n\r\n") > LONGEST_HEAD:
        raise head_too_long()


def head_too_long() -> ProblemError:
    """431, with the limit."""
    detail = (
        "The request line and the headers together are too long; "
        f"at most {LONGEST_HEAD:,} bytes are allowed."
    )
    return ProblemError(HEADERS_TOO_LARGE, detail)


def _check_host(scope: Scope, trusted: tuple[str, ...]) -> None:
    """Refuse a request without exactly one valid Host, or for a host that is not trusted.

    A request for another host comes by mistake, or by DNS rebinding. Health checks call the server
    by its address, and their answers do not depend on the host.
    """
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if not hosts and scope["http_version"] == "1.0":
        hosts = [""]  # HTTP/1.0 has no Host.
    if len(hosts) != 1:
        found = f"{len(hosts)} Host headers" if hosts else "no Host header"
        raise _host_fault(f"The request has {found}; send exactly one.")
    valid = _HOST.fullmatch(hosts[0])
    if not valid:
        raise _host_fault(
            f"The Host header {hosts[0][:100]!r} is not a host name with an optional port."
        )
    if trusted == ("*",) or scope["path"] in PROBES:
        return
    if not _is_trusted(valid["name"].lower(), trusted):
        raise _host_fault("This service does not serve the host of the request.")


def _host_fault(message: str) -> ProblemError:
    return ProblemError(UNUSABLE, message, [Fault("Host", "unknown-host", message)])


def _is_trusted(name: str, trusted: tuple[str, ...]) -> bool:
    return any(
        name == each or (each.startswith("*.") and name.endswith(each[1:])) for each in trusted
    )
