"""Routes: one class for all of them, one list and one item route for each resource."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.api.envelopes import item_model, page_model
from app.api.items import LONGEST_ID, ItemRoute
from app.api.lists import ListRoute
from app.api.simple_requests import PARAMETERS
from app.params.parameter import Parameter
from app.resources.resource import Resource

Answering = Callable[[Request], Awaitable[Response]]


class KnowledgeRoute(APIRoute):
    """A route whose answer is made by an object that reads the request itself.

    FastAPI matches and documents it; the raw query is read by the declaration of the resource,
    which is stricter and several times faster than a model of query parameters.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint


def list_router(resource: Resource) -> APIRouter:
    """The list route of a resource."""
    router = APIRouter(tags=[resource.title])
    listing = ListRoute(resource)
    add_route(
        router,
        listing.path,
        listing,
        name="search" if resource.only_searched else f"list{resource.plural}",
        summary="Search" if resource.only_searched else f"List {resource.title.lower()}",
        description=resource.description,
        model=page_model(resource),
        parameters=list(listing.parameters.declared.values()),
    )
    return router


def resource_router(resource: Resource, resources: tuple[Resource, ...]) -> APIRouter:
    """The list and the item route of a resource."""
    router = list_router(resource)
    item = ItemRoute(resource, resources)
    add_route(
        router,
        f"{item.path}/{{id}}",
        item,
        name=f"get{resource.model.__name__}",
        summary=f"Get one of the {resource.title.lower()}",
        description="The row with the words that prove it, and links to the lists that can be "
        "filtered by it. The former id of a renamed row leads to the new one (308).",
        model=item_model(resource, resources),
        parameters=PARAMETERS,
        path_parameters=[id_parameter(resource)],
    )
    return router


def add_route(
    router: APIRouter,
    path: str,
    answering: Answering,
    *,
    name: str,
    summary: str,
    description: str,
    model: type[BaseModel] | None = None,
    parameters: Sequence[Parameter] = (),
    path_parameters: Sequence[dict[str, Any]] = (),
) -> None:
    """Add a route that documents its parameters as they are declared."""
    shown = [*path_parameters, *(parameter.openapi() for parameter in parameters)]

    async def endpoint(request: Request) -> Response:
        return await answering(request)

    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        operation_id=name,
        name=name,
        summary=summary,
        description=description,
        response_model=None,
        responses={200: {"model": model}} if model else None,
        openapi_extra={"parameters": shown} if shown else None,
        route_class_override=KnowledgeRoute,
    )


def id_parameter(resource: Resource) -> dict[str, Any]:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": f"Id of the {resource.kind}.",
        "schema": {
            "type": "string",
            "pattern": "^[a-z0-9-]+$",
            "minLength": 1,
            "maxLength": LONGEST_ID,
        },
        "example": resource.example,
    }
