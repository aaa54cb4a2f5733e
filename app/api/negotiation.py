"""Content negotiation: the media type of an answer (the parameter `format`, else the Accept header)
and its content coding."""

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

_WEIGHT = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")


def negotiated_format(
    request: Request, pairs: Iterable[tuple[str, str]], formats: Mapping[str, str]
) -> str:
    """The name of the format for a request, of those offered with their media types.

    A `format` in the query wins over what the client accepts; whether it is offered at all, the
    parameter itself says.
    """
    given = [value for name, value in pairs if name == "format"]
    if given:
        return given[0] if given[0] in formats else next(iter(formats))
    header = request.headers.get("accept")
    if not header:
        return next(iter(formats))
    names = {media_type.partition(";")[0]: name for name, media_type in formats.items()}
    return names[best_offered(header, tuple(names))]


def negotiated_media_type(request: Request, offered: tuple[str, ...]) -> str:
    """The media type that the client likes best of those offered (RFC 9110, 12.5.1); the first
    one if it does not say. Raises 406 if it accepts none."""
    header = request.headers.get("accept")
    return best_offered(header, offered) if header else offered[0]


@lru_cache(maxsize=256)
def best_offered(header: str, offered: tuple[str, ...]) -> str:
    """The same, by the header itself. Remembered: clients send few such headers again and again,
    and weighing one takes 10 to 36 µs.

    The media type of problems is no constraint. Some generated clients ask for it alone, because
    it is the only JSON that the OpenAPI document names for a route.
    """
    given = weights(header)
    if given.pop(PROBLEM, None) is not None and not given:
        return offered[0]
    best = max(offered, key=lambda media_type: quality(given, media_type))
    if quality(given, best) <= 0:
        detail = f"This route offers {', '.join(offered)}; Accept was {header[:100]!r}."
        raise ProblemError(NOT_ACCEPTABLE, detail)
    return best


def quality(given: Mapping[str, float], offered: str) -> float:
    """The weight that an Accept header gives to a media type, from 0 to 1: the most specific
    range counts. `given` are the weights of the header."""
    family = offered.partition("/")[0]
    ranges = (offered, f"{family}/*", "*/*")
    return next((given[name] for name in ranges if name in given), 0.0)


def weights(header: str) -> dict[str, float]:
    """What a header of preferences accepts, in lower case, with the weight of each, from 0 to 1
    (RFC 9110, 12.4.2). A weight that is no number is 0."""
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


def with_negotiated_encoding(scope: Scope) -> Scope:
    """The request with at most one coding in Accept-Encoding; without one, none is to be used.

    The library that compresses looks only for codings whose weight is not 0, and the response cache
    tells requests apart by this header: browsers that spell it in different ways then share one
    cached answer.
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

    Of equal weights zstd comes before gzip, and gzip before none. `*` stands for gzip, which every
    client knows; zstd has to be named. Where nothing fits, the answer is not compressed: that is
    no reason to refuse it.
    """
    given = weights(header.decode("latin-1"))
    anything = given.get("*", 0.0)
    gzip = given.get("gzip", given.get("x-gzip", anything))
    zstd = given.get("zstd", 0.0)
    plain = given.get("identity", anything)
    best = max(zstd, gzip, plain)
    if best == 0.0:
        return None
    return b"zstd" if zstd == best else b"gzip" if gzip == best else None
