"""`/coverage` and `/vocabularies`: the coverage of the documents, and every code list."""

from starlette.requests import Request
from starlette.responses import Response

from app.web import labels
from app.web.addresses import api_of
from app.web.api_client import get_json
from app.web.document_blocks import shares
from app.web.html import page


async def coverage(request: Request) -> Response:
    """What became of every passage, date, number and quotation."""
    answer = await get_json(request, api_of(request))
    return page(
        request, "coverage.html", title=labels.COVERAGE, description=labels.COVERAGE_DESCRIPTION,
        coverage=answer["data"], shares=shares, api=api_of(request),
    )  # fmt: skip


async def vocabularies(request: Request) -> Response:
    """All code lists."""
    answer = await get_json(request, api_of(request))
    return page(
        request, "vocabularies.html", title=labels.CODE_LISTS, description=labels.CODE_LISTS_LEAD,
        vocabularies=answer["data"], api=api_of(request),
    )  # fmt: skip


async def vocabulary(request: Request) -> Response:
    """One code list: each code, its meaning, and the rows that have it."""
    answer = await get_json(request, api_of(request))
    found = answer["data"]
    return page(
        request, "vocabulary.html", title=found["title"], description=found["description"],
        vocabulary=found, api=api_of(request),
    )  # fmt: skip
