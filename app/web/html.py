"""Pages as responses: rendered templates, with the headers of a page."""

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.context import AppContext
from app.api.responses import is_not_modified
from app.hashing import short_hash
from app.web import labels
from app.web.addresses import query_of
from app.web.bundle import Bundle
from app.web.head_links import head_links

if TYPE_CHECKING:
    from jinja2 import Environment

PageFunction = Callable[[Request], Awaitable[Response]]
"""A function that makes a page."""

TEMPLATES = Path(__file__).parent / "templates"
EMBED = "/embed"
"""The prefix of the path of an embedded chart: `/embed/timeline` has only the chart of `/timeline`,
and other sites may show it in a frame."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
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
    """A page, or 304 if the client has it already. Pages of problems are not cached."""
    bundle: Bundle = request.app.state.bundle
    context: AppContext = request.app.state.context
    site = context.settings.site_title
    title = site if title == labels.SITE else title
    is_embedded: bool = request.scope["state"].get("embedded", False)
    dataset: str | None = request.scope["state"].get("dataset")
    has_data = status == 200 and dataset is not None
    html_text = (
        _environment()
        .get_template(template)
        .render(
            bundle=bundle,
            site=site,
            wordmark=labels.SITE_SHORT if site == labels.SITE else site,
            title=title,
            description=description,
            path=request.scope["path"],
            query=f"?{query}" if (query := query_of(request)) else "",
            is_embedded=is_embedded,
            base="embed.html" if is_embedded else "base.html",
            cite_as=labels.cite_as(title, dataset or "", site) if has_data else "",
            head=head_links(request) if status == 200 else None,
            public=context.address.link,
            **content,
        )
    )
    body = html_text.encode()
    ancestors = "*" if is_embedded else "'none'"
    policy = f"{_POLICY}frame-ancestors {ancestors}"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    if status == 200:
        tag = f'W/"{short_hash(html_text)}"'
        headers |= {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if dataset is not None:  # with this header the server may cache the page
            headers["X-Dataset-Version"] = dataset
        if is_not_modified(request, tag):
            return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "text/html; charset=utf-8")


@cache
def _environment() -> "Environment":
    """The template engine. It is imported for the first page, so that the API starts faster."""
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
