"""List routes: one page of rows, with totals and the links to go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.context import Served
from app.api.exports import Export, field_names, formats_of
from app.api.matches import splicer
from app.api.negotiation import JSON, chosen_format
from app.api.responses import Asked, Produced, answered, to_json
from app.db import Ask, DatasetState, Snapshot
from app.db.binds import of_page
from app.db.reader import Fetched
from app.formats import FORMATS, Format
from app.links import with_query
from app.params.parameter import Parameter, Values
from app.params.query_string import split_query
from app.params.types import OneOf
from app.problems.problems import Fault
from app.query.common import MOST_OFFSET, MOST_ROWS, common_parameters
from app.query.cursor import Cursor, Direction
from app.query.list_query import ListQuery
from app.query.parse import ListParameters
from app.resources.resource import Resource
from app.sql.bound_values import BoundValues, bound_values
from app.sql.facets import Facet, facets_of
from app.sql.statements import COUNTED, page_ask
from app.sql.totals import totals_ask


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
        served = Served.of(request)
        pairs = split_query(request.scope["query_string"])
        name = chosen_format(request, pairs, self.media_types)
        format = FORMATS.get(name)
        misplaced = partial(_misplaced, format)
        query = await self.parameters.parse(pairs, served.lookups, name, misplaced)
        self_link = with_query(self.path, query.canonical)
        asked = Asked(self_link, self.media_types[name], query.expected_dataset)
        if format:
            export = Export(query, format, self_link, served)
            return await answered(request, asked, partial(export.produced, request))
        return await answered(request, asked, partial(self._page, served, query, self_link))

    async def _page(self, served: Served, query: ListQuery, self_link: str) -> Produced:
        bound = bound_values(query)
        facets = facets_of(query, bound)
        asks = [*_asks(query, bound), *(ask for facet in facets for ask in facet.asks)]
        heavy = any(facet.is_heavy for facet in facets)
        snapshot = await served.reader.fetch(asks, heavy=heavy)
        page = Page(query, snapshot, facets)
        if query.search and page.is_without_rows:
            meant = await served.suggestions.of(self.resource, query.search, snapshot.dataset)
            page = replace(page, suggestion=meant)
        links = page.links(self.path, self_link)
        return Produced(snapshot.dataset, page.body(links), links, page.headers)


def _export_parameters(resource: Resource) -> list[Parameter]:
    names = ("json", *formats_of(resource))
    return [
        Parameter("format", OneOf(names),
                  "JSON, or an export of the whole result; or by `Accept`, but this wins.", "json",
                  default="json"),
        Parameter("fields", OneOf(field_names(resource)),
                  "Columns of CSV, keys of NDJSON; `kind` and `id` always.", "name", many=True,
                  ordered=True, most=200),
    ]  # fmt: skip


def _misplaced(format: Format | None, values: Values) -> list[Fault]:
    """Parameters that do not go with the format of the answer."""
    if format is None:
        limit = int(values.get("limit", (0,))[0])
        message = "JSON rows are always whole; 'fields' goes with format=csv and format=ndjson."
        faults = [Fault("fields", "exclusive", message)] if "fields" in values else []
        if limit > MOST_ROWS:
            message = f"{limit} is out of range; give 0 to {MOST_ROWS}, or export with format=csv."
            faults.append(Fault("limit", "out-of-range", message, str(limit), expressible=True))
        return faults
    return [
        Fault(name, "exclusive", f"{name!r} is for pages; an export has the whole result.")
        for name in ("cursor", "facet", "facet_limit", "count")
        if name in values
    ]


def _asks(query: ListQuery, bound: BoundValues) -> list[Ask]:
    """The page, and the total with the number of undated rows, as far as they are asked for."""
    asks: list[Ask] = []
    if query.limit:
        paged = {**bound, **of_page(query.limit + 1, query.offset)}
        asks.append(page_ask(query.resource, query.shape, paged))
    if query.count != "none":
        asks.append(totals_ask(query, bound, exact=query.count == "exact"))
    return asks


@dataclass(frozen=True)
class Page:
    """One page of a list, as fetched."""

    query: ListQuery
    snapshot: Snapshot
    facets: Sequence[Facet]
    suggestion: str | None = None

    @cached_property
    def rows(self) -> Fetched:
        """The rows in the order of the list, without the one that only tells of more."""
        if not self.query.limit:
            return []
        rows = self.snapshot.results[0][: self.query.limit]
        return rows[::-1] if self._backward else rows

    @property
    def _backward(self) -> bool:
        return self.query.cursor is not None and self.query.cursor.direction == "before"

    @property
    def _has_more(self) -> bool:
        return bool(self.query.limit) and len(self.snapshot.results[0]) > self.query.limit

    @property
    def is_without_rows(self) -> bool:
        """Whether no row at all is what the query asks for, as far as it was counted."""
        counts = self._counts()
        if counts:
            return counts[0] == 0
        return bool(self.query.limit) and not (self.rows or self.query.cursor or self.query.offset)

    @property
    def headers(self) -> dict[str, str]:
        """Those of this page alone."""
        counts = self._counts()
        return {"X-Total-Count": str(counts[0])} if counts and not self._is_capped else {}

    @property
    def _is_capped(self) -> bool:
        """Whether rows were counted only as far as it is known that there are more."""
        counts = self._counts()
        return self.query.count == "auto" and bool(counts) and counts[0] > COUNTED

    def body(self, links: dict[str, str | None]) -> bytes:
        rows = ",".join(map(splicer(self.query), self.rows)).encode()
        meta, found, facets = to_json(self._meta()), to_json(links), to_json(self._facets())
        return b'{"data":[%b],"meta":%b,"links":%b,"facets":%b}' % (rows, meta, found, facets)

    def _facets(self) -> dict[str, Any] | None:
        if not self.facets:
            return None
        path = f"/v1/{self.query.resource.path}"
        asked = sum(len(facet.asks) for facet in self.facets)
        results = iter(self.snapshot.results[-asked:])
        return {
            facet.name: facet.answer(path, list(islice(results, len(facet.asks))))
            for facet in self.facets
        }

    def _meta(self) -> dict[str, Any]:
        query = self.query
        counts = self._counts()
        total, undated = (*counts, None, None)[:2]
        return {
            "total": COUNTED if self._is_capped else total,
            "total_relation": None if total is None else "gte" if self._is_capped else "eq",
            "returned": len(self.rows),
            "limit": query.limit,
            "undated": min(undated, COUNTED) if undated and query.count == "auto" else undated,
            "suggestion": self.suggestion,
            "dataset": self._dataset(self.snapshot.dataset),
            "query": query.echo,
        }

    def _counts(self) -> tuple[int, ...]:
        """The total and the number of undated rows, as far as they were asked for."""
        if self.query.count == "none":
            return ()
        [counts] = self.snapshot.results[bool(self.query.limit)]
        return counts

    def _dataset(self, dataset: DatasetState) -> dict[str, Any]:
        changed = self.query.cursor and self.query.cursor.dataset != dataset.version
        return {"version": dataset.version, "changed_since_cursor": changed}

    def links(self, path: str, self_link: str) -> dict[str, str | None]:
        """Links to this page, the first one and its neighbours."""
        query = self.query
        first = {n: v for n, v in query.canonical.items() if n not in ("cursor", "offset")}
        is_first = len(first) == len(query.canonical)
        previous, following = self._by_offset() if query.offset is not None else self._by_cursor()
        if not query.limit:
            previous = following = None
        return {
            "self": self_link,
            "first": self_link if is_first else with_query(path, first),
            "prev": with_query(path, _sorted(first | previous)) if previous else None,
            "next": with_query(path, _sorted(first | following)) if following else None,
        }

    def _by_cursor(self) -> tuple[dict[str, list[str]] | None, dict[str, list[str]] | None]:
        came = self.query.cursor is not None
        earlier = self._has_more if self._backward else came
        later = came if self._backward else self._has_more
        rows = self.rows
        if not rows:
            return None, None
        return (
            self._cursor("before", rows[0]) if earlier else None,
            self._cursor("after", rows[-1]) if later else None,
        )

    def _by_offset(self) -> tuple[dict[str, list[str]] | None, dict[str, list[str]] | None]:
        offset, limit = self.query.offset or 0, self.query.limit
        previous = {"offset": [str(max(0, offset - limit))]} if offset else None
        if not self._has_more:
            return previous, None
        if offset + limit > MOST_OFFSET:
            return previous, self._cursor("after", self.rows[-1])
        return previous, {"offset": [str(offset + limit)]}

    def _cursor(self, direction: Direction, row: tuple[Any, ...]) -> dict[str, list[str]]:
        key = tuple(row[: len(self.query.key_parts)])
        cursor = Cursor(direction, self.query.identity, self.snapshot.dataset.version, key)
        return {"cursor": [cursor.encode()]}


def _sorted(canonical: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: canonical[name] for name in sorted(canonical)}
