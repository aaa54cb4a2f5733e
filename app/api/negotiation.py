"""Content negotiation: the media type of an answer, by the parameter `format` or the Accept header,
and its content coding (compression)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from starlette.requests import Request
from starlette.types import Scope

from app.problems.problems import NOT_ACCEPTABLE, ProblemError

JSON = "application/json"
TEXT = "text/plain"
PROBLEM = "application/problem+json"

ACCEPT_ENCODING = b"accept-encoding"
_LIST_HEADERS = frozenset({b"accept", ACCEPT_ENCODING, b"if-none-match"})
"""The headers that answers depend on, and whose values are lists."""

_WEIGHT = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


def negotiated_format(
    request: Request, pairs: Iterable[tuple[str, str]], formats: Mapping[str, str]
) -> str:
    """The name of the format for a request, of those offered with their media types.

    The parameter `format` wins over the Accept header. The check of the parameters refuses a
    format that is not offered.
    """
    chosen = [value for name, value in pairs if name == "format"]
    if chosen:
        return chosen[0] if chosen[0] in formats else next(iter(formats))
    header = request.headers.get("accept")
    if not header:
        return next(iter(formats))
    names = {media_type.partition(";")[0]: name for name, media_type in formats.items()}
    return names[best_offered(header, tuple(names))]


def negotiated_media_type(request: Request, offered: tuple[str, ...]) -> str:
    """The offered media type that the client prefers (RFC 9110, 12.5.1); the first one without an
    Accept header. Raises 406 if the client accepts none."""
    header = request.headers.get("accept")
    return best_offered(header, offered) if header else offered[0]


@lru_cache(maxsize=256)
def best_offered(header: str, offered: tuple[str, ...]) -> str:
    """The same for an Accept header. The result is cached, because clients send few different
    headers, and comparing the weights takes 10 to 36 µs.

    The media type of problems is ignored. Some generated clients accept only that one, because
    it is the only JSON that the OpenAPI document names for a route.
    """
    given = weights(header)
    if given.pop(PROBLEM, None) is not None and not given:
        return offered[0]
    best = max(offered, key=lambda media_type: quality(given, media_type))
    if quality(given, best) <= 0:
        detail = f"Accept was {header[:100]!r}; this route offers {', '.join(offered)}."
        raise ProblemError(NOT_ACCEPTABLE, detail)
    return best


def quality(given: Mapping[str, float], offered: str) -> float:
    """The weight that an Accept header gives to a media type, from 0 to 1: the most specific
    range counts. `given` are the weights of the header."""
    family = offered.partition("/")[0]
    ranges = (offered, f"{family}/*", "*/*")
    return next((given[name] for name in ranges if name in given), 0.0)


def weights(header: str) -> dict[str, float]:
    """The items of a header of preferences in lower case, with their weights from 0 to 1 (RFC 9110,
    12.4.2). A weight that is not a number counts as 0."""
    given: dict[str, float] = {}
    for item in header.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        if name:
            given[name] = _weight(parameters)
    return given


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            value = value.strip()
            return min(float(value), 1.0) if _WEIGHT.fullmatch(value) else 0.0
    return 1.0


def with_joined_lines(scope: Scope) -> Scope:
    """The request with one line for each list of preferences or tags (RFC 9110, section 5.3)."""
    names = [name for name, _ in scope["headers"] if name in _LIST_HEADERS]
    repeated = {name for name in names if names.count(name) > 1}
    if not repeated:
        return scope
    headers = [each for each in scope["headers"] if each[0] not in repeated]
    for name in sorted(repeated):
        lines = [value for given, value in scope["headers"] if given == name]
        headers.append((name, b", ".join(lines)))
    return {**scope, "headers": headers}


def with_negotiated_encoding(scope: Scope) -> Scope:
    """The request with the chosen coding as its Accept-Encoding, or without that header.

    The compression library ignores weights other than 0. And the response cache has this header in
    its key, so browsers that write it in different ways share one cached answer.
    """
    given = [value for name, value in scope["headers"] if name == ACCEPT_ENCODING]
    if not given:
        return scope
    headers = [each for each in scope["headers"] if each[0] != ACCEPT_ENCODING]
    chosen = negotiated_encoding(b",".join(given))
    if chosen is not None:
        headers.append((ACCEPT_ENCODING, chosen))
    return {**scope, "headers": headers}


@lru_cache(maxsize=256)
def negotiated_encoding(header: bytes) -> bytes | None:
    """The coding of the highest weight, or None for no compression.

    With equal weights zstd wins over gzip, and gzip over none. `*` means gzip, which every client
    knows; zstd has to be named. If no coding is accepted, the answer is sent without compression,
    not refused.
    """
    given = weights(header.decode("latin-1"))
    wildcard = given.get("*", 0.0)
    gzip = given.get("gzip", given.get("x-gzip", wildcard))
    zstd = given.get("zstd", 0.0)
    plain = given.get("identity", wildcard)
    best = max(zstd, gzip, plain)
    if best == 0.0:
        return None
    return b"zstd" if zstd == best else b"gzip" if gzip == best else None
