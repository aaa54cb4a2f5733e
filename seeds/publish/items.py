"""Items: the values that become the rows of one table, from several loaded rows of one kind."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from app.resources.rows import DateValue
from seeds.dataset_content import LoadedRow
from seeds.publish.date_columns import UNDATED, DateRangeColumns, date_range_columns
from seeds.publish.render_order import RenderRanks

_flattened = chain.from_iterable

T = TypeVar("T")


class Items(NamedTuple):
    """Items of some rows, in order. All sequences have one value for each item."""

    each: Sequence[Any]
    owners: Sequence[LoadedRow]
    """The row that has the item."""
    dates: Sequence[DateRangeColumns]
    """The columns derived from the date of that row."""
    ranks: Sequence[int]
    """The rank of that row among the rendered rows."""
    ordinals: Sequence[int]
    """The index of the item among the items of that row, from 0."""
    parents: Sequence[Any]
    """The parent of the item if the items are a tree, else None."""


def row_items(chunk: Sequence[LoadedRow], ranks: RenderRanks) -> Items:
    """The rows themselves as items; all must be of one kind. `ranks` assigns their ranks."""
    rows, dates = [loaded.row for loaded in chunk], _date_columns(chunk)
    assigned = ranks.of(chunk[0].resource.kind, dates)
    return Items(rows, chunk, dates, assigned, [0] * len(rows), [None] * len(rows))


def list_items(rows: Items, lists: Iterable[Collection[Any]]) -> Items:
    """The items of several lists: `lists` has one list for each row."""
    found = list(lists)
    lengths = list(map(len, found)) if any(found) else []
    ordinals = list(_flattened(map(range, lengths)))
    return Items(
        list(_flattened(found)),
        _repeated(rows.owners, lengths),
        _repeated(rows.dates, lengths),
        _repeated(rows.ranks, lengths),
        ordinals,
        [None] * len(ordinals),
    )


def _repeated(values: Sequence[T], lengths: Sequence[int]) -> list[T]:
    """Repeat each value as many times as its row has items."""
    return list(_flattened(map(repeat, values, lengths)))


def tree_items(rows: Items, trees: Iterable[Sequence[Any]], children: str) -> Items:
    """The items of several trees, each in document order (parents before children).

    `trees` has one tree for each row. `children` is the field with the children of an item.
    """
    walks = [list(_walk(tree, children)) for tree in trees]
    items = list_items(rows, [[item for item, _ in pairs] for pairs in walks])
    return items._replace(parents=[parent for pairs in walks for _, parent in pairs])


def _walk(items: Iterable[Any], children: str, parent: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of an item and its parent."""
    for item in items:
        yield item, parent
        yield from _walk(getattr(item, children), children, item)


def _date_columns(chunk: Sequence[LoadedRow]) -> list[DateRangeColumns]:
    if not chunk[0].resource.dated:
        return [UNDATED] * len(chunk)
    dates: Iterable[DateValue | None] = map(attrgetter("row.date"), chunk)
    return [_range_columns(date) for date in dates]


def _range_columns(date: DateValue | None) -> DateRangeColumns:
    if date is None:
        return UNDATED
    certain = date.certain
    return date_range_columns(
        date.edtf, certain.to if certain else None, has_certain=certain is not None
    )
