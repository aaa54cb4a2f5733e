"""Addresses: a page stands at the address of the API that it shows, without `/v1`."""

from collections.abc import Mapping
from string import punctuation
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request

API = "/v1"


def page_of(target: str) -> str:
    """The page that shows an address of the API: `/v1/events?actor=x` is `/events?actor=x`."""
    return target.removeprefix(API) or "/"


def api_of(request: Request, path: str | None = None) -> str:
    """The address of the API behind a page, with the query as it was asked."""
    query = query_of(request)
    asked = f"{API}{quote(path if path is not None else request.scope['path'])}"
    return f"{asked}?{query}" if query else asked


def query_of(request: Request) -> str:
    """The query of a request as ASCII; what some clients send unencoded is percent-encoded."""
    return quote(request.scope["query_string"], safe=punctuation)


def changed(target: str, changes: Mapping[str, str | list[str] | None]) -> str:
    """An address with some parameters set, or, for None, dropped."""
    path, _, query = target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in changes]
    for name, value in changes.items():
        values = [value] if isinstance(value, str) else value or []
        kept += [(name, each) for each in values]
    return f"{path}?{urlencode(sorted(kept))}" if kept else path


def narrowed(target: str) -> str:
    """An address without what only says where in a list one stands."""
    return changed(target, {"cursor": None, "offset": None})


def without_empty(request: Request) -> str | None:
    """The address without the fields of a form that were left empty; None if there are none."""
    query = query_of(request)
    given = parse_qsl(query, keep_blank_values=True)
    filled = [(name, value.strip()) for name, value in given if value.strip()]
    if len(filled) == len(given):
        return None
    path = quote(request.scope["path"])
    return f"{path}?{urlencode(filled)}" if filled else path
