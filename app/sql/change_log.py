"""Statements about the log of changes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, and_, case, func, or_, select

from app.db import SqlStatement
from app.db.binds import bound, bound_each, values_of_each
from app.resources.change_log import Change, Load
from app.resources.derived import Rendering
from app.resources.resource import table_of
from app.resources.shared import Entry

REMOVED = "removed"
_AFTER, _SINCE, _UNTIL = (bound(name, BigInteger) for name in ("after", "since", "until"))
_VERSION = bound("version")
_MOST = bound("most", Integer)
"""Not the limit of lists: PostgreSQL plans their first pages apart."""
_LOADS = table_of(Load).c


def _first_and_last_load() -> Select[Any, Any]:
    return select(func.min(_LOADS.loaded_at), func.max(_LOADS.loaded_at))


LOADS = SqlStatement("first and last load", _first_and_last_load, {})
"""The times of the first and of the last load in the log."""


def change_times(ids: Sequence[str], most: int) -> SqlStatement:
    """A statement that yields the id and the time of the last change of rows that the log names.
    `most` is the greatest number of ids; fewer are filled up, so that there is one statement."""
    filled = [*ids, *[ids[-1]] * (most - len(ids))]

    def build() -> Select[Any, Any]:
        columns = table_of(Change).c
        named = columns.entry_id.in_(bound_each("id", most))
        found = select(columns.entry_id, func.max(columns.loaded_at)).where(named)
        return found.group_by(columns.entry_id)

    return SqlStatement(("times of changes", most), build, values_of_each("id", filled))


def positions(version: str | None) -> list[SqlStatement]:
    """Statements for the first and the last load of the log, and for the last load of a version:
    each yields (number, version, time, number of its last change)."""
    own = (_LOADS.number, _LOADS.version, _LOADS.loaded_at, _LOADS.last_change)
    first = SqlStatement("first load", lambda: select(*own).order_by(_LOADS.number).limit(1), {})
    last = SqlStatement(
        "last load", lambda: select(*own).order_by(_LOADS.number.desc()).limit(1), {}
    )
    if version is None:
        return [first, last]

    def named() -> Select[Any, Any, Any, Any]:
        found = select(*own).where(_LOADS.version == _VERSION)
        return found.order_by(_LOADS.number.desc()).limit(1)

    return [first, last, SqlStatement("load of a version", named, {_VERSION.key: version})]


def count_changes(since: int, until: int) -> SqlStatement:
    """A statement for the number of rows that differ between two positions of the log."""
    values = {_SINCE.key: since, _UNTIL.key: until}

    def build() -> Select[Any]:
        change = table_of(Change).alias("c")
        return select(func.count()).select_from(change).where(_is_last(change), _is_known(change))

    return SqlStatement("number of changes", build, values)


def page_of_changes(since: int, until: int, after: int, most: int) -> SqlStatement:
    """A statement for the changes between two positions of the log, each row once, after a number:
    (number, change, kind, id, name, version, time, row as JSON, citations as JSON)."""
    values = {_SINCE.key: since, _UNTIL.key: until, _AFTER.key: after, _MOST.key: most}
    return SqlStatement("changes", _page, values)


def _page() -> Select[*tuple[Any, ...]]:
    change = table_of(Change).alias("c")
    entry, rendered = table_of(Entry), table_of(Rendering)
    joined = change.outerjoin(
        entry, and_(entry.c.id == change.c.entry_id, change.c.change != REMOVED)
    ).outerjoin(rendered, rendered.c.render_rank == entry.c.render_rank)
    own = change.c
    net = case(
        (own.change == REMOVED, REMOVED), (_first(change) == "added", "added"), else_="changed"
    )
    columns: list[Any] = [
        own.number, net, own.kind, own.entry_id, own.name, own.version, own.loaded_at,
        rendered.c.body, rendered.c.evidence,
    ]  # fmt: skip
    found = select(*columns).select_from(joined)
    found = found.where(own.number > _AFTER, _is_last(change), _is_known(change))
    return found.order_by(own.number).limit(_MOST)


def _is_last(change: Any) -> ColumnElement[bool]:
    """Whether it is the last change of its row, between the two positions."""
    later = table_of(Change).alias("later")
    newer = select(later.c.number).where(
        later.c.entry_id == change.c.entry_id,
        later.c.number > change.c.number,
        later.c.number <= _UNTIL,
    )
    return and_(change.c.number > _SINCE, change.c.number <= _UNTIL, ~newer.exists())


def _first(change: Any) -> Any:
    """What the first change of the row was, after the first position."""
    earlier = table_of(Change).alias("earlier")
    found = select(earlier.c.change).where(
        earlier.c.entry_id == change.c.entry_id, earlier.c.number > _SINCE
    )
    return found.order_by(earlier.c.number).limit(1).scalar_subquery()


def _is_known(change: Any) -> ColumnElement[bool]:
    """Whether a client has to know it: a row that was added and removed again never was there."""
    return or_(change.c.change != REMOVED, _first(change) != "added")
