"""Exports: the complete filtered result as CSV, NDJSON, iCalendar or Atom, streamed batch by batch.

Each batch is a short query that continues after the last row, so a slow client holds no database
connection. If the data are reloaded or a query fails, the server closes the connection without
the last chunk, so an incomplete export never looks complete.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import Select, func, literal, or_, select
from starlette.requests import Request

from app.api.context import AppContext
from app.api.matches import row_renderer
from app.api.responses import Parts, Result
from app.db import DatasetState, SqlStatement
from app.db.reader import Rows
from app.formats.format import FIRST_DAY, Feed, Format, Selection
from app.formats.registry import FORMATS, file_name
from app.problems.problems import Fault, ProblemError, refuse, unavailable
from app.query.list_query import ListQuery
from app.query.query_shape import Shape
from app.resources.resource import Resource
from app.sql.change_log import LOADS, change_times
from app.sql.statements import bound_values, page_statement
from app.sql.totals import total_statement
from app.sql.where import rows_clause

BATCH = 500
"""Rows of one query."""


def formats_of(resource: Resource) -> dict[str, Format]:
    """The export formats that a list offers."""
    return {
        name: format
        for name, format in FORMATS.items()
        if not format.dated_only or (resource.dated and resource.parent is None)
    }


def field_names(resource: Resource) -> tuple[str, ...]:
    """All names that `fields` takes, in any format."""
    with_additions = (resource.evidence,) if resource.evidence else ()
    names = (
        name
        for format in formats_of(resource).values()
        for name in format.columns(resource.row, with_additions)
    )
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Export:
    """One export of a query in a format."""

    query: ListQuery
    format: Format
    self_link: str
    context: AppContext

    async def result(self, request: Request) -> Result:
        """The export. Its first batch and its exact count are read before anything is sent."""
        self._refuse_unknown_fields()
        with ExitStack() as on_end:
            on_end.enter_context(self.context.exports.slot())
            statements = [*self._counts(), *([LOADS] if self.format.leaves_the_api else [])]
            snapshot = await self.context.reader.fetch(statements, heavy=True)
            dataset, results = snapshot.dataset, snapshot.results
            loads = results.pop()[0] if self.format.leaves_the_api else ("", "")
            matching, *omitted = [rows[0][0] for rows in results]
            total = self._exported_total(matching)
            if request.scope["state"]["is_head"]:
                parts = _empty_body()
            else:
                feed = replace(self._feed(dataset, total), updated=loads[1] or dataset.loaded_at)
                parts = await _with_first_part_made(
                    self._parts(dataset, feed, loads[0], on_end.pop_all())
                )
            headers = self._headers(dataset, total, *omitted)
            return Result(dataset, parts, {"self": self.self_link}, headers)

    def _feed(self, dataset: DatasetState, total: int) -> Feed:
        return Feed(
            title=self.query.resource.title,
            self_link=self.self_link,
            dataset_version=dataset.version,
            loaded_at=dataset.loaded_at,
            total=total,
            address=self.context.address,
        )

    def _exported_total(self, matching: int) -> int:
        """How many of the matching rows the export has: all, unless the query limits them."""
        rest = max(0, matching - (self.query.offset or 0))
        return min(rest, self.query.limit) if "limit" in self.query.values else rest

    def _refuse_unknown_fields(self) -> None:
        known = self.format.columns(self.query.resource.row, self._additions)
        faults = [
            Fault(
                "fields", "unknown-field",
                f"The {self.format.name} export of this list has no field {name!r}.", str(name),
                allowed=known,
            )
            for name in self.query.values.get("fields", ())
            if name not in known
        ]  # fmt: skip
        if faults:
            raise refuse(faults)

    @property
    def _additions(self) -> frozenset[str]:
        evidence = {self.query.resource.evidence or ""} if self.query.shape.evidence else set[str]()
        return frozenset(evidence | ({"match"} if self.query.has_match else set()))

    def _headers(
        self, dataset: DatasetState, total: int, omitted: int | None = None
    ) -> dict[str, str]:
        name = file_name(self.query.resource.path, dataset.version, self.format)
        headers = {
            "X-Total-Count": str(total),
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        return headers if omitted is None else {**headers, "X-Omitted-Rows": str(omitted)}

    def _counts(self) -> Iterator[SqlStatement]:
        """Statements for the number of rows and, if the format omits rows, for their number."""
        query, bound = self.query, bound_values(self.query)
        yield total_statement(query, bound, exact=True)
        if self.format.omits_startless:
            shape = query.list_shape
            key = (query.resource.path, "rows without a first day", shape)
            yield SqlStatement(key, partial(_startless_select, query.resource, shape), bound)

    async def _parts(
        self, dataset: DatasetState, feed: Feed, first_load: str, on_end: ExitStack
    ) -> Parts:
        times: dict[str, str] = {}
        feed = replace(feed, changed_at=times)
        selection = Selection(self.query.resource.row, self._fields(), self._additions)
        writer = self.format.writer(feed, selection)
        with on_end:
            head = writer.head()
            remaining = feed.total
            query, render = self.query, row_renderer(self.query)
            while remaining > 0:
                rows = await self._batch(dataset, query, min(remaining, BATCH))
                if self.format.leaves_the_api:
                    times.clear()
                    times.update(await self._change_times(dataset, rows, first_load))
                yield head + writer.part([render(row) for row in rows])
                head = b""
                remaining -= len(rows)
                query = query.after(rows[-1][: len(query.key_parts)])
            yield head + writer.tail()

    async def _change_times(
        self, dataset: DatasetState, rows: Rows, first_load: str
    ) -> Mapping[str, str]:
        """When each of the rows changed, by id. Rows that the log does not name are as they were
        when it began."""
        last = len(self.query.key_parts) - 1  # the id ends every sort
        ids: list[str] = [row[last] for row in rows]
        snapshot = await self.context.reader.fetch([change_times(ids, BATCH)], heavy=True)
        if snapshot.dataset != dataset:
            raise _reloaded()
        changed = dict.fromkeys(ids, first_load or dataset.loaded_at)
        return changed | dict(snapshot.results[0])

    def _fields(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.query.values.get("fields", ()))

    async def _batch(self, dataset: DatasetState, query: ListQuery, count: int) -> Rows:
        statement = page_statement(query, bound_values(query), count)
        snapshot = await self.context.reader.fetch([statement], heavy=True)
        if snapshot.dataset != dataset or not snapshot.results[0]:
            raise _reloaded()
        return snapshot.results[0]


def _reloaded() -> ProblemError:
    return unavailable("reloaded", "The data were reloaded during the export.")


def _startless_select(resource: Resource, shape: Shape) -> Select[*tuple[Any, ...]]:
    """The number of rows without a first day, or with one before AD 1."""
    columns = resource.table.c
    startless = or_(columns.date_earliest.is_(None), columns.date_first < literal(FIRST_DAY))
    return select(func.count()).where(rows_clause(resource, shape), startless)


async def _with_first_part_made(parts: Parts) -> Parts:
    """The same parts; the first one is made before this returns, so that its errors become a
    problem. Closing the new generator closes the old one."""
    resumed = _after_first_part(parts)
    await anext(resumed)
    return resumed


async def _after_first_part(parts: Parts) -> Parts:
    async with aclosing(parts):
        first = await anext(parts)
        yield b""  # `_with_first_part_made` takes this one: the first part is made now.
        yield first
        async for part in parts:
            yield part


async def _empty_body() -> Parts:
    """The empty body of an answer to HEAD."""
    yield b""
