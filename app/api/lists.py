"""List routes: one page of rows, with totals and the links to other pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.context import AppContext
from app.api.exports import Export, field_names, formats_of
from app.api.matches import row_renderer
from app.api.negotiation import JSON, negotiated_format
from app.api.responses import CanonicalRequest, Result, respond, to_json
from app.db import DatasetState, Snapshot, SqlStatement
from app.db.reader import Rows
from app.formats.registry import FORMATS
from app.links import with_query
from app.params.parameter import Parameter
from app.params.query_string import split_query
from app.params.types import OneOf
from app.query.cursor import Cursor, Direction
from app.query.list_parameters import MAX_OFFSET, common_parameters
from app.query.list_query import ListQuery
from app.query.parse import ListParameters
from app.resources.resource import Resource
from app.sql.facets import FacetQuery, facets_of
from app.sql.statements import COUNTED, BoundValues, bound_values, page_statement
from app.sql.totals import totals_statement


class ListRoute:
    """Answers the list route of one resource."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.path = f"/v1/{resource.path}"
        self.parameters = ListParameters(
            resource, [*common_parameters(resource), *_export_parameters(resource)]
        )
        self.media_types = {
            "json": JSON,
            **{name: each.media_type for name, each in formats_of(resource).items()},
        }

    async def __call__(self, request: Request) -> Response:
        context: AppContext = request.app.state.context
        pairs = split_query(request.scope["query_string"])
        format_name = negotiated_format(request, pairs, self.media_types)
        query = await self.parameters.parse(pairs, context.lookups, format_name)
        request.state.period = query.period  # the pages read it here
        self_link = with_query(self.path, query.canonical)
        format = FORMATS.get(format_name)
        leaves = format is not None and format.leaves_the_api
        canonical = CanonicalRequest(
            self_link,
            self.media_types[format_name],
            query.expected_dataset,
            (context.address.origin or "") if leaves else "",
            is_timed=leaves,
        )
        if format:
            export = Export(query, format, self_link, context)
            return await respond(request, canonical, partial(export.result, request))
        return await respond(request, canonical, partial(self._page, context, query, self_link))

    async def _page(self, context: AppContext, query: ListQuery, self_link: str) -> Result:
        bound = bound_values(query)
        facets = facets_of(query, bound) if "facet" in query.values else []
        statements = _statements(query, bound)
        statements += [statement for facet in facets for statement in facet.statements]
        heavy = bool([facet for facet in facets if facet.is_heavy])
        snapshot = await context.reader.fetch(statements, heavy=heavy)
        page = fetched_page(query, snapshot, facets)
        if query.search and page.is_empty:
            suggestion = await context.suggestions.of(self.resource, query.search, snapshot.dataset)
            page = replace(page, suggestion=suggestion)
        links, headers = page.links(self.path, self_link), page.headers
        return Result(snapshot.dataset, page.body(links), links, headers)


def _export_parameters(resource: Resource) -> list[Parameter]:
    names = ("json", *formats_of(resource))
    return [
        Parameter("format", OneOf(names),
                  "JSON, or an export of all rows that match. It takes precedence over `Accept`.",
                  "json", default="json"),
        Parameter("fields", OneOf(field_names(resource)),
                  "Columns of CSV, or keys of NDJSON. `kind` and `id` are always included.", "name",
                  multiple=True, ordered=True, most=200),
    ]  # fmt: skip


def _statements(query: ListQuery, bound: BoundValues) -> list[SqlStatement]:
    """Statements for the rows of the page unless `limit` is 0, and for its totals unless `count` is
    `none`."""
    statements: list[SqlStatement] = []
    if query.limit:
        statements.append(page_statement(query, bound, query.limit + 1))
    if query.count != "none":
        statements.append(totals_statement(query, bound, exact=query.count == "exact"))
    return statements


