"""Health checks."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.api.context import AppContext
from app.db import SqlStatement
from app.db.dataset import state_select

_READ = SqlStatement("readiness", state_select, {})
"""A small query: it proves that the data can be read, not only that a file or server exists."""
_NO_STORE = {"Cache-Control": "no-store"}


def health_router() -> APIRouter:
    """`/healthz` and `/readyz`; neither is part of the documented API."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/healthz", healthz, response_model=None)
    router.add_api_route("/readyz", readyz, response_model=None)
    return router


async def healthz() -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"}, headers=_NO_STORE)


async def readyz(request: Request) -> Response:
    """200 if the data can be read, else 503 with the reason."""
    context: AppContext = request.app.state.context
    dataset = (await context.reader.fetch([_READ])).dataset
    content = {"status": "ready", "dataset": dataset.version, "loaded_at": dataset.loaded_at}
    return JSONResponse(content, headers=_NO_STORE)
