"""Snippets: the part of a row's text that a list shows. It has the searched words, or is the start
of the summary."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.searched_texts import fields_of
from app.web.api_client import rows_by_id
from app.web.highlighting import highlights_of, marked

BEFORE = 70
"""Characters before the first searched word."""
LENGTH = 260
"""Characters of a snippet."""


async def snippets(
    request: Request, resource: Resource, rows: Iterable[Mapping[str, Any]]
) -> Mapping[str, Markup]:
    """The snippet of each row, by id. Rows of lists across kinds have no texts, so the rows whose
    text matches are read from their own lists."""
    if resource.rendering == "body":
        return {row["id"]: _snippet(resource, row, row) for row in rows}
    matched: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        if any(each["field"] != "name" for each in highlights_of(row)):
            matched.setdefault(row["kind"], {})[row["id"]] = row
    snippets_by_id: dict[str, Markup] = {}
    for kind, entries in matched.items():
        own = BY_KIND[kind]
        for row in await rows_by_id(request, own.path, list(entries)):
            snippets_by_id[row["id"]] = _snippet(own, row, entries[row["id"]])
    return snippets_by_id


def _snippet(
    resource: Resource, row: Mapping[str, Any], snippets_by_id: Mapping[str, Any]
) -> Markup:
    texts = {name: text for name, text in fields_of(resource, row) if name != "name"}
    spans: dict[str, list[tuple[int, int]]] = {}
    for each in highlights_of(snippets_by_id):
        if each["field"] in texts:
            spans.setdefault(each["field"], []).append((each["start"], each["end"]))
    if not spans:
        usual = [text for name, text in texts.items() if name not in ("note", "aliases.0")]
        return marked(_cut(usual[0], 0), ()) if usual else Markup()
    field = min(spans, key=list(texts).index)
    first = max(0, spans[field][0][0] - BEFORE)
    first = texts[field].find(" ", first) + 1 if first else 0
    piece = _cut(texts[field], first)
    lead = 2 if first else 0
    return marked(piece, [(s - first + lead, e - first + lead) for s, e in spans[field]])


def _cut(text: str, first: int) -> str:
    """A piece of a text, with dots where it is cut."""
    piece = text[first : first + LENGTH]
    if first + LENGTH < len(text):
        piece = piece[: piece.rfind(" ")] + " …"
    return f"… {piece}" if first else piece
