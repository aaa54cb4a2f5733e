"""Statistics: the rows of a list counted by one to three dimensions, as JSON or CSV."""

import csv
import io
from collections.abc import Sequence
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.context import AppContext
from app.api.envelopes import DatasetMeta, SelfLink
from app.api.negotiation import JSON, negotiated_format
from app.api.responses import CanonicalRequest, Result, respond, to_json
from app.api.routes import Route, add_route
from app.db import Snapshot, SqlStatement
from app.db.reader import Rows
from app.links import with_query
from app.params.parameter import Parameter
from app.params.query_string import split_query
from app.params.types import Integer, OneOf
from app.query.dimensions import Dimension, dimensions
from app.query.list_parameters import date_parameters, expect_dataset, search_parameters
from app.query.list_query import ListQuery
from app.query.parse import ListParameters
from app.resources.lists import LISTS
from app.resources.resource import Resource
from app.schema import Schema
from app.sql.counting import counting_select, left_out_select
from app.sql.statements import BoundValues, bound_values
from app.sql.tallied_facets import calendar_bounds
from app.sql.tallies import calendar_select, left_out_tallies
from app.sql.totals import totals_statement

FORMATS = {"json": JSON, "csv": "text/csv; charset=utf-8"}
DEFAULT_GROUPS = 1_000
MAX_GROUPS = 10_000
MOST_DIMENSIONS = 3


class GroupValue(Schema):
    """A value that the rows of a group have."""

    by: str
    """The dimension."""
    value: str
    """The value as the filter takes it."""
    label: str
    """Its name for people."""


class Group(Schema):
    """Rows that have the same values."""

    values: list[GroupValue]
    """One for each dimension, in the order of `by`."""
    count: int
    """Rows that have these values."""


class PairGroup(Group):
    """Pairs of actors that have the same values."""

    events: int
    """Different events of these pairs."""


class StatsMeta(Schema):
    """Counts, and the query."""

    total: int
    """Rows that the filters find. A row with several values is in several groups. A row in no group
    is counted in one of `undated`, `imprecise` and `missing`."""
    undated: int
    """Rows without a date. With a period, they are not in `total`."""
    imprecise: int
    """Dated rows that lie in no bucket of the calendar."""
    missing: int
    """Other rows without a value of one of the dimensions."""
    groups: int
    """Groups in this answer."""
    truncated: bool
    """Whether there are more groups than `limit`."""
    dataset: DatasetMeta
    query: dict[str, str | list[str]]
    """The query in canonical form; `links.self` repeats it."""


class Stats(Schema):
    """Counts of rows by one to three dimensions, largest first. A group without rows is not listed,
    because the silence of the document is no zero."""

    data: list[Group]
    """The groups."""
    meta: StatsMeta
    links: SelfLink


class PairStats(Stats):
    """Counts of pairs of actors by one to three dimensions, largest first."""

    data: list[PairGroup]  # pyright: ignore[reportIncompatibleVariableOverride]
    """The groups."""


