"""`/search`: all items that match words, the best match first."""

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import SEARCH
from app.web import labels
from app.web.html import page
from app.web.lists import with_beginnings


async def search(request: Request) -> Response:
    """The results, or only the form. If no item has the words, those that begin like them."""
    words = request.query_params.get("q") or ""
    found, note = None, ""
    if request.scope["query_string"]:
        found, note = await with_beginnings(request, SEARCH)
    return page(
        request, "search.html", title=labels.search_title(words),
        description=SEARCH.description, words=words, listing=found, note=note,
    )  # fmt: skip
