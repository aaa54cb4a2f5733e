"""Rows as fetched become rows as answered: with what the query asks to be put into them."""

import json
from collections.abc import Mapping
from typing import Any

from app.query.list_query import ListQuery
from app.resource import Resource
from app.resources import BY_KIND
from app.search.highlights import highlights
from app.search.query import SearchQuery
from app.search.texts import fields_of

_CERTAINTY = {1: '"certain"', 0: '"possible"', None: "null"}


def spliced_row(query: ListQuery, row: tuple[Any, ...]) -> str:
    """The JSON of a row of a page statement, whose sort key comes first."""
    rest = list(row[len(query.orders) :])
    certain = rest.pop(0) if query.shape.matching else None
    additions: dict[str, str | None] = {}
    if query.has_match:
        found = (
            _highlights(query.search, query.resource, _body(query, rest)) if query.search else "[]"
        )
        additions["match"] = f'{{"date":{_CERTAINTY[certain]},"highlights":{found}}}'
    if query.evidence and query.resource.evidence:
        additions[query.resource.evidence] = rest[1]
    return spliced(rest[0], additions)


def _body(query: ListQuery, rest: list[Any]) -> str:
    """The whole row, whose texts are searched; a list of entries has it beside its own."""
    body: str = rest[0] if query.resource.rendering == "body" else rest[-1]
    return body


def _highlights(search: SearchQuery, resource: Resource, body: str) -> str:
    row = json.loads(body)
    texts = dict(fields_of(BY_KIND.get(row["kind"], resource), row))
    return json.dumps(
        [found._asdict() for found in highlights(search, texts)], separators=(",", ":")
    )


def spliced(body: str, additions: Mapping[str, str | None]) -> str:
    """A rendered row with further keys, whose values are JSON already."""
    added = "".join(f',"{key}":{value}' for key, value in additions.items() if value is not None)
    return f"{body[:-1]}{added}}}" if added else body