class StatsRoute:
    """Answers `/v1/stats/{list}` for one resource."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.path = f"/v1/stats/{resource.path}"
        self.dimensions = dimensions(resource)
        self.counts_pairs = resource.parent is not None
        self.parameters = ListParameters(resource, self._common())

    def _common(self) -> list[Parameter]:
        names = tuple(self.dimensions)
        return [
            *search_parameters(self.resource),
            *date_parameters(self.resource),
            Parameter("by", OneOf(names), "One to three dimensions to count by.", names[0],
                      multiple=True, ordered=True, required=True, most=MOST_DIMENSIONS),
            Parameter("limit", Integer(1, MAX_GROUPS), "Most groups in the answer, largest first.",
                      DEFAULT_GROUPS, default=DEFAULT_GROUPS),
            Parameter("format", OneOf(tuple(FORMATS)),
                      "JSON, or CSV with a line for each group. It takes precedence over `Accept`.",
                      "json", default="json"),
            expect_dataset(),
        ]  # fmt: skip

    async def __call__(self, request: Request) -> Response:
        context: AppContext = request.app.state.context
        pairs = split_query(request.scope["query_string"])
        format = negotiated_format(request, pairs, FORMATS)
        query = await self.parameters.parse(pairs, context.lookups, format)
        self_link = with_query(self.path, query.canonical)

        async def make_result() -> Result:
            snapshot = await context.reader.fetch(self._statements(query), heavy=True)
            body = (self._csv if format == "csv" else self._json)(query, snapshot)
            return Result(snapshot.dataset, body, {"self": self_link})

        canonical = CanonicalRequest(self_link, FORMATS[format], query.expected_dataset)
        return await respond(request, canonical, make_result)

    def _dimensions(self, query: ListQuery) -> tuple[Dimension, ...]:
        return tuple(self.dimensions[str(name)] for name in query.values["by"])

    def _limit(self, query: ListQuery) -> int:
        return int(query.values.get("limit", (DEFAULT_GROUPS,))[0])

    def _statements(self, query: ListQuery) -> list[SqlStatement]:
        bound = bound_values(query)
        return [
            self._groups_statement(query, bound),
            totals_statement(query, bound, exact=True),
            self._left_out_statement(query, bound),
        ]

    def _groups_statement(self, query: ListQuery, bound: BoundValues) -> SqlStatement:
        by, shape, limit = self._dimensions(query), query.list_shape, self._limit(query)
        key = (self.resource.path, "stats", tuple(each.name for each in by), limit)
        bounds = calendar_bounds(query, by)
        if bounds is None:
            build = partial(
                counting_select, self.resource, by, shape, limit, with_parents=self.counts_pairs
            )
            return SqlStatement((*key, shape), build, bound)
        bounded = bool(bounds)
        build = partial(calendar_select, self.resource, by, limit, bounded=bounded)
        return SqlStatement((*key, "tallied", bounded), build, bounds)

    def _left_out_statement(self, query: ListQuery, bound: BoundValues) -> SqlStatement:
        """The statement for the rows in no group."""
        by, shape = self._dimensions(query), query.list_shape
        key = (self.resource.path, "left out", tuple(each.name for each in by))
        if calendar_bounds(query, by) == {}:
            return SqlStatement((*key, "tallied"), partial(left_out_tallies, self.resource, by), {})
        return SqlStatement(
            (*key, shape), partial(left_out_select, self.resource, by, shape), bound
        )

    def _groups(self, query: ListQuery, fetched: Rows) -> list[Group]:
        by = self._dimensions(query)
        return [
            self._group(
                values=[
                    GroupValue(
                        by=each.name, value=each.value(row[2 * index]),
                        label=each.label(row[2 * index], row[2 * index + 1]),
                    )
                    for index, each in enumerate(by)
                ],
                counts=row[2 * len(by) :],
            )
            for row in fetched[: self._limit(query)]
        ]  # fmt: skip

    def _group(self, values: list[GroupValue], counts: Sequence[int]) -> Group:
        if not self.counts_pairs:
            return Group(values=values, count=counts[0])
        return PairGroup(values=values, count=counts[0], events=counts[1])

    def _json(self, query: ListQuery, snapshot: Snapshot) -> bytes:
        fetched, [(total, *undated)], [left_out] = snapshot.results
        groups = self._groups(query, fetched)
        answer = Stats(
            data=groups,
            meta=StatsMeta(
                total=total,
                undated=undated[0] if undated else left_out[0],
                imprecise=left_out[1],
                missing=left_out[2],
                groups=len(groups),
                truncated=len(fetched) > len(groups),
                dataset=DatasetMeta(version=snapshot.dataset.version),
                query=query.echo,
            ),
            links=SelfLink(self=with_query(self.path, query.canonical)),
        )
        return to_json(answer.model_dump(serialize_as_any=True))

    def _csv(self, query: ListQuery, snapshot: Snapshot) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text)
        names = [dimension.name for dimension in self._dimensions(query)]
        counts = ["count", "events"] if self.counts_pairs else ["count"]
        writer.writerow([*(part for name in names for part in (name, f"{name}_label")), *counts])
        for group in self._groups(query, snapshot.results[0]):
            values = [part for each in group.values for part in (each.value, each.label)]
            writer.writerow([*values, *(getattr(group, name) for name in counts)])
        return b"\xef\xbb\xbf" + text.getvalue().encode()


def stats_router() -> APIRouter:
    """`/v1/stats/{list}` for every list that has dimensions."""
    router = APIRouter(tags=["Statistics"])
    for resource in LISTS:
        if dimensions(resource):
            add_route(router, _route(resource))
    return router


def _route(resource: Resource) -> Route:
    handler, title = StatsRoute(resource), resource.title.lower()
    return Route(
        handler.path,
        handler,
        name=f"count{resource.plural}",
        summary=f"Count {title}",
        description=f"Counts {title} by one to three dimensions. It takes all filters of their "
        "list.",
        model=PairStats if handler.counts_pairs else Stats,
        parameters=list(handler.parameters.declared.values()),
    )
