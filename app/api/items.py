"""Item routes: one row with its citations, and links to the lists that can be filtered by it."""

from functools import partial
from typing import Any

from sqlalchemy import Select, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.api.context import AppContext
from app.api.headers import CACHING
from app.api.matches import with_additions
from app.api.related import related_lists
from app.api.responses import CanonicalRequest, Result, enveloped, respond, to_json
from app.api.simple_requests import canonical_request
from app.db import SqlStatement
from app.db.binds import bound
from app.db.reader import Rows
from app.problems.problems import NOT_FOUND, Fault, ProblemError
from app.resources.derived import LinkCount, Rendering
from app.resources.resource import Resource, table_of
from app.resources.shared import FormerId

LONGEST_ID = 80
_ID = bound("id")


class ItemRoute:
    """Answers the item route of one resource."""

    def __init__(self, resource: Resource, resources: tuple[Resource, ...]) -> None:
        self.resource = resource
        self.path = f"/v1/{resource.path}"
        self.related = related_lists(resource.kind, resources)

    async def __call__(self, request: Request) -> Response:
        canonical = canonical_request(request)
        return await respond(request, canonical, partial(self._result, request, canonical))

    async def _result(self, request: Request, canonical: CanonicalRequest) -> Result | Response:
        context: AppContext = request.app.state.context
        id = request.path_params["id"]
        if len(id) > LONGEST_ID:
            raise self._not_found(id, None)
        statement = SqlStatement(
            ("item", self.resource.path), partial(_row_select, self.resource), {_ID.key: id}
        )
        snapshot = await context.reader.fetch([statement])
        [rows] = snapshot.results
        if not rows:
            return await self._redirect_or_404(context, canonical, id)
        body, evidence, *_ = rows[0]
        row = with_additions(body, {self.resource.evidence or "": evidence}).encode()
        envelope = enveloped(row, snapshot.dataset, self._links(canonical, id, rows))
        return Result(snapshot.dataset, envelope, {"self": canonical.self_link})

    def _links(self, canonical: CanonicalRequest, id: str, rows: Rows) -> bytes:
        """The links as JSON. Names and ids have no characters that JSON escapes."""
        counts = {(path, filter): count for *_, path, filter, count in rows}
        related = "".join(
            [
                f',"{each.key}":{{"href":"/v1/{each.path}?{each.filter}={id}",'
                f'"count":{counts.get((each.path, each.filter), 0)}}}'
                for each in self.related
            ]
        )
        return b'{"self":%b%b}' % (to_json(canonical.self_link), related.encode())

    async def _redirect_or_404(
        self, context: AppContext, canonical: CanonicalRequest, id: str
    ) -> Response:
        """A redirect (308) from the former id of a renamed row, else a 404."""
        former = partial(_current_id_select, self.resource)
        statement = SqlStatement(("former id", self.resource.path), former, {_ID.key: id})
        snapshot = await context.reader.fetch([statement])
        if snapshot.results[0]:
            [(current,)] = snapshot.results[0]
            _, separator, query = canonical.self_link.partition("?")
            headers = {**CACHING, "X-Dataset-Version": snapshot.dataset.version}
            return RedirectResponse(f"{self.path}/{current}{separator}{query}", 308, headers)
        suggestion = await context.lookups.names.suggestion(id, (self.resource.kind,))
        raise self._not_found(id, suggestion)

    def _not_found(self, id: str, suggestion: str | None) -> ProblemError:
        hint = f" Did you mean {self.path}/{suggestion}?" if suggestion else ""
        detail = f"No {self.resource.kind} has the id {id[:LONGEST_ID]!r}.{hint}"
        fault = Fault("id", "unknown-id", detail, id, suggestion)
        return ProblemError(NOT_FOUND, detail, [fault])


def _row_select(resource: Resource) -> Select[*tuple[Any, ...]]:
    """The row as JSON with its evidence, once for each related list with its count."""
    renderings, counts, table = table_of(Rendering).c, table_of(LinkCount).c, resource.table
    return (
        select(renderings.body, renderings.evidence, counts.list, counts.filter, counts.count)
        .join_from(table, table_of(Rendering), renderings.render_rank == table.c.render_rank)
        .outerjoin(table_of(LinkCount), counts.entry_id == table.c.id)
        .where(table.c.id == _ID)
    )


def _current_id_select(resource: Resource) -> Select[str]:
    former, table = table_of(FormerId), resource.table
    return (
        select(table.c.id)
        .join_from(former, table, table.c.id == former.c.entry_id)
        .where(former.c.id == _ID)
    )
