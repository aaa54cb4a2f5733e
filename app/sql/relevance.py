"""Search by relevance: the hits of a search, streamed from the index of words.

The index yields hits in the order of their ordinals, which is the order of the rows. A page reads
one tier after the other, and stops when it is full. So the cost of a page depends on its number of
rows, not on the number of hits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    case,
    func,
    literal,
    not_,
    select,
    true,
    union_all,
)

from app.db.binds import LIMIT, OFFSET, bind_name, bound
from app.params.types import Scalar
from app.query.cursor import Cursor, Direction
from app.query.query_shape import Shape
from app.resources.columns import Key
from app.resources.derived import SearchRow
from app.resources.resource import Resource, table_of
from app.resources.searched_texts import ALIASES
from app.search.ordinals import AFTER_ALL, BEFORE_ALL, POSITION_SHIFT, first_at
from app.sql.by_database import either
from app.sql.fulltext import (
    ALL,
    ARE_FEW,
    ORDINAL,
    TIERS,
    FewHits,
    matching,
    matching_few,
    matching_many,
    tiered_few,
)
from app.sql.keyset import ROWS_TO_READ
from app.sql.where import rows_clause


def hit_keys(resource: Resource, shape: Shape) -> Select[Any]:
    """The sort keys, render ranks and ordinals of `limit` hits from the cursor or offset."""
    streamed = _concatenated(resource, shape, _streamed(resource, shape))
    probed = _concatenated(resource, shape, _probed(resource, shape))
    page = either(sqlite=streamed, postgresql=probed, name="page")
    return select(*page.c)


def few_hit_keys(few: FewHits, resource: Resource, shape: Shape) -> Select[Any]:
    """The same in PostgreSQL for a search with few hits; no rows if there are many hits."""
    *better, last = _tiers(resource)
    hits = tiered_few(few, resource, better, last)
    starts = {tier: _start(tier) for tier in better}
    start = case(starts, value=hits.c.tier, else_=_start(last)) if starts else _start(last)
    rows = _hits_from_cursor(resource, shape, hits, hits.c.tier, start)
    ordered = rows.order_by(*hit_order(resource, shape, hits.c))
    return ordered.limit(LIMIT).offset(OFFSET)


def hit_order(_resource: Resource, shape: Shape, columns: Any) -> list[ColumnElement[Any]]:
    """The ORDER BY of a page of hits: tier, then ordinal."""
    return [_directed(columns[name], shape.direction) for name in ("tier", ORDINAL)]


def every_hit(resource: Resource, shape: Shape) -> Select[Any]:
    """The literal 1 for each hit that matches the shape, in no order; for counts."""
    hits, one = matching(resource, ALL), literal(1).label("one")
    if not (shape.conditions or shape.date_match):
        return select(one).select_from(hits)
    conditions = rows_clause(resource, replace(shape, searched=False))
    return select(one).select_from(_joined(hits, resource.table)).where(conditions)


def every_undated_hit(resource: Resource, shape: Shape) -> Select[Any]:
    """The literal 1 for each undated hit that matches the shape without its period; for counts."""
    table, hits = resource.table, matching(resource, ALL)
    conditions = rows_clause(resource, replace(shape, searched=False, date_match=None))
    undated = table.c.date_undated == literal(1)
    return (
        select(literal(1).label("one")).select_from(_joined(hits, table)).where(conditions, undated)
    )


def cursor_values(cursor: Cursor) -> dict[str, Scalar]:
    """The bound values for the start of each tier.

    The tier of the cursor starts after the row of the cursor, even if the row has moved since. If
    the row was deleted, the tier starts at the position of the row. Then no row is lost, but some
    rows may be repeated.
    """
    after = cursor.direction == "after"
    cursor_tier, position, id = cast(tuple[int, int, str], cursor.key)
    cursor_start = first_at(position) - 1 if after else first_at(position + 1)
    values: dict[str, Scalar] = {}
    for tier in range(len(TIERS)):
        # Forwards, an earlier tier has no more rows, and a later tier has all its rows. Backwards,
        # the same values mean the reverse.
        edge = AFTER_ALL if tier < cursor_tier else BEFORE_ALL
        values[bind_name(f"edge_{tier}")] = cursor_start if tier == cursor_tier else edge
        values[bind_name(f"row_{tier}")] = id if tier == cursor_tier else ""
    return values


def _tiers(resource: Resource, direction: Direction | None = None) -> Sequence[int]:
    """The tiers that hits of a list can have, in page direction. A list whose rows have no names or
    aliases does not have the tiers for these."""
    has = {"name": resource.named, ALIASES: ALIASES in resource.row.model_fields}
    tiers = [tier for tier, (*_, part) in enumerate(TIERS) if resource.kinds or has.get(part, True)]
    return tiers[::-1] if direction == "before" else tiers


_Range = tuple[Select[Any], ColumnElement[bool]]
"""Hits in order, and the condition under which the database reads them."""


def _streamed(resource: Resource, shape: Shape) -> Iterator[_Range]:
    """The ranges for SQLite. Its index yields hits in order."""
    for tier in _tiers(resource, shape.direction):
        yield _in_tier(resource, shape, tier, matching(resource, f"only_{tier}")), true()


def _probed(resource: Resource, shape: Shape) -> Iterator[_Range]:
    """The ranges for PostgreSQL, two for each tier. Its index yields hits in no order.

    If there are few hits, they are sorted. If there are many, the rows are scanned in order; the
    scan soon finds enough hits.
    """
    for tier in _tiers(resource, shape.direction):
        few = _in_tier(resource, shape, tier, matching_few(resource, f"only_{tier}"))
        many = _in_tier(resource, shape, tier, matching_many(resource, f"only_{tier}"))
        # Because of the limit inside, PostgreSQL plans for a scan that stops early.
        scanned = many.limit(ROWS_TO_READ).subquery("walked")
        yield few, ARE_FEW
        yield (
            select(*scanned.c).order_by(_directed(scanned.c.ordinal, shape.direction)),
            not_(ARE_FEW),
        )


def _concatenated(resource: Resource, shape: Shape, ranges: Iterable[_Range]) -> Select[Any]:
    """A page of all ranges. Each range reads only the rows that the ranges before did not fill."""
    remaining = ROWS_TO_READ
    parts: list[Select[Any]] = []
    for index, (rows, is_read) in enumerate(ranges):
        part = rows.limit(case((is_read, remaining), else_=literal(0))).cte(f"part_{index}")
        remaining = remaining - select(func.count()).select_from(part).scalar_subquery()
        parts.append(select(*part.c))
    merged = union_all(*parts).subquery("merged")
    ordered = select(*merged.c).order_by(*hit_order(resource, shape, merged.c))
    return ordered.limit(LIMIT).offset(OFFSET)


def _in_tier(resource: Resource, shape: Shape, tier: int, hits: FromClause) -> Select[Any]:
    """The hits of a tier that match the shape, in order, from the cursor."""
    rows = _hits_from_cursor(resource, shape, hits, literal(tier), _start(tier))
    return rows.order_by(_directed(hits.c[ORDINAL], shape.direction))


def _hits_from_cursor(
    resource: Resource,
    shape: Shape,
    hits: FromClause,
    tier: ColumnElement[int],
    start: ColumnElement[int],
) -> Select[*tuple[Any, ...]]:
    """The keys of the hits that match the shape, from the cursor; without an order."""
    table, ordinal = resource.table, hits.c[ORDINAL]
    rows: Select[*tuple[Any, ...]]
    if shape.conditions or shape.date_match or resource.scope is not None:
        keys = table.c.position, table.c.id, table.c.render_rank
        conditions = rows_clause(resource, replace(shape, searched=False))
        rows = select(tier.label("tier"), *keys, ordinal)
        rows = rows.select_from(_joined(hits, table)).where(conditions)
    else:  # The index of words has all the columns.
        position = ordinal.bitwise_rshift(literal(POSITION_SHIFT, Integer))
        keys = position.label("position"), hits.c.entry_id.label("id"), hits.c.render_rank
        rows = select(tier.label("tier"), *keys, ordinal)
    if shape.direction is None:
        return rows
    return rows.where(ordinal > start if shape.direction == "after" else ordinal < start)


def _joined(hits: FromClause, table: FromClause) -> FromClause:
    return hits.join(table, table.c.id == hits.c.entry_id)


def _start(tier: int) -> ColumnElement[int]:
    """The ordinal after which a tier starts; before which, if the direction is `before`."""
    search_rows = table_of(SearchRow)
    row = (
        select(search_rows.c.ordinal).where(search_rows.c.entry_id == _row(tier)).scalar_subquery()
    )
    return func.coalesce(row, _edge(tier))


def _row(tier: int) -> BindParameter[str]:
    return bound(f"row_{tier}", Key)


def _edge(tier: int) -> BindParameter[int]:
    return bound(f"edge_{tier}", BigInteger)


def _directed(column: ColumnElement[Any], direction: Direction | None) -> ColumnElement[Any]:
    return column.desc() if direction == "before" else column.asc()
