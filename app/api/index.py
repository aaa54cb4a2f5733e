"""Routes about all data: the index, the coverage report, and the texts of documents."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter
from sqlalchemy import Select, func, literal, select, union_all
from starlette.requests import Request
from starlette.responses import Response

from app.about import LICENCE_URL, TITLE, cite_as
from app.api.context import AppContext
from app.api.envelopes import ItemMeta, SelfLink
from app.api.negotiation import JSON, TEXT
from app.api.responses import Result, enveloped, respond, to_json
from app.api.routes import Route, add_route, id_parameter
from app.api.simple_requests import PARAMETERS, canonical_request
from app.db import Snapshot, SqlStatement
from app.db.binds import bound
from app.problems.problems import NOT_FOUND, ProblemError
from app.resources.coverage import Coverage
from app.resources.derived import Dataset
from app.resources.documents import DOCUMENTS, Document
from app.resources.registry import WITH_DERIVED
from app.resources.resource import table_of
from app.resources.rows import Link, of_form
from app.schema import Schema

_ID = bound("id")


class ResourceLink(Schema):
    """A list of the API."""

    title: str
    """The name of its rows."""
    description: str
    """What is in it."""
    href: Link
    """The list."""
    count: int
    """Rows in it."""


class ApiIndex(Schema):
    """The lists of the API, and how to cite the data."""

    title: str
    """Name of the knowledge base."""
    resources: list[ResourceLink]
    """The lists, one for each kind of row."""
    loaded_at: Annotated[str, of_form(format="date-time")]
    """When the data were loaded, RFC 3339."""
    licence: Annotated[str, of_form(format="uri")]
    """The licence of the data."""
    attribution: list[str]
    """The authors of the documents."""
    cite_as: str
    """How to cite the knowledge base."""


class IndexAnswer(Schema):
    """The index of the API."""

    data: ApiIndex
    meta: ItemMeta
    links: SelfLink


class CoverageAnswer(Schema):
    """The coverage report."""

    data: Coverage
    meta: ItemMeta
    links: SelfLink


@dataclass(frozen=True)
class SimpleRoute:
    """Answers a route whose only query parameter is `expect_dataset`.

    `render` makes the `data` of the answer as JSON, or the complete body of another media type.
    `also` are media types under which the same body is offered, too. `leaves_the_api` says that its
    links are absolute if the service has a public address.
    """

    statements: Callable[[Request], list[SqlStatement]]
    render: Callable[[Request, Snapshot], bytes]
    media_type: str = JSON
    also: tuple[str, ...] = ()
    leaves_the_api: bool = False

    async def __call__(self, request: Request) -> Response:
        context: AppContext = request.app.state.context
        canonical = canonical_request(request, self.media_type, *self.also)
        if self.leaves_the_api:
            canonical = replace(canonical, variant=context.address.origin or "")

        async def make_result() -> Result:
            snapshot = await context.reader.fetch(self.statements(request))
            body = self.render(request, snapshot)
            if self.media_type == JSON:
                links = to_json({"self": canonical.self_link})
                body = enveloped(body, snapshot.dataset, links)
            return Result(snapshot.dataset, body, {"self": canonical.self_link})

        return await respond(request, canonical, make_result)


def index_router() -> APIRouter:
    """`/v1`, `/v1/coverage` and the text of a document."""
    router = APIRouter(tags=["About"])
    for route in _ROUTES:
        add_route(router, route)
    return router


def _index_statements(_: Request) -> list[SqlStatement]:
    return [
        SqlStatement("counts of all lists", all_counts, {}),
        SqlStatement("attributions", _attributions, {}),
    ]


def _render_index(_: Request, snapshot: Snapshot) -> bytes:
    counts = dict(tuple(row) for row in snapshot.results[0])
    dataset = snapshot.dataset
    index = ApiIndex(
        title=TITLE,
        resources=[
            ResourceLink(
                title=resource.title,
                description=resource.description,
                href=f"/v1/{resource.path}",
                count=counts[resource.path],
            )
            for resource in WITH_DERIVED
        ],
        loaded_at=dataset.loaded_at,
        licence=LICENCE_URL,
        attribution=[row[0] for row in snapshot.results[1]],
        cite_as=cite_as(dataset.version),
    )
    return to_json(index.model_dump())


def all_counts() -> Select[Any]:
    """A statement that yields the path and the number of rows of each list."""
    counts = [
        select(literal(resource.path), func.count()).select_from(resource.table)
        for resource in WITH_DERIVED
    ]
    return select(union_all(*counts).subquery())


def _attributions() -> Select[Any]:
    columns = table_of(Document).c
    return select(columns.attribution).order_by(columns.id)


def sources() -> Select[Any, Any, Any, Any, Any]:
    """A statement that yields id, name, address, licence and attribution of each document."""
    columns = table_of(Document).c
    own = (columns.id, columns.name, columns.url, columns.licence, columns.attribution)
    return select(*own).order_by(columns.id)


def _coverage_statements(_: Request) -> list[SqlStatement]:
    return [SqlStatement("coverage", lambda: select(table_of(Dataset).c.coverage), {})]


def _render_coverage(_: Request, snapshot: Snapshot) -> bytes:
    stored: str = snapshot.results[0][0][0]
    return stored.encode()


def _text_statements(request: Request) -> list[SqlStatement]:
    return [SqlStatement("text", _document_text, {_ID.key: request.path_params["id"]})]


def _render_text(request: Request, snapshot: Snapshot) -> bytes:
    if not snapshot.results[0]:
        detail = (
            f"No document has the id {request.path_params['id'][:80]!r}; /v1/documents lists all."
        )
        raise ProblemError(NOT_FOUND, detail)
    text: str = snapshot.results[0][0][0]
    return text.encode()


def _document_text() -> Select[Any]:
    columns = table_of(Document).c
    return select(columns.text).where(columns.id == _ID)


_ROUTES = (
    Route(
        "/v1",
        SimpleRoute(_index_statements, _render_index),
        name="getIndex",
        summary="All lists",
        description="All lists with their numbers of rows, the time of the load, the licence, and "
        "how to cite the data.",
        model=IndexAnswer,
        parameters=PARAMETERS,
    ),
    Route(
        "/v1/coverage",
        SimpleRoute(_coverage_statements, _render_coverage),
        name="getCoverage",
        summary="Coverage: which sentences are cited, and which are left out",
        description="What became of every passage of the documents, and of every date, number and "
        "quotation: cited by a row, or left out for a stated reason.",
        model=CoverageAnswer,
        parameters=PARAMETERS,
    ),
    Route(
        "/v1/documents/{id}/text",
        SimpleRoute(_text_statements, _render_text, TEXT),
        name="getDocumentText",
        summary="The text of a document",
        description="The source text. The offsets of citations count its Unicode code points.",
        parameters=PARAMETERS,
        path_parameters=[id_parameter(DOCUMENTS)],
    ),
)
