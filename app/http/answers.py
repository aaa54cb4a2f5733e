"""Answers: their bytes, their headers, and when a client already has them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.data import DatasetState, Reader
from app.hashing import short_hash
from app.problems import NOT_ACCEPTABLE, OTHER_DATASET, ProblemError
from app.rendering import rendering_hash

JSON = "application/json"
TEXT = "text/plain"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"
CACHING = {"Cache-Control": "public, max-age=60", "Vary": "Accept, Accept-Encoding"}


def to_json(content: Any) -> bytes:
    """Compact JSON; NaN and infinity are no JSON and are refused."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def negotiated(request: Request, offered: Sequence[str]) -> str:
    """The media type that the client likes best of those offered (RFC 9110, 12.5.1); the first
    one if it does not say. Raises 406 if it accepts none."""
    header = request.headers.get("accept")
    if not header:
        return offered[0]
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


def etag(dataset: DatasetState, self_link: str, media_type: str = JSON) -> str:
    """A weak validator over all that an answer depends on; no query is needed to know it."""
    return f'W/"{short_hash([dataset.version, rendering_hash(), media_type, self_link])}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client says that it has the answer (RFC 9110, 13.1.2: weak comparison)."""
    header = request.headers.get("if-none-match")
    if header is None:
        return False
    return any(known.strip().removeprefix("W/") == tag[2:] for known in header.split(","))


async def current_dataset(reader: Reader, expected: str | None) -> DatasetState:
    """The content of the database; raises 409 if the client expects another one."""
    dataset = await reader.dataset()
    if expected and expected != dataset.version:
        detail = f"expect_dataset={expected}, but the server holds {dataset.version}."
        raise ProblemError(OTHER_DATASET, detail)
    return dataset


def link_header(links: Mapping[str, str | None]) -> str:
    """The Link header (RFC 8288) of an answer."""
    given = [f'<{target}>; rel="{relation}"' for relation, target in links.items() if target]
    fixed = (f'<{LICENCE_URL}>; rel="license"', '</openapi.json>; rel="describedby"')
    return ", ".join((*given, *fixed))


def answer(
    body: bytes,
    dataset: DatasetState,
    tag: str,
    links: Mapping[str, str | None],
    media_type: str = JSON,
) -> Response:
    """A full answer."""
    headers = {
        **CACHING,
        "ETag": tag,
        "X-Dataset-Version": dataset.version,
        "Link": link_header(links),
    }
    return Response(body, media_type=media_type, headers=headers)


def not_modified(dataset: DatasetState, tag: str) -> Response:
    """304: the client has the answer."""
    return Response(
        status_code=304, headers={**CACHING, "ETag": tag, "X-Dataset-Version": dataset.version}
    )
