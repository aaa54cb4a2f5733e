"""The routes of the pages."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.resources.registry import DERIVED, RESOURCES
from app.web.addresses import clean_address, page_of
from app.web.api_client import ExportError, MovedError, ReloadedError
from app.web.html import EMBED, PageFunction
from app.web.redirects import redirect

EMBEDDED = ("/story", "/timeline", "/network", "/trade-figures", "/polls")
"""The pages whose charts other sites may embed, at `/embed` plus their path."""
PATHS = (
    "/", "/story", "/timeline", "/search", "/network", "/coverage",
    "/vocabularies", "/vocabularies/{name}",
    "/docs", "/docs/front-end", "/problems/{slug}", "/static/{name}",
    *(path for each in RESOURCES for path in (f"/{each.path}", f"/{each.path}/{{id}}")),
    *(f"/{each.path}" for each in DERIVED),
)  # fmt: skip


def web_router() -> APIRouter:
    """The router of all pages. They are not part of the documented API."""
    router = APIRouter(include_in_schema=False)
    for path in PATHS:
        router.add_route(
            path, for_people(_imported_page(path)), methods=["GET"], include_in_schema=False
        )
    for path in EMBEDDED:
        embedded = for_people(_embedded(path))
        router.add_route(f"{EMBED}{path}", embedded, methods=["GET"], include_in_schema=False)
    return router


def _embedded(path: str) -> PageFunction:
    """Only the chart of a page."""
    make_page = _imported_page(path)

    async def embedded(request: Request) -> Response:
        request.scope["path"] = path
        request.state.embedded = True
        return await make_page(request)

    return embedded


def _imported_page(path: str) -> PageFunction:
    """The page of a path. Its module is imported at the first request."""

    async def imported(request: Request) -> Response:
        from app.web.pages import PAGES

        return await PAGES[path](request)

    return imported


def for_people(make_page: PageFunction) -> PageFunction:
    """The page, or a redirect: to the clean address, to the new address of an item that moved, or
    to the API for an export."""

    async def endpoint(request: Request) -> Response:
        new_address = clean_address(request)
        if new_address is not None:
            return redirect(request, new_address, 303)
        try:
            return await _make_page(make_page, request)
        except MovedError as moved:
            return redirect(request, page_of(moved.target), 308)
        except ExportError as export:
            return redirect(request, export.target, 303)

    return endpoint


async def _make_page(make_page: PageFunction, request: Request) -> Response:
    """The page. If the data are reloaded while it is made, it is made a second time."""
    try:
        return await make_page(request)
    except ReloadedError:
        return await make_page(request)
