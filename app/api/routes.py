"""Routes: how they are declared, and the list and item routes of each resource."""

import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from app.api.envelopes import item_model, page_model
from app.api.items import LONGEST_ID, ItemRoute
from app.api.lists import ListRoute
from app.api.simple_requests import PARAMETERS
from app.params.parameter import Parameter, parameter_object
from app.problems.messages import nearest, quoted
from app.problems.problems import NOT_FOUND, ProblemError
from app.resources.resource import Resource

_LONGEST_HINT = 200
"""Most characters of a suggested path."""
_API_PREFIX = re.compile(r"(?:/(?:api|rest|v[0-9.]+)(?=/))+", re.IGNORECASE)
"""How the paths of other APIs begin: `/api`, `/v2`, `/api/v1`."""

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Route:
    """One operation: its path, its handler, and its description in the OpenAPI document.

    `name` is the operation id, and `model` the schema of the answer in JSON. `content` describes an
    answer in other media types (OpenAPI Media Type Objects). `path_parameters` are OpenAPI
    Parameter Objects.
    """

    path: str
    handler: Handler
    _: KW_ONLY
    name: str
    summary: str
    description: str
    model: type[BaseModel] | None = None
    content: Mapping[str, Any] = field(default_factory=dict[str, Any])
    parameters: Sequence[Parameter] = ()
    path_parameters: Sequence[dict[str, Any]] = ()


class RawQueryRoute(APIRoute):
    """A route whose handler parses the raw query string itself.

    FastAPI matches and documents the route. The declarations of the resource parse the query. They
    are stricter and several times faster than a Pydantic model.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint


def list_router(resource: Resource) -> APIRouter:
    """The list route of a resource."""
    router = APIRouter(tags=[resource.title])
    listing = ListRoute(resource)
    add_route(
        router,
        Route(
            listing.path,
            listing,
            name="search" if resource.only_searched else f"list{resource.plural}",
            summary="Search" if resource.only_searched else f"List {resource.title.lower()}",
            description=resource.description,
            model=page_model(resource),
            parameters=list(listing.parameters.declared.values()),
        ),
    )
    return router


def resource_router(resource: Resource, resources: tuple[Resource, ...]) -> APIRouter:
    """The list and the item route of a resource."""
    router = list_router(resource)
    item = ItemRoute(resource, resources)
    add_route(
        router,
        Route(
            f"{item.path}/{{id}}",
            item,
            name=f"get{resource.model.__name__}",
            summary=f"Get one of the {resource.title.lower()}",
            description="The row with the words that prove it, and links to the lists that can be "
            "filtered by it. If a row was renamed, its former id redirects to the new one (308).",
            model=item_model(resource, resources),
            parameters=PARAMETERS,
            path_parameters=[id_parameter(resource)],
        ),
    )
    return router


def add_route(router: APIRouter, route: Route) -> None:
    """Add a route with the OpenAPI descriptions of its parameters."""
    parameters = [*route.path_parameters, *(parameter.openapi() for parameter in route.parameters)]
    router.add_api_route(
        route.path,
        route.handler,
        methods=["GET"],
        operation_id=route.name,
        name=route.name,
        summary=route.summary,
        description=route.description,
        response_model=None,
        responses={200: {"model": route.model} if route.model else {"content": route.content}},
        openapi_extra={"parameters": parameters} if parameters else None,
        route_class_override=RawQueryRoute,
    )


def no_route(request: Request) -> ProblemError:
    """404, with the path of a similar route if there is one."""
    detail = f"No route has the path {quoted(request.scope['path'])}; /v1 lists all routes of data."
    suggestion = _similar_path(request)
    hint = f" Did you mean {suggestion}?" if suggestion else ""
    return ProblemError(NOT_FOUND, f"{detail}{hint}")


def _similar_path(request: Request) -> str | None:
    """The same path without needless slashes or a prefix, or with the name of a list spelled
    right."""
    path: str = request.scope["path"]
    normalised = re.sub("/{2,}", "/", path).rstrip("/")
    _, version, rest = normalised.partition("/v1")
    for each in (normalised, f"{version}{rest}"):  # the latter is without a proxy's prefix
        if each != path and len(each) < _LONGEST_HINT and _is_route(request, each):
            return each
    names = dict(_list_paths(request))
    return names.get(nearest(_API_PREFIX.sub("", normalised).lstrip("/"), names) or "")


def _is_route(request: Request, path: str) -> bool:
    scope = {**request.scope, "path": path, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def _list_paths(request: Request) -> Iterator[tuple[str, str]]:
    """The last part of the path of each route without parameters below `/v1`, and its path."""
    for route in request.app.routes:
        if isinstance(route, RawQueryRoute) and "{" not in route.path:
            yield route.path.removeprefix("/v1/"), route.path


def id_parameter(resource: Resource) -> dict[str, Any]:
    """The OpenAPI description of the path parameter `id`."""
    schema = {"type": "string", "pattern": "^[a-z0-9-]+$", "minLength": 1, "maxLength": LONGEST_ID}
    description = f"Id of the {resource.kind}."
    return parameter_object("path", "id", description, schema, resource.example, required=True)
