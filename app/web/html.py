"""Pages as responses: rendered templates, with the headers of a page."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.context import AppContext
from app.api.responses import is_not_modified
from app.hashing import short_hash
from app.web import labels
from app.web.addresses import query_of, report_address
from app.web.bundle import Bundle
from app.web.citation import Citation
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
    address = context.address.link(_address(request))
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
            citation=_citation(request, title, dataset, address) if status == 200 else None,
            report=_report(request, content.get("row"), dataset, address),
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


def _address(request: Request) -> str:
    """The path of the page with its query."""
    query = query_of(request)
    path: str = request.scope["path"]
    return f"{path}?{query}" if query else path


def _citation(request: Request, title: str, dataset: str | None, address: str) -> Citation | None:
    """How to cite a page that shows data."""
    context: AppContext = request.app.state.context
    state = context.reader.last_dataset()
    if dataset is None or state is None:
        return None
    return Citation(title, address, dataset, state.loaded_at[:10], context.settings.site_title)


def _report(
    request: Request, row: Mapping[str, Any] | None, dataset: str | None, address: str
) -> str | None:
    """The address to which readers report a mistake in a row, if there is one."""
    context: AppContext = request.app.state.context
    report_to = context.settings.report_to
    if not report_to or row is None or not dataset or "version" not in row:
        return None
    quote = next((each["exact"] for each in row.get("citations", ())), "")
    return report_address(
        report_to,
        labels.report_subject(row["name"]),
        labels.report_body(address, row["version"], dataset, quote),
    )


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
