"""The routes of the pages."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.resources import BY_KIND, RESOURCES
from app.web.addresses import page_of, without_empty
from app.web.asking import MovedError, ReloadedError
from app.web.charts import chart_pages
from app.web.docs import docs, front_end
from app.web.documents import document_pages
from app.web.home import home
from app.web.lists import ListPage
from app.web.network import network
from app.web.problems import problem_type
from app.web.reports import coverage, vocabularies, vocabulary
from app.web.rows import RowPage
from app.web.search import search
from app.web.static_files import static_file
from app.web.timeline.pages import timeline

Showing = Callable[[Request], Awaitable[Response]]


def web_router() -> APIRouter:
    """All pages; none of them is part of the documented API."""
    router = APIRouter(include_in_schema=False)
    pages: dict[str, Showing] = {
        "/": home,
        "/timeline": timeline,
        "/search": search,
        "/docs": docs,
        "/docs/front-end": front_end,
        "/problems/{slug}": problem_type,
        "/static/{name}": static_file,
        **{f"/{each.path}": ListPage(each) for each in RESOURCES},
        **{f"/{each.path}/{{id}}": RowPage(each) for each in RESOURCES},
        **document_pages(BY_KIND["document"]),
        **chart_pages(),
        "/network": network,
        "/coverage": coverage,
        "/vocabularies": vocabularies,
        "/vocabularies/{name}": vocabulary,
    }
    for path, showing in pages.items():
        router.add_route(path, for_people(showing), methods=["GET"], include_in_schema=False)
    return router


def for_people(showing: Showing) -> Showing:
    """The page, but that empty fields of a form ask for nothing, and that moves are followed."""

    async def endpoint(request: Request) -> Response:
        filled = without_empty(request)
        if filled is not None:
            return RedirectResponse(filled, 303)
        try:
            return await _shown(showing, request)
        except MovedError as moved:
            return RedirectResponse(page_of(moved.target), 308)

    return endpoint


async def _shown(showing: Showing, request: Request) -> Response:
    """The page; made once more if the data were loaded anew while it was made."""
    try:
        return await showing(request)
    except ReloadedError:
        return await showing(request)
