"""Descriptions of the API for programs: `/.well-known/api-catalog` (RFC 9727), `/openapi.json`."""

from functools import cache

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.about import LICENCE_URL
from app.api.headers import CACHING
from app.api.negotiation import JSON
from app.api.responses import is_any_known, is_not_modified, to_json
from app.hashing import short_hash
from app.problems.problems import PROBLEMS

CATALOG_LINKS = (
    '</.well-known/api-catalog>; rel="api-catalog", </v1>; rel="item", '
    '</openapi.json>; rel="service-desc"'
)
"""The Link header of the catalogue. HEAD has to name it too (RFC 9727, section 2)."""
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


def catalog_router() -> APIRouter:
    """The catalogue and the OpenAPI document; neither is part of the documented API."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/.well-known/api-catalog", catalog, response_model=None)
    router.add_api_route("/openapi.json", openapi, response_model=None)
    return router


async def openapi(request: Request) -> Response:
    """The OpenAPI document. It is made once."""
    return cacheable(request, *_openapi(request.app), JSON)


@cache
def _openapi(app: FastAPI) -> tuple[bytes, str]:
    return with_tag(to_json(app.openapi()))


def with_tag(body: bytes) -> tuple[bytes, str]:
    """A body and its weak validator."""
    return body, f'W/"{short_hash(body.decode())}"'


def cacheable(
    request: Request, body: bytes, tag: str, media_type: str, **extra_headers: str
) -> Response:
    """A response that depends on no data, or 304 if the client has it."""
    headers = {**CACHING, "ETag": tag, **extra_headers}
    if is_any_known(request) or is_not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "Content-Type": media_type})


async def catalog(request: Request) -> Response:
    """A linkset (RFC 9264) with one API, this one."""
    api = {
        "anchor": "/v1",
        "service-desc": [{"href": "/openapi.json", "type": "application/json"}],
        "service-doc": [{"href": "/docs", "type": "text/html"}],
        "status": [{"href": "/readyz", "type": "application/json"}],
        "license": [{"href": LICENCE_URL}],
        "help": [{"href": f"/problems/{slug}"} for slug in sorted({p.slug for p in PROBLEMS})],
    }
    body = with_tag(to_json({"linkset": [api]}))
    return cacheable(request, *body, LINKSET, Link=CATALOG_LINKS)
