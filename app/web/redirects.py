"""Redirects, also to addresses that are too long for a header."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.params.query_string import LONGEST_TARGET
from app.problems.problems import URI_TOO_LONG, ProblemError
from app.web import labels
from app.web.html import page

LONGEST_LOCATION = 2_000
"""Longest `Location`, in bytes. With the other headers the head stays under 4 kB, which proxies and
clients accept."""


def redirect(request: Request, target: str, status: int) -> Response:
    """A redirect to a root-relative address. If the address is too long for a header, a page with a
    link to it. Raises a problem if the server itself would refuse the address."""
    answer = RedirectResponse(target, status)
    location = answer.headers["location"]
    if len(location) > LONGEST_TARGET:
        size = f"{len(location):,} bytes"
        detail = f"Path and query have {size}; at most {LONGEST_TARGET:,} are allowed."
        raise ProblemError(URI_TOO_LONG, detail)
    if len(location) <= LONGEST_LOCATION:
        return answer
    return page(request, "onward.html", title=labels.OTHER_ADDRESS, target=location)
