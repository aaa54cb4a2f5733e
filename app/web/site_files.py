"""Files by which programs find the service: robots.txt, sitemap.xml, llms.txt, security.txt, and
the icon that browsers look for.

Links are absolute if the service has a public address, else root-relative. Lines that have to be
absolute by their standard are left out without an address.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Integer, Select, func, select
from starlette.requests import Request
from starlette.responses import Response

from app.about import DESCRIPTION, TITLE
from app.api.catalog import cacheable, with_tag
from app.api.context import AppContext
from app.api.responses import CanonicalRequest, Result, respond
from app.db import SqlStatement
from app.db.binds import bound
from app.db.reader import Rows
from app.links import PublicAddress
from app.problems.problems import NOT_FOUND, ProblemError
from app.resources.lists import LISTS
from app.resources.registry import BY_KIND, RESOURCES
from app.resources.resource import table_of
from app.resources.shared import Entry
from app.web.static_files import ONE_DAY

PLAIN = "text/plain; charset=utf-8"
XML = "application/xml"
ICON = Path(__file__).parent / "favicon.ico"
FILE_URLS = 10_000
"""Most addresses in one sitemap; the protocol allows 50,000. A larger site has an index."""
VALID_MONTHS = 6
"""How long `security.txt` is valid, in months. RFC 9116 recommends less than a year."""

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_OFFSET = bound("offset", Integer)
PAGES = (
    "/", "/timeline", "/network", "/coverage", "/vocabularies", "/docs", "/docs/front-end",
    *(f"/{resource.path}" for resource in RESOURCES),
)  # fmt: skip
"""The pages that show no single row."""
MOST_FILES = 50_000
"""Most sitemaps that an index may name, by the protocol."""


def site_router() -> APIRouter:
    """The files of the site; they are not part of the documented API."""
    router = APIRouter(include_in_schema=False)
    for path, endpoint in (
        ("/robots.txt", robots),
        ("/llms.txt", llms),
        ("/.well-known/security.txt", security),
        ("/favicon.ico", favicon),
        ("/sitemap.xml", sitemap),
        ("/sitemap-{number:int}.xml", sitemap_part),
    ):
        router.add_api_route(path, endpoint, response_model=None)
    return router


async def robots(request: Request) -> Response:
    """`robots.txt` (RFC 9309). Combinations of filters are endless, so crawlers leave them out."""
    address = _address(request)
    lines = ["User-agent: *", "Disallow: /*?", "Disallow: /embed/", "Allow: /"]
    if address.origin:  # the line has to name an absolute address
        lines += ["", f"Sitemap: {address.link('/sitemap.xml')}"]
    return cacheable(request, *with_tag(_text(lines)), PLAIN)


async def llms(request: Request) -> Response:
    """`llms.txt` (llmstxt.org): what assistants find here, and how they use it."""
    return cacheable(request, *with_tag(_text(_guide(_address(request)))), PLAIN)


async def security(request: Request) -> Response:
    """`security.txt` (RFC 9116); 404 if the operator names no contact."""
    context: AppContext = request.app.state.context
    contact = context.settings.security_contact
    if contact is None:
        detail = "This service names no contact; its operator can set HKUS_SECURITY_CONTACT."
        raise ProblemError(NOT_FOUND, detail)
    lines = [f"Contact: {contact}", f"Expires: {_expiry(datetime.now(UTC))}"]
    lines.append("Preferred-Languages: en")
    if (context.address.origin or "").startswith("https:"):
        lines.append(f"Canonical: {context.address.link('/.well-known/security.txt')}")
    return cacheable(request, *with_tag(_text(lines)), PLAIN)


async def favicon(_: Request) -> Response:
    """The icon, for clients that read no HTML."""
    return Response(_icon(), headers={"Cache-Control": ONE_DAY}, media_type="image/x-icon")


async def sitemap(request: Request) -> Response:
    """`sitemap.xml` (sitemaps.org): all pages, or an index of sitemaps if they are too many."""
    context: AppContext = request.app.state.context

    async def make() -> Result:
        statement = SqlStatement("number of entries", _count, {}, per_dataset=True)
        snapshot = await context.reader.fetch([statement], heavy=True)
        rows: int = snapshot.results[0][0][0]
        if rows > FILE_URLS - len(PAGES):
            numbers = range(1, -(-rows // FILE_URLS) + 1)
            parts = (context.address.link(f"/sitemap-{number}.xml") for number in numbers)
            return Result(snapshot.dataset, _index(parts), {})
        entries = await context.reader.fetch([_part(0)], heavy=True)
        paths = (*PAGES, *_row_pages(entries.results[0]))
        return Result(entries.dataset, _url_set(map(context.address.link, paths)), {})

    return await _sitemap(request, make)


async def sitemap_part(request: Request) -> Response:
    """One sitemap of a large site; the first one has the pages without a row, too."""
    context: AppContext = request.app.state.context
    number: int = request.path_params["number"]

    async def make() -> Result:
        snapshot = await context.reader.fetch([_part((number - 1) * FILE_URLS)], heavy=True)
        if not snapshot.results[0]:
            detail = "There is no such sitemap; /sitemap.xml names all."
            raise ProblemError(NOT_FOUND, detail)
        paths = [*(PAGES if number == 1 else ()), *_row_pages(snapshot.results[0])]
        return Result(snapshot.dataset, _url_set(map(context.address.link, paths)), {})

    if not 1 <= number <= MOST_FILES:
        raise ProblemError(NOT_FOUND, "There is no such sitemap; /sitemap.xml names all.")
    return await _sitemap(request, make)


async def _sitemap(request: Request, make: Callable[[], Awaitable[Result]]) -> Response:
    canonical = CanonicalRequest(request.scope["path"], XML, variant=_address(request).origin or "")
    return await respond(request, canonical, make)


def _count() -> Select[Any]:
    return select(func.count()).select_from(table_of(Entry))


def _part(offset: int) -> SqlStatement:
    """A statement for the kind and id of the entries of one sitemap."""
    return SqlStatement("entries of a sitemap", _entries, {_OFFSET.key: offset})


def _entries() -> Select[Any, Any]:
    columns = table_of(Entry).c
    found = select(columns.kind, columns.id).order_by(columns.id)
    return found.offset(_OFFSET).limit(FILE_URLS)


def _row_pages(rows: Rows) -> Iterator[str]:
    return (f"/{BY_KIND[kind].path}/{id}" for kind, id in rows)


def _url_set(addresses: Iterable[str]) -> bytes:
    urls = "".join(f"<url><loc>{escape(each)}</loc></url>\n" for each in addresses)
    return _xml(f"<urlset {_NAMESPACE}>\n{urls}</urlset>")


def _index(addresses: Iterable[str]) -> bytes:
    maps = "".join(f"<sitemap><loc>{escape(each)}</loc></sitemap>\n" for each in addresses)
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{maps}</sitemapindex>")


def _xml(root: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


def _guide(address: PublicAddress) -> Iterator[str]:
    link = address.link
    yield from (f"# {TITLE}", "", f"> {DESCRIPTION}", "")
    yield (
        "A fact may be only announced, planned, threatened or alleged (`modality`), or denied "
        "(`negated`). An empty answer means that the source does not say it. Quote the cited words "
        "(`include=citations`) and link the row when you answer."
    )
    yield from ("", "## How to ask", "")
    yield f"- [OpenAPI document]({link('/openapi.json')}): every route, filter and code"
    yield f"- [Search]({link('/v1/search?q=extradition')}): rows of all kinds by words"
    yield f"- [Timeline]({link('/v1/timeline?date=2020-07')}): rows of all kinds by date (EDTF)"
    yield f"- [Counts]({link('/v1/stats/events?by=date:year')}): rows by one to three dimensions"
    yield f"- [Code lists]({link('/v1/vocabularies')}): every code with its definition"
    yield (
        f"- [Guide for people]({link('/docs')}): the same API, also as a server of the Model "
        "Context Protocol (`hkus mcp`, see the README of the program)"
    )
    yield from ("", "## Lists", "")
    for resource in LISTS:
        yield f"- [{resource.title}]({link(f'/v1/{resource.path}')}): {resource.description}"
    yield from ("", "## The whole dataset", "")
    yield f"- [Description]({link('/v1/dataset')}): version, licence, sources, files (JSON-LD)"
    yield f"- [Files]({link('/v1/download')}): SQLite, CSV, Parquet and JSON-LD, with checksums"
    yield ""
    yield "## Optional"
    yield ""
    yield f"- [Coverage]({link('/v1/coverage')}): which sentences no row cites, and why"


def _expiry(now: datetime) -> str:
    """The first day of a month, some months later. So the file changes once a month only."""
    months = now.year * 12 + now.month - 1 + VALID_MONTHS
    return f"{months // 12:04}-{months % 12 + 1:02}-01T00:00:00Z"


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _address(request: Request) -> PublicAddress:
    context: AppContext = request.app.state.context
    return context.address


@cache
def _icon() -> bytes:
    return ICON.read_bytes()
