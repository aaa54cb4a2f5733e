"""Which media type a client gets: by the parameter `format`, else by its Accept header."""

from collections.abc import Iterable, Mapping, Sequence

from starlette.requests import Request

from app.problems import NOT_ACCEPTABLE, ProblemError

JSON = "application/json"
TEXT = "text/plain"


def chosen_format(
    request: Request, pairs: Iterable[tuple[str, str]], formats: Mapping[str, str]
) -> str:
    """The name of the format for a request, of those offered with their media types.

    A `format` in the query wins over what the client accepts; whether it is offered at all, the
    parameter itself says.
    """
    given = next((value for name, value in pairs if name == "format"), None)
    if given is not None:
        return given if given in formats else next(iter(formats))
    header = request.headers.get("accept")
    if not header:
        return next(iter(formats))
    names = {media_type.partition(";")[0]: name for name, media_type in formats.items()}
    return names[liked_best(header, tuple(names))]


def negotiated(request: Request, offered: Sequence[str]) -> str:
    """The media type that the client likes best of those offered (RFC 9110, 12.5.1); the first
    one if it does not say. Raises 406 if it accepts none."""
    header = request.headers.get("accept")
    return liked_best(header, offered) if header else offered[0]


def liked_best(header: str, offered: Sequence[str]) -> str:
    """The same, by the header itself."""
    best = max(offered, key=lambda media_type: quality(header, media_type))
    if quality(header, best) <= 0:
        detail = f"This route offers {', '.join(offered)}; Accept was {header[:100]!r}."
        raise ProblemError(NOT_ACCEPTABLE, detail)
    return best


def quality(header: str, offered: str) -> float:
    """The weight that an Accept header gives to a media type, from 0 to 1: the most specific
    range counts."""
    family = offered.partition("/")[0]
    weights: dict[str, float] = {}
    for item in header.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weights[name] = _weight(parameters)
    ranges = (offered, f"{family}/*", "*/*")
    return next((weights[name] for name in ranges if name in weights), 0.0)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
