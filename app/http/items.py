"""Item routes: one row, the words that prove it, and the lists that can be filtered by it."""

from functools import partial
from typing import Any

from sqlalchemy import Select, bindparam, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.data import Ask
from app.entries import FormerId, LinkCount, Rendering
from app.http.answers import (
    JSON,
    answer,
    current_dataset,
    etag,
    is_known,
    negotiated,
    not_modified,
    to_json,
)
from app.http.related import related_lists
from app.http.spliced import spliced
from app.http.state import Served
from app.links import with_query
from app.problems import NOT_FOUND, Fault, ProblemError, refuse
from app.query.common import expect_dataset
from app.query.parameters import read_parameters
from app.query.request import split_query
from app.resource import Resource, table_of

LONGEST_ID = 80


class ItemRoute:
    """Answers the item route of one resource."""

    def __init__(self, resource: Resource, resources: tuple[Resource, ...]) -> None:
        self.resource = resource
        self.path = f"/v1/{resource.path}"
        self.declared = {"expect_dataset": expect_dataset()}
        self.related = related_lists(resource.kind, resources)

    async def __call__(self, request: Request) -> Response:
        negotiated(request, (JSON,))
        served = Served.of(request)
        id = request.path_params["id"]
        values, faults = read_parameters(split_query(request.scope["query_string"]), self.declared)
        if faults:
            raise refuse(faults)
        expected = str(values["expect_dataset"][0]) if values else None
        dataset = await current_dataset(served.reader, expected)
        if len(id) > LONGEST_ID or "\0" in id:
            raise self._missing(id, None)
        canonical = {name: [str(value) for value in given] for name, given in values.items()}
        self_link = with_query(f"{self.path}/{id}", canonical)
        tag = etag(dataset, self_link)
        snapshot = await served.reader.fetch(self._asks(id))
        rows, counts = snapshot.results
        if not rows:
            return await self._elsewhere(served, id)
        if is_known(request, tag) and snapshot.dataset == dataset:
            return not_modified(dataset, tag)
        body, evidence = rows[0]
        row = spliced(body, {self.resource.evidence or "": evidence})
        dataset, tag = snapshot.dataset, etag(snapshot.dataset, self_link)
        meta = to_json({"dataset": {"version": dataset.version}})
        links = to_json({"self": self_link, **self._links(id, counts)})
        full = b'{"data":%b,"meta":%b,"links":%b}' % (row.encode(), meta, links)
        return answer(full, dataset, tag, {"self": self_link})

    def _asks(self, id: str) -> list[Ask]:
        values = {"id": id}
        return [
            Ask(("item", self.resource.path), partial(_row, self.resource), values),
            Ask(("link counts",), _counts, values),
        ]

    def _links(self, id: str, counts: list[tuple[Any, ...]]) -> dict[str, Any]:
        known = {(path, filter): count for path, filter, count in counts}
        return {
            each.key: {
                "href": f"/v1/{each.path}?{each.filter}={id}",
                "count": known.get((each.path, each.filter), 0),
            }
            for each in self.related
        }

    async def _elsewhere(self, served: Served, id: str) -> Response:
        """A renamed row's new address (308), or the problem that there is none."""
        asks = [Ask(("former id",), _former, {"id": id})]
        found = (await served.reader.fetch(asks)).results[0]
        if found:
            return RedirectResponse(f"{self.path}/{found[0][0]}", 308)
        suggestion = await served.directory.suggestion(id, (self.resource.kind,))
        raise self._missing(id, suggestion)

    def _missing(self, id: str, suggestion: str | None) -> ProblemError:
        hint = f" Did you mean {self.path}/{suggestion}?" if suggestion else ""
        detail = f"No {self.resource.kind} has the id {id[:LONGEST_ID]!r}.{hint}"
        fault = Fault("id", "unknown-id", detail, id, suggestion)
        return ProblemError(NOT_FOUND, detail, [fault])


def _row(resource: Resource) -> Select[str, str]:
    renderings = table_of(Rendering)
    own = resource.table
    return (
        select(renderings.c.body, renderings.c.evidence)
        .join_from(own, renderings, renderings.c.id == own.c.id)
        .where(own.c.id == bindparam("id"))
    )


def _counts() -> Select[str, str, int]:
    columns = table_of(LinkCount).c
    return select(columns.list, columns.filter, columns.count).where(
        columns.entry_id == bindparam("id")
    )


def _former() -> Select[str]:
    columns = table_of(FormerId).c
    return select(columns.entry_id).where(columns.id == bindparam("id"))
