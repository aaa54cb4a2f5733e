"""Rows of an answer: the rendered JSON of each row, with `match` and evidence inserted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.query.list_query import ListQuery
from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.searched_texts import fields_of, reading
from app.search.highlights import Highlighter

_CERTAINTY = {1: '"certain"', 0: '"possible"', None: "null"}

_DATE_MATCH = {
    certain: f',"match":{{"date":{_CERTAINTY[certain]},"highlights":[]}}}}' for certain in (1, 0)
}
"""The end of a row that a date query without words found."""

_read_texts = reading(BY_KIND.values())

FetchedRow = Sequence[Any]
"""A row of a page statement: sort key, certainty for a date query, body, evidence, and the full
row if it is not the body."""


def row_renderer(query: ListQuery) -> Callable[[FetchedRow], str]:
    """A function that makes the JSON of a fetched row."""
    key_length = len(query.key_parts)
    body = key_length + bool(query.shape.date_match)
    if query.period and not (query.search or query.shape.evidence):
        return lambda row: row[body][:-1] + _DATE_MATCH[row[key_length]]
    if not query.has_match:
        return _with_evidence(query, body) if query.shape.evidence else lambda row: row[body]
    return _with_match(query, key_length, body)


def _with_evidence(query: ListQuery, body: int) -> Callable[[FetchedRow], str]:
    name = query.resource.evidence or ""
    return lambda row: with_additions(row[body], {name: row[body + 1]})


def _with_match(query: ListQuery, key_length: int, body: int) -> Callable[[FetchedRow], str]:
    resource, name = query.resource, query.resource.evidence
    highlighter = Highlighter(query.search) if query.search else None
    has_certainty, evidence = bool(query.shape.date_match), query.shape.evidence and name
    full_row = body if resource.rendering == "body" else -1

    def render(row: FetchedRow) -> str:
        certain = _CERTAINTY[row[key_length] if has_certainty else None]
        highlights = _highlights(highlighter, resource, row[full_row]) if highlighter else "[]"
        match = f'"match":{{"date":{certain},"highlights":{highlights}}}'
        added = f',"{name}":{row[body + 1]}' if evidence and row[body + 1] is not None else ""
        return f"{row[body][:-1]},{match}{added}}}"

    return render


def _highlights(highlighter: Highlighter, resource: Resource, body: str) -> str:
    row = _read_texts(body)
    spans = ""
    for field, text in fields_of(BY_KIND.get(row["kind"], resource), row):
        for start, end in highlighter.spans(text):
            # Names of fields have no characters that JSON escapes.
            spans += f',{{"field":"{field}","start":{start},"end":{end}}}'
    return f"[{spans[1:]}]"


def with_additions(body: str, additions: Mapping[str, str | None]) -> str:
    """A rendered row with more keys; their values are JSON already."""
    added = "".join([f',"{key}":{value}' for key, value in additions.items() if value is not None])
    return f"{body[:-1]}{added}}}" if added else body
