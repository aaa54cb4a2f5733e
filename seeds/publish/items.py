"""Items: the values that become the rows of one table, from several loaded rows of one kind."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from app.resources.rows import DateValue
from seeds.dataset_content import LoadedRow
from seeds.publish.render_order import RenderRanks
from seeds.publish.spans import UNDATED, Span, span_columns

_chained = chain.from_iterable

T = TypeVar("T")


class Items(NamedTuple):
    """Items of some rows, in order. All sequences have one value for each item."""

    each: Sequence[Any]
    owners: Sequence[LoadedRow]
    """The row that has the item."""
    spans: Sequence[Span]
    """The columns derived from the date of that row."""
    places: Sequence[int]
    """The rank of that row among the rendered rows."""
    ordinals: Sequence[int]
    """The index of the item among the items of that row, from 0."""
    parents: Sequence[Any]
    """The parent of the item if the items are a tree, else None."""


def themselves(chunk: Sequence[LoadedRow], places: RenderRanks) -> Items:
    """The rows themselves as items; all must be of one kind. `places` assigns their ranks."""
    rows, spans = [loaded.row for loaded in chunk], _spans(chunk)
    taken = places.of(chunk[0].resource.kind, spans)
    return Items(rows, chunk, spans, taken, [0] * len(rows), [None] * len(rows))


def within(rows: Items, lists: Iterable[Collection[Any]]) -> Items:
    """The items of several lists: `lists` has one list for each row."""
    found = list(lists)
    many = list(map(len, found)) if any(found) else []
    ordinals = list(_chained(map(range, many)))
    return Items(
        list(_chained(found)),
        _repeated(rows.owners, many),
        _repeated(rows.spans, many),
        _repeated(rows.places, many),
        ordinals,
        [None] * len(ordinals),
    )


def _repeated(beside: Sequence[T], many: Sequence[int]) -> list[T]:
    """Repeat each value as many times as its row has items."""
    return list(_chained(map(repeat, beside, many)))


def within_trees(rows: Items, trees: Iterable[Sequence[Any]], children: str) -> Items:
    """The items of several trees, each in document order (parents before children).

    `trees` has one tree for each row. `children` is the field with the children of an item.
    """
    walked = [list(_walk(tree, children)) for tree in trees]
    items = within(rows, [[item for item, _ in pairs] for pairs in walked])
    return items._replace(parents=[parent for pairs in walked for _, parent in pairs])


def _walk(items: Iterable[Any], children: str, parent: Any = None) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of an item and its parent."""
    for item in items:
        yield item, parent
        yield from _walk(getattr(item, children), children, item)


def _spans(chunk: Sequence[LoadedRow]) -> list[Span]:
    if not chunk[0].resource.dated:
        return [UNDATED] * len(chunk)
    dates: Iterable[DateValue | None] = map(attrgetter("row.date"), chunk)
    return [_span(date) for date in dates]


def _span(date: DateValue | None) -> Span:
    if date is None:
        return UNDATED
    certain = date.certain
    return span_columns(date.edtf, (certain.from_, certain.to) if certain else None)
