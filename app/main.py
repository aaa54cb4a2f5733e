"""The application: it connects the settings, the database reader, the routers and middleware."""

from asyncio import timeout
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import Any, cast

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app import __version__
from app.api.access import AccessLog
from app.api.catalog import catalog_router
from app.api.changes import changes_router
from app.api.compression import with_compression
from app.api.context import AppContext, Exports
from app.api.cors import CorsPolicy, PreflightMiddleware
from app.api.dataset_description import dataset_router
from app.api.dispatch import Dispatcher
from app.api.download import download_router
from app.api.headers import SECURITY_HEADERS, header_pairs
from app.api.health import health_router
from app.api.index import index_router
from app.api.middleware import Observer, OuterMiddleware, Rules
from app.api.openapi import openapi_document
from app.api.request_head import PROBES, method_not_allowed
from app.api.response_cache import ResponseCache
from app.api.responses import problem_response
from app.api.routes import list_router, no_route, resource_router
from app.api.stats import stats_router
from app.api.suggestions import Suggestions
from app.api.vocabularies import vocabulary_router
from app.db import Reader, make_reader
from app.metrics import request_counter
from app.params.query_string import split_query
from app.problems.problems import INTERNAL, ProblemError
from app.query.list_parameters import examples_from_data
from app.query.lookup import NameLookup
from app.query.parse import Lookups
from app.query.selectivity import FrequentValues
from app.resources.lists import LISTS
from app.resources.registry import DERIVED, RESOURCES, WITH_DERIVED
from app.resources.timeline import SEARCH, TIMELINE
from app.settings import Settings
from app.web.api_client import AnsweredProblem
from app.web.bundle import Bundle
from app.web.problems import answered_problem, is_for_people, raised_problem
from app.web.routes import web_router
from app.web.site_files import site_router

VARY_HEADERS = frozenset({b"accept", b"accept-encoding"})
"""The request headers that an answer depends on, before `OuterMiddleware` adds its headers."""


FIRST_READ_SECONDS = 0.5
"""Timeout for reading the dataset version at start. The server starts even if the database does
not answer."""


def create_app(settings: Settings, reader: Reader | None = None) -> FastAPI:
    """The API over the database of the settings, or over the given reader."""
    reader = reader or make_reader(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        await reader.open()
        try:
            # Every answer names the dataset version, even one that reads no data.
            with suppress(ProblemError, TimeoutError):
                async with timeout(FIRST_READ_SECONDS):
                    await reader.dataset()
            yield
        finally:
            await reader.close()

    app = FastAPI(
        title="hkus-kb",
        version=__version__,
        openapi_url=None,  # `catalog_router` answers it.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        exception_handlers=cast(
            Any,
            {
                ProblemError: _problem_response,
                AnsweredProblem: answered_problem,
                HTTPException: _http_error_response,
                Exception: _internal_error,
            },
        ),
    )
    with_aliases = [each.kind for each in RESOURCES if "aliases" in each.row.model_fields]
    app.state.context = AppContext(
        settings,
        reader,
        Lookups(
            NameLookup(reader), FrequentValues(reader, LISTS), partial(examples_from_data, reader)
        ),
        Suggestions(reader, with_aliases),
        Exports(settings.exports),
    )
    app.state.bundle = Bundle()
    app.openapi = partial(openapi_document, app)
    for router in (
        *(resource_router(resource, WITH_DERIVED) for resource in RESOURCES),
        *map(list_router, DERIVED),
        list_router(TIMELINE),
        list_router(SEARCH),
        stats_router(),
        vocabulary_router(),
        index_router(),
        dataset_router(),
        changes_router(),
        download_router(),
        catalog_router(),
        health_router(),
        site_router(),
        web_router(),
    ):
        # Not `include_router`: the application would search the routes of a router twice.
        app.routes.extend(router.routes)
    return app


def serve_app() -> ASGIApp:
    """The application with all middleware, as uvicorn runs it."""
    settings = Settings()
    app = with_middleware(create_app(settings), settings)
    if not settings.trusted_proxies:
        return app
    return cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, app), list(settings.trusted_proxies)))


def with_middleware(app: FastAPI, settings: Settings) -> OuterMiddleware:
    """The application inside its middleware. From inside: dispatch, compression, response cache,
    `OuterMiddleware`."""
    context: AppContext = app.state.context
    rules = replace(_rules(settings), dataset=context.reader.last_dataset)
    compressing = with_compression(Dispatcher(app, PreflightMiddleware(app, rules.cors)))
    cache_bytes = settings.response_cache_megabytes * 1_000_000
    cached = ResponseCache(compressing, context.reader, VARY_HEADERS, cache_bytes)
    observers = [*_access_loggers(settings), *_request_counters(app, settings)]
    return OuterMiddleware(cached, rules, observers)


def with_outer_middleware(app: ASGIApp, settings: Settings) -> OuterMiddleware:
    """Any application inside `OuterMiddleware` alone."""
    return OuterMiddleware(app, _rules(settings), [*_access_loggers(settings)])


def _rules(settings: Settings) -> Rules:
    return Rules(
        header_pairs(SECURITY_HEADERS), CorsPolicy(settings.cors_origins), settings.trusted_hosts
    )


def _access_loggers(settings: Settings) -> Iterator[Observer]:
    """The access log, if it is on."""
    if settings.access_log:
        yield AccessLog(settings.log_queries, settings.log_clients).log


def _request_counters(app: FastAPI, settings: Settings) -> Iterator[Observer]:
    """The metrics, if they are on."""
    if settings.metrics_port is not None:
        yield request_counter([*app.openapi()["paths"], *PROBES, "/openapi.json", "/docs", "/"])


async def _problem_response(request: Request, problem: ProblemError) -> Response:
    if is_for_people(request):
        return raised_problem(request, problem)
    return problem_response(problem, request.state.request_id)


async def _internal_error(request: Request, _: Exception) -> Response:
    """500, without details of the error; `OuterMiddleware` logs them."""
    return await _problem_response(request, ProblemError(INTERNAL, "The server made a mistake."))


async def _http_error_response(request: Request, error: HTTPException) -> Response:
    """404 and 405 of the router; 400 if the query is not UTF-8."""
    try:
        split_query(request.scope["query_string"])
    except ProblemError as not_utf8:
        return await _problem_response(request, not_utf8)
    is_wrong_method = error.status_code == 405
    problem = method_not_allowed(request.method) if is_wrong_method else no_route(request)
    return await _problem_response(request, problem)
