"""`/`: the history on one screen, and the ways into it."""

from starlette.requests import Request
from starlette.responses import Response

from app.resources.timeline import TIMELINE
from app.web.addresses import API, query_of
from app.web.api_client import ask
from app.web.html import page
from app.web.redirects import redirect
from app.web.timeline.pages import view


async def home(request: Request) -> Response:
    """The whole timeline, and every list with what it holds. A query is one of the timeline."""
    query = query_of(request)
    if query:
        return redirect(request, f"/{TIMELINE.path}?{query}", 303)
    index = (await ask(request, API))["data"]
    drawn = await view(request, f"{API}/{TIMELINE.path}")
    return page(
        request, "home.html", title="Hong Kong–United States relations",
        description="The history of the relationship, read from one document; every row cites "
        "the exact words that prove it.",
        index=index, view=drawn,
    )  # fmt: skip
