"""Addresses: a page has the address of the API that it shows, without `/v1`."""

from collections.abc import Mapping
from string import punctuation
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request

from app.web.written_dates import to_edtf

API = "/v1"
TRACKING_PREFIXES = ("utm_",)
TRACKING = frozenset(
    ("fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "twclid", "ttclid",
     "yclid", "li_fat_id", "igshid", "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi")
)  # fmt: skip
"""Parameters that other sites add to links for their statistics. Pages drop them; the API does not,
because nobody shares its addresses through such sites."""
DATES = frozenset(("date", "date_from", "date_to", "step_date"))
"""Parameters whose values are dates, which people may write in words."""


def page_of(target: str) -> str:
    """The page that shows an address of the API: `/v1/events?actor=x` is `/events?actor=x`."""
    return target.removeprefix(API) or "/"


def api_of(request: Request, path: str | None = None) -> str:
    """The address of the API behind a page, with the query of the request."""
    query = query_of(request)
    address = f"{API}{quote(path if path is not None else request.scope['path'])}"
    return f"{address}?{query}" if query else address


def query_of(request: Request) -> str:
    """The query of a request as ASCII; bytes that some clients do not encode are encoded."""
    return quote(request.scope["query_string"], safe=punctuation)


def changed(target: str, changes: Mapping[str, str | list[str] | None]) -> str:
    """An address with some parameters set, or, for None, removed."""
    path, _, query = target.partition("?")
    pairs = [(name, value) for name, value in parse_qsl(query) if name not in changes]
    for name, value in changes.items():
        values = [value] if isinstance(value, str) else value or []
        pairs += [(name, each) for each in values]
    return f"{path}?{urlencode(sorted(pairs))}" if pairs else path


def clean_address(request: Request) -> str | None:
    """The address without empty fields and tracking parameters, and with dates in EDTF; None if
    it is so already."""
    query = query_of(request)
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [
        (name, to_edtf(value.strip()) if name in DATES else value.strip())
        for name, value in pairs
        if value.strip() and not is_tracking(name)
    ]
    has_dates = any(name in DATES and to_edtf(value) != value for name, value in pairs)
    if len(kept) == len(pairs) and not has_dates:
        return None
    path = quote(request.scope["path"])
    return f"{path}?{urlencode(kept)}" if kept else path


def is_tracking(name: str) -> bool:
    """Whether other sites add a parameter to links."""
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def report_address(report_to: str, subject: str, body: str) -> str:
    """The address that opens a message with this subject and body. `report_to` is a `mailto:`
    address (RFC 6068) or a form of a tracker that takes `title` and `body`."""
    if report_to.startswith("mailto:"):
        lines = body.replace("\n", "\r\n")
        fields = {"subject": subject, "body": lines}
    else:
        fields = {"title": subject, "body": body}
    sign = "&" if "?" in report_to else "?"
    return f"{report_to}{sign}{urlencode(fields, quote_via=quote)}"
