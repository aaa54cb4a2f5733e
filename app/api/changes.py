"""`/v1/changes`: what loads have changed since a version of the dataset, each row once.

A client that mirrors the data needs one request: it has every row that was added or changed, whole,
and names every row that was removed.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.api.context import AppContext
from app.api.envelopes import DatasetMeta
from app.api.exports import BATCH
from app.api.negotiation import negotiated_format
from app.api.responses import CanonicalRequest, Parts, Result, respond
from app.api.routes import Route, add_route
from app.db import DatasetState
from app.formats.changes import CHANGE_FORMATS, ChangedRow, ChangesWriter
from app.formats.format import Feed
from app.links import with_query
from app.params.parameter import Parameter, read_parameters
from app.params.query_string import split_query
from app.params.types import OneOf, OpaqueToken
from app.problems.problems import NOT_FOUND, ProblemError, refuse, unavailable
from app.query.list_parameters import expect_dataset
from app.resources.registry import BY_KIND
from app.resources.rows import Hash, Link, RowLinks, of_form
from app.schema import Schema
from app.sql.change_log import count_changes, page_of_changes, positions

PATH = "/v1/changes"
PARAMETERS: Sequence[Parameter] = (
    Parameter(
        "since", OpaqueToken("^[0-9a-f]{16}$"),
        "The dataset version that you hold. Without it, all changes that the log knows.", "",
    ),
    Parameter("format", OneOf(tuple(CHANGE_FORMATS)), "JSON, or an export; or by `Accept`, but "
              "this wins.", "json", default="json"),
    expect_dataset(),
)  # fmt: skip
_DECLARED = {parameter.name: parameter for parameter in PARAMETERS}
_MEDIA_TYPES = {name: media_type for name, (media_type, _) in CHANGE_FORMATS.items()}
_Time = Annotated[str, of_form(format="date-time")]


class AnyRow(Schema):
    """A row of any kind. Besides these fields it has those of its kind, as its item route gives
    them."""

    kind: str
    """Its kind."""
    id: str
    """Its id."""
    name: str
    """Its name."""
    version: Hash
    """Its version."""
    links: RowLinks
    """The address of its item route."""


class ChangeItem(Schema):
    """A row that was added, changed or removed."""

    change: Literal["added", "changed", "removed"]
    """What happened to it, all loads since then together."""
    kind: str
    """Its kind."""
    id: str
    """Its id."""
    name: str
    """Its name."""
    version: Hash
    """Its version; of a removed row the last one."""
    loaded_at: _Time
    """When it changed last."""
    row: AnyRow | None
    """The row as its item route gives it, with its citations; null if it was removed."""


class LogPosition(Schema):
    """A load in the log."""

    version: Hash
    """The dataset that it loaded."""
    loaded_at: _Time
    """When it was loaded."""


class ChangesMeta(Schema):
    """Counts, and the part of the log."""

    total: int
    """Rows in this answer."""
    since: LogPosition
    """The load after which the changes come."""
    oldest: LogPosition
    """The first load that the log knows."""
    dataset: DatasetMeta


class ChangesLinks(Schema):
    """Links of the changes."""

    self: Link
    """The same again."""
    next: Link
    """Where to ask after the next load."""


class ChangesAnswer(Schema):
    """The rows that changed, each once, in the order of their last changes."""

    data: list[ChangeItem]
    """The rows."""
    meta: ChangesMeta
    links: ChangesLinks


def changes_router() -> APIRouter:
    """`/v1/changes`."""
    router = APIRouter(tags=["About"])
    add_route(
        router,
        Route(
            PATH,
            changes,
            name="listChanges",
            summary="What changed since a version of the dataset",
            description="Rows that loads have added, changed or removed, each once: with the whole "
            "row, or null for a removed one. The log begins with the first load of the database; "
            "an older or unknown version is 404. Take `meta.dataset.version` for the next request.",
            model=ChangesAnswer,
            parameters=PARAMETERS,
        ),
    )
    return router


async def changes(request: Request) -> Response:
    """The changes as JSON, NDJSON or Atom."""
    context: AppContext = request.app.state.context
    pairs = split_query(request.scope["query_string"])
    name = negotiated_format(request, pairs, _MEDIA_TYPES)
    values, faults = read_parameters(pairs, _DECLARED, (), context.lookups.examples)
    if faults:
        raise refuse(faults)
    given = {key: [str(each) for each in value] for key, value in values.items()}
    given = {**given, "format": [name]} if name != "json" else _without_format(given)
    self_link = with_query(PATH, dict(sorted(given.items())))
    version = str(values["since"][0]) if "since" in values else None
    expected = str(values["expect_dataset"][0]) if "expect_dataset" in values else None
    log = await Log.read(context, version)
    variant = f"{log.since[0]}-{log.last[0]}-{context.address.origin or ''}"
    canonical = CanonicalRequest(self_link, _MEDIA_TYPES[name], expected, variant)

    async def make() -> Result:
        with ExitStack() as until_sent:
            until_sent.enter_context(context.exports.slot())
            total = await log.total(context)
            parts = log.parts(context, name, self_link, total, until_sent.pop_all())
            if request.scope["state"]["is_head"]:
                await parts.aclose()
                parts = _nothing()
            return Result(log.dataset, parts, {"self": self_link}, {"X-Total-Count": str(total)})

    return await respond(request, canonical, make)


def _without_format(given: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: values for name, values in given.items() if name != "format"}


Load = tuple[int, str, str, int]
"""A load in the log: its number, its version, its time, the number of its last change."""


class Log:
    """The part of the log between two loads."""

    def __init__(self, dataset: DatasetState, first: Load, last: Load, since: Load) -> None:
        self.dataset = dataset
        self.first = first
        self.last = last
        self.since = since

    @classmethod
    async def read(cls, context: AppContext, version: str | None) -> "Log":
        """The log since a version; raises 404 if it does not know the version."""
        snapshot = await context.reader.fetch(positions(version))
        first, last, *named = [rows[0] if rows else None for rows in snapshot.results]
        if first is None or last is None:
            raise unavailable("not-loaded", "The log of changes is empty. Load the data again.")
        since = named[0] if named else first
        if since is None:
            detail = (
                f"The log knows no dataset version {version!r}. The oldest that it knows is "
                f"{first[1]!r}, loaded {first[2]}; fetch the whole data by /v1/download."
            )
            raise ProblemError(NOT_FOUND, detail)
        return cls(snapshot.dataset, _load(first), _load(last), _load(since))

    async def total(self, context: AppContext) -> int:
        counted = [count_changes(self.since[3], self.last[3])]
        snapshot = await context.reader.fetch(counted, heavy=True)
        self._refuse_reloaded(snapshot.dataset)
        return snapshot.results[0][0][0]

    async def parts(
        self, context: AppContext, name: str, self_link: str, total: int, until_sent: ExitStack
    ) -> Parts:
        """The body, batch by batch."""
        with until_sent:
            writer = self._writer(context, name, self_link, total)
            head, after, remaining = writer.head(), self.since[3], total
            while remaining > 0:
                most = min(BATCH, remaining)
                page = page_of_changes(self.since[3], self.last[3], after, most)
                snapshot = await context.reader.fetch([page], heavy=True)
                self._refuse_reloaded(snapshot.dataset)
                rows = snapshot.results[0]
                if not rows:
                    raise unavailable("reloaded", "The log ended before its last row.")
                changed = [_changed(*row) for row in rows]
                yield head + writer.part(changed)
                head, after, remaining = writer.separator, rows[-1][0], remaining - len(rows)
            yield (b"" if total else head) + writer.tail()

    def _writer(self, context: AppContext, name: str, self_link: str, total: int) -> ChangesWriter:
        feed = Feed(
            "Changes", self_link, self.dataset.version, self.dataset.loaded_at, total,
            context.address, updated=self.last[2],
        )  # fmt: skip
        following = {"since": [self.dataset.version]}
        if name != "json":
            following["format"] = [name]
        rest = {
            "meta": {
                "total": total,
                "since": {"version": self.since[1], "loaded_at": self.since[2]},
                "oldest": {"version": self.first[1], "loaded_at": self.first[2]},
                "dataset": {"version": self.dataset.version},
            },
            "links": {"self": self_link, "next": with_query(PATH, dict(sorted(following.items())))},
        }
        return CHANGE_FORMATS[name][1](feed, rest)

    def _refuse_reloaded(self, dataset: DatasetState) -> None:
        if dataset != self.dataset:
            raise unavailable("reloaded", "The data were reloaded while they were read.")


async def _nothing() -> Parts:
    """The empty body of an answer to HEAD."""
    yield b""


def _load(row: tuple[Any, ...]) -> Load:
    number, version, loaded_at, last_change = row
    return number, version, loaded_at, last_change


def _changed(
    _: int,
    change: str,
    kind: str,
    id: str,
    name: str,
    version: str,
    loaded_at: str,
    body: str | None,
    evidence: str | None,
) -> ChangedRow:
    """The change, with the row as its item route gives it."""
    row = body
    if body is not None and evidence is not None:
        row = f'{body[:-1]},"{BY_KIND[kind].evidence}":{evidence}}}'
    return ChangedRow(change, kind, id, name, version, loaded_at, row)
