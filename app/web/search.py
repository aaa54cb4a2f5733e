"""`/search`: everything that has the words of a search, the most telling first."""

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import SEARCH
from app.web.html import page
from app.web.lists import listing


async def search(request: Request) -> Response:
    """What is found; before anything is asked, only the form."""
    has_words = request.query_params.get("q")
    asked = bool(request.scope["query_string"])
    return page(
        request, "search.html", title=f"Search: {has_words}" if has_words else "Search",
        description=SEARCH.description, words=has_words or "",
        listing=await listing(request, SEARCH) if asked else None,
    )  # fmt: skip
