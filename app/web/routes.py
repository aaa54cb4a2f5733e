"""The routes of the pages."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.resources.registry import RESOURCES
from app.web.addresses import page_of, without_empty
from app.web.api_client import ExportError, MovedError, ReloadedError
from app.web.html import Page
from app.web.redirects import redirect

PATHS = (
    "/", "/timeline", "/search", "/network", "/coverage", "/vocabularies", "/vocabularies/{name}",
    "/docs", "/docs/front-end", "/problems/{slug}", "/static/{name}",
    *(path for each in RESOURCES for path in (f"/{each.path}", f"/{each.path}/{{id}}")),
)  # fmt: skip


def web_router() -> APIRouter:
    """All pages; none of them is part of the documented API."""
    router = APIRouter(include_in_schema=False)
    for path in PATHS:
        router.add_route(path, for_people(_at(path)), methods=["GET"], include_in_schema=False)
    return router


def _at(path: str) -> Page:
    """The page of a path, which is imported when it is asked for."""

    async def showing(request: Request) -> Response:
        from app.web.pages import PAGES

        return await PAGES[path](request)

    return showing


def for_people(showing: Page) -> Page:
    """The page. Empty fields of a form are dropped, rows that moved are followed, and exports are
    left to the API."""

    async def endpoint(request: Request) -> Response:
        filled = without_empty(request)
        if filled is not None:
            return redirect(request, filled, 303)
        try:
            return await _shown(showing, request)
        except MovedError as moved:
            return redirect(request, page_of(moved.target), 308)
        except ExportError as export:
            return redirect(request, export.target, 303)

    return endpoint


async def _shown(showing: Page, request: Request) -> Response:
    """The page; made once more if the data were loaded anew while it was made."""
    try:
        return await showing(request)
    except ReloadedError:
        return await showing(request)
