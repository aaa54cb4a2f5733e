"""Rows as fetched become rows as answered: with what the query asks to be put into them."""

from collections.abc import Mapping
from typing import Any

from app.query.list_query import ListQuery

_CERTAINTY = {1: '{"date":"certain"}', 0: '{"date":"possible"}'}


def spliced_row(query: ListQuery, row: tuple[Any, ...]) -> str:
    """The JSON of a row of a page statement, whose sort key comes first."""
    rest = list(row[len(query.orders) :])
    certain = rest.pop(0) if query.shape.matching else None
    additions = {"match": None if certain is None else _CERTAINTY[certain]}
    if query.evidence and query.resource.evidence:
        additions[query.resource.evidence] = rest[1]
    return spliced(rest[0], additions)


def spliced(body: str, additions: Mapping[str, str | None]) -> str:
    """A rendered row with further keys, whose values are JSON already."""
    added = "".join(f',"{key}":{value}' for key, value in additions.items() if value is not None)
    return f"{body[:-1]}{added}}}" if added else body
