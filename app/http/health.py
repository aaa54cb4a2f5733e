"""Routes for operators, and the pages that problems point to."""

from html import escape
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.http.state import Served
from app.problems import NOT_FOUND, PROBLEMS, ProblemError

_NO_STORE = {"Cache-Control": "no-store"}
PAGE_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
STYLE = Path(__file__).with_name("page.css")


def health_router() -> APIRouter:
    """`/healthz`, `/readyz` and `/problems/…`; none of them is part of the documented API."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/healthz", healthz, response_model=None)
    router.add_api_route("/readyz", readyz, response_model=None)
    router.add_api_route("/problems/{slug}", problem_page, response_model=None)
    router.add_api_route("/page.css", style, response_model=None)
    return router


async def healthz() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"}, headers=_NO_STORE)


async def readyz(request: Request) -> Response:
    """The data can be served; if not, why."""
    served = Served.of(request)
    dataset = (await served.reader.fetch(())).dataset
    content = {"status": "ready", "dataset": dataset.version, "loaded_at": dataset.loaded_at}
    return JSONResponse(content, headers=_NO_STORE)


async def problem_page(request: Request) -> Response:
    """What a type of problem means, and its cure."""
    slug = request.path_params["slug"]
    found = [problem for problem in PROBLEMS if problem.slug == slug]
    if not found:
        names = ", ".join(sorted({problem.slug for problem in PROBLEMS}))
        raise ProblemError(NOT_FOUND, f"There is no such problem; there are {names}.")
    parts = "".join(
        f"<h2>{problem.status}: {escape(problem.title)}</h2>"
        f"<p>{escape(problem.cause)}</p><p>{escape(problem.cure)}</p>"
        for problem in found
    )
    return page(found[0].title, parts)


async def style() -> Response:
    """The one stylesheet of these pages."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(STYLE.read_bytes(), media_type="text/css", headers=headers)


def page(title: str, content: str) -> HTMLResponse:
    """A plain page for people."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width">'
        '<link rel="stylesheet" href="/page.css">'
        f"<main>{content}</main>",
        headers={"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "public, max-age=60"},
    )