@dataclass(frozen=True)
class FetchedPage:
    """The fetched rows, counts and facets of one page."""

    query: ListQuery
    dataset: DatasetState
    rows: Rows
    """The rows in the order of the list."""
    has_more: bool
    """Whether there are more rows in the direction of the page."""
    total: int | None
    """How many rows the list has; more than `COUNTED` if `is_capped`."""
    undated: int | None
    is_capped: bool
    """Whether counting stopped above `COUNTED` rows."""
    facets: dict[str, Any] | None
    suggestion: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the query finds no row."""
        if self.total is not None:
            return self.total == 0
        return bool(self.query.limit) and not (self.rows or self.query.cursor or self.query.offset)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that only pages have: the exact total."""
        is_exact = self.total is not None and not self.is_capped
        return {"X-Total-Count": str(self.total)} if is_exact else {}

    def body(self, links: dict[str, str | None]) -> bytes:
        rows = ",".join(map(row_renderer(self.query), self.rows)).encode()
        rest = to_json({"meta": self._meta(), "links": links, "facets": self.facets})
        return b'{"data":[%b],%b' % (rows, rest[1:])

    def _meta(self) -> dict[str, Any]:
        query, cursor, version = self.query, self.query.cursor, self.dataset.version
        relation = "gte" if self.is_capped else "eq"
        undated = self.undated
        return {
            "total": COUNTED if self.is_capped else self.total,
            "total_relation": None if self.total is None else relation,
            "returned": len(self.rows),
            "limit": query.limit,
            "undated": min(undated, COUNTED) if undated and query.count == "auto" else undated,
            "suggestion": self.suggestion,
            "dataset": {
                "version": version,
                "changed_since_cursor": cursor and cursor.dataset != version,
            },
            "query": query.echo,
        }

    def links(self, path: str, self_link: str) -> dict[str, str | None]:
        """Links to this page, the first one and its neighbours."""
        query = self.query
        first = {n: v for n, v in query.canonical.items() if n not in ("cursor", "offset")}
        is_first = len(first) == len(query.canonical)
        previous = following = None
        if query.limit:
            uses_cursor = query.offset is None
            neighbours = self._cursor_neighbours() if uses_cursor else self._offset_neighbours()
            previous, following = neighbours
        return {
            "self": self_link,
            "first": self_link if is_first else with_query(path, first),
            "prev": with_query(path, _sorted_by_name(first | previous)) if previous else None,
            "next": with_query(path, _sorted_by_name(first | following)) if following else None,
        }

    def _cursor_neighbours(self) -> tuple[dict[str, list[str]] | None, dict[str, list[str]] | None]:
        cursor, rows = self.query.cursor, self.rows
        if not rows:
            return None, None
        has_cursor = cursor is not None
        is_backward = cursor is not None and cursor.direction == "before"
        # There are rows on the side that the cursor comes from.
        earlier, later = (self.has_more, has_cursor) if is_backward else (has_cursor, self.has_more)
        return (
            self._cursor_at("before", rows[0]) if earlier else None,
            self._cursor_at("after", rows[-1]) if later else None,
        )

    def _offset_neighbours(self) -> tuple[dict[str, list[str]] | None, dict[str, list[str]] | None]:
        offset, limit = self.query.offset or 0, self.query.limit
        previous = self._previous_offset(offset, limit)
        if not self.has_more:
            return previous, None
        if offset + limit > MAX_OFFSET:
            return previous, self._cursor_at("after", self.rows[-1])
        return previous, {"offset": [str(offset + limit)]}

    def _previous_offset(self, offset: int, limit: int) -> dict[str, list[str]] | None:
        """The offset of the page before this one. After the end of the list, it is the offset of
        the last page with rows; None if the total is not known."""
        if not self.rows:
            rows = self.total or 0
            return {"offset": [str((rows - 1) // limit * limit)]} if rows else None
        return {"offset": [str(max(0, offset - limit))]} if offset else None

    def _cursor_at(self, direction: Direction, row: tuple[Any, ...]) -> dict[str, list[str]]:
        key = tuple(row[: len(self.query.key_parts)])
        cursor = Cursor(direction, self.query.identity, self.dataset.version, key)
        return {"cursor": [cursor.encode()]}


def fetched_page(query: ListQuery, snapshot: Snapshot, facets: Sequence[FacetQuery]) -> FetchedPage:
    """The page from the results of its statements: its rows and one more, counts, facets."""
    results = iter(snapshot.results)
    rows_and_one = next(results) if query.limit else []
    rows = rows_and_one[: query.limit]
    counts = next(results)[0] if query.count != "none" else ()
    total, undated = (*counts, None, None)[:2]
    return FetchedPage(
        query=query,
        dataset=snapshot.dataset,
        rows=rows[::-1] if query.shape.direction == "before" else rows,
        has_more=len(rows_and_one) > query.limit,
        total=total,
        undated=undated,
        is_capped=query.count == "auto" and total is not None and total > COUNTED,
        facets=_facet_answers(query, facets, results) if facets else None,
    )


def _facet_answers(
    query: ListQuery, facets: Sequence[FacetQuery], results: Iterator[Rows]
) -> dict[str, Any]:
    path = f"/v1/{query.resource.path}"
    return {
        facet.name: facet.answer(path, list(islice(results, len(facet.statements))))
        for facet in facets
    }


def _sorted_by_name(canonical: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: canonical[name] for name in sorted(canonical)}
