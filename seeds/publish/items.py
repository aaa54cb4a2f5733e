"""Items: what becomes the rows of one table, taken together from some loaded rows of one kind."""

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
    """Items of some rows, in order, and beside each what it stands in."""

    each: Sequence[Any]
    owners: Sequence[LoadedRow]
    """The row that it is an item of."""
    spans: Sequence[Span]
    """The columns that follow from the date of that row."""
    places: Sequence[int]
    """Where that row lies as rendered."""
    ordinals: Sequence[int]
    """Its place among the items of that row."""
    parents: Sequence[Any]
    """The item that it is in, if they are a tree."""


def themselves(chunk: Sequence[LoadedRow], places: RenderRanks) -> Items:
    """The rows, which are of one kind, as items of their own; `places` are those that are free."""
    rows, spans = [loaded.row for loaded in chunk], _spans(chunk)
    taken = places.of(chunk[0].resource.kind, spans)
    return Items(rows, chunk, spans, taken, [0] * len(rows), [None] * len(rows))


def within(rows: Items, lists: Iterable[Collection[Any]]) -> Items:
    """The items of a list for each row."""
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
    """Each as often as there are items of it."""
    return list(_chained(map(repeat, beside, many)))


def within_trees(rows: Items, trees: Iterable[Sequence[Any]], children: str) -> Items:
    """The items of a tree for each row, in document order; `children` is the field of an item with
    those in it."""
    walked = [list(_walk(tree, children)) for tree in trees]
    items = within(rows, [[item for item, _ in pairs] for pairs in walked])
    return items._replace(parents=[parent for pairs in walked for _, parent in pairs])


def _walk(items: Iterable[Any], children: str, parent: Any = None) -> Iterator[tuple[Any, Any]]:
    """Each item with the one that it is in."""
    for item in items:
        yield item, parent
        yield from _walk(getattr(item, children), children, item)


def _spans(chunk: Sequence[LoadedRow]) -> list[Span]:
    if not chunk[0].resource.dated:
        return [UNDATED] * len(chunk)
    dates: Iterable[DateValue | None] = map(attrgetter("row.date"), chunk)
    return [span_columns(date.edtf if date else None) for date in dates]
