"""`/`: the history on one screen, and the ways into it."""

from starlette.requests import Request
from starlette.responses import Response

from app.web.asking import ask
from app.web.html import page


async def home(request: Request) -> Response:
    """What there is."""
    index = await ask(request, "/v1")
    return page(
        request, "home.html", title="Hong Kong–United States relations",
        description="The history of the relationship, read from one document; every row cites "
        "the exact words that prove it.",
        index=index["data"],
    )  # fmt: skip
