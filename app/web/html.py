"""Answers for people: a template filled, with the headers that a page has."""

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.responses import is_not_modified
from app.hashing import short_hash
from app.web.bundle import Bundle

if TYPE_CHECKING:
    from jinja2 import Environment

Page = Callable[[Request], Awaitable[Response]]
"""What answers the request for a page."""

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def page(
    request: Request,
    template: str,
    *,
    title: str,
    description: str = "",
    status: int = 200,
    **content: Any,
) -> Response:
    """A page; a client that has it already is told so. Pages of problems are not kept."""
    bundle: Bundle = request.app.state.bundle
    filled = (
        _environment()
        .get_template(template)
        .render(
            bundle=bundle,
            title=title,
            description=description,
            path=request.scope["path"],
            **content,
        )
    )
    body = filled.encode()
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    if status == 200:
        tag = f'W/"{short_hash(filled)}"'
        headers |= {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if "dataset" in request.scope["state"]:  # then the same server may remember the page
            headers["X-Dataset-Version"] = request.scope["state"]["dataset"]
        if is_not_modified(request, tag):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "text/html; charset=utf-8")


@cache
def _environment() -> "Environment":
    """The templates; imported only when a page is asked for, so that the API starts without."""
    from jinja2 import Environment, FileSystemLoader

    from app.web.template_filters import FILTERS, GLOBALS

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment
