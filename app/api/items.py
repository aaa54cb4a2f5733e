"""Item routes: one row, the words that prove it, and the lists that can be filtered by it."""

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
        asked = canonical_request(request)
        return await respond(request, asked, partial(self._produced, request, asked))

    async def _produced(self, request: Request, asked: CanonicalRequest) -> Result | Response:
        context: AppContext = request.app.state.context
        id = request.path_params["id"]
        if len(id) > LONGEST_ID:
            raise self._missing(id, None)
        ask = SqlStatement(
            ("item", self.resource.path), partial(_row, self.resource), {_ID.key: id}
        )
        snapshot = await context.reader.fetch([ask])
        [rows] = snapshot.results
        if not rows:
            return await self._elsewhere(context, asked, id)
        body, evidence, *_ = rows[0]
        row = with_additions(body, {self.resource.evidence or "": evidence}).encode()
        full = enveloped(row, snapshot.dataset, self._links(asked, id, rows))
        return Result(snapshot.dataset, full, {"self": asked.self_link})

    def _links(self, asked: CanonicalRequest, id: str, rows: Rows) -> bytes:
        """The links as JSON; names and ids are of characters that stand there as they are."""
        known = {(path, filter): count for *_, path, filter, count in rows}
        related = "".join(
            [
                f',"{each.key}":{{"href":"/v1/{each.path}?{each.filter}={id}",'
                f'"count":{known.get((each.path, each.filter), 0)}}}'
                for each in self.related
            ]
        )
        return b'{"self":%b%b}' % (to_json(asked.self_link), related.encode())

    async def _elsewhere(self, context: AppContext, asked: CanonicalRequest, id: str) -> Response:
        """A renamed row's new address (308), or the problem that there is none."""
        former = partial(_former, self.resource)
        ask = SqlStatement(("former id", self.resource.path), former, {_ID.key: id})
        snapshot = await context.reader.fetch([ask])
        if snapshot.results[0]:
            [(present,)] = snapshot.results[0]
            _, mark, query = asked.self_link.partition("?")
            headers = {**CACHING, "X-Dataset-Version": snapshot.dataset.version}
            return RedirectResponse(f"{self.path}/{present}{mark}{query}", 308, headers)
        suggestion = await context.lookups.names.suggestion(id, (self.resource.kind,))
        raise self._missing(id, suggestion)

    def _missing(self, id: str, suggestion: str | None) -> ProblemError:
        hint = f" Did you mean {self.path}/{suggestion}?" if suggestion else ""
        detail = f"No {self.resource.kind} has the id {id[:LONGEST_ID]!r}.{hint}"
        fault = Fault("id", "unknown-id", detail, id, suggestion)
        return ProblemError(NOT_FOUND, detail, [fault])


def _row(resource: Resource) -> Select[*tuple[Any, ...]]:
    """The row as JSON, and its evidence; as often as there are counts of lists that name it."""
    renderings, counts, own = table_of(Rendering).c, table_of(LinkCount).c, resource.table
    return (
        select(renderings.body, renderings.evidence, counts.list, counts.filter, counts.count)
        .join_from(own, table_of(Rendering), renderings.place == own.c.place)
        .outerjoin(table_of(LinkCount), counts.entry_id == own.c.id)
        .where(own.c.id == _ID)
    )


def _former(resource: Resource) -> Select[str]:
    former, own = table_of(FormerId), resource.table
    return (
        select(own.c.id)
        .join_from(former, own, own.c.id == former.c.entry_id)
        .where(former.c.id == _ID)
    )
