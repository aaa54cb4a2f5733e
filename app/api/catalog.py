"""`/.well-known/api-catalog` (RFC 9727): where programs find the API and its description."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from app.api.headers import CACHING, LICENCE_URL
from app.problems.problems import PROBLEMS

LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'


def catalog_router() -> APIRouter:
    """The catalogue; no part of the documented API."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/.well-known/api-catalog", catalog, response_model=None)
    return router


async def catalog() -> Response:
    """A linkset (RFC 9264) with the one API that there is."""
    api = {
        "anchor": "/v1",
        "service-desc": [{"href": "/openapi.json", "type": "application/json"}],
        "service-doc": [{"href": "/docs", "type": "text/html"}],
        "status": [{"href": "/readyz", "type": "application/json"}],
        "license": [{"href": LICENCE_URL}],
        "help": [{"href": f"/problems/{slug}"} for slug in sorted({p.slug for p in PROBLEMS})],
    }
    headers = {**CACHING, "Content-Type": LINKSET}
    return JSONResponse({"linkset": [api]}, headers=headers)
