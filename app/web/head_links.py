"""Links in the head of a page: its canonical address, and the same content in other formats."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.routing import Match

from app.api.context import AppContext
from app.api.exports import formats_of
from app.api.negotiation import JSON
from app.api.routes import RawQueryRoute
from app.resources.lists import LISTS
from app.web.addresses import API, api_of, changed, query_of

_FEEDS = {resource.path: list(formats_of(resource).values()) for resource in LISTS}


@dataclass(frozen=True, slots=True)
class Alternate:
    """The content of a page in another format."""

    media_type: str
    target: str


@dataclass(frozen=True, slots=True)
class HeadLinks:
    """`canonical` is the address of the page without its fragment. Links are absolute if the
    service has a public address."""

    canonical: str
    alternates: tuple[Alternate, ...]


def head_links(request: Request) -> HeadLinks:
    """The links in the head of the page that answers a request."""
    context: AppContext = request.app.state.context
    query = query_of(request)
    path: str = request.scope["path"]
    link = context.address.link
    alternates = tuple(
        Alternate(each.media_type, link(each.target)) for each in _alternates(request, path)
    )
    return HeadLinks(link(f"{path}?{query}" if query else path), alternates)


def _alternates(request: Request, path: str) -> Iterator[Alternate]:
    """The JSON of the API behind a page, and the exports if the page is a list."""
    target = api_of(request, "" if path == "/" else path)
    if not _is_in_the_api(request, target.partition("?")[0]):
        return
    yield Alternate(JSON, target)
    for format in _FEEDS.get(path.removeprefix("/"), ()):
        media_type = format.media_type.partition(";")[0]
        yield Alternate(media_type, changed(target, {"format": format.name}))


def _is_in_the_api(request: Request, path: str) -> bool:
    """Whether the API has a route with this path. Charts, for example, have none."""
    scope = {**request.scope, "path": path, "method": "GET"}
    routes = (each for each in request.app.routes if isinstance(each, RawQueryRoute))
    return path.startswith(API) and any(each.matches(scope)[0] is Match.FULL for each in routes)
