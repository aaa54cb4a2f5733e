"""`/search`: all items that match words, the best match first."""

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import SEARCH
from app.web import labels
from app.web.html import page
from app.web.lists import Listing, listing


async def search(request: Request) -> Response:
    """The results, or only the form. If no item has the words, those that begin like them."""
    words = request.query_params.get("q") or ""
    found, note = None, ""
    if request.scope["query_string"]:
        found = await listing(request, SEARCH)
        if found.meta["total"] == 0 and (similar := await _beginnings(request, found)):
            found, note = similar, labels.only_beginnings(words)
    return page(
        request, "search.html", title=labels.search_title(words),
        description=SEARCH.description, words=words, listing=found, note=note,
    )  # fmt: skip


async def _beginnings(request: Request, empty: Listing) -> Listing | None:
    """The results for words that begin like the last one, if there are any."""
    if empty.form.beginnings is None:
        return None
    found = await listing(request, SEARCH, empty.form.beginnings[1])
    return found if found.rows else None
