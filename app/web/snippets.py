"""What of a row's texts is shown in a list: where the words of the search stand, else a summary."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from app.params.parameter import MOST_VALUES
from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.resources.searched_texts import fields_of
from app.web.addresses import API, changed
from app.web.api_client import ask
from app.web.marked_text import highlights_of, marked

BEFORE = 70
LENGTH = 260


async def snippets(
    request: Request, resource: Resource, rows: Iterable[Mapping[str, Any]]
) -> Mapping[str, Markup]:
    """For each row, by id, a piece of its text. Rows across kinds do not hold their texts: those
    whose text was found are asked for."""
    if resource.rendering == "body":
        return {row["id"]: _snippet(resource, row, row) for row in rows}
    wanted: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        if any(each["field"] != "name" for each in highlights_of(row)):
            wanted.setdefault(row["kind"], {})[row["id"]] = row
    found: dict[str, Markup] = {}
    for kind, entries in wanted.items():
        own = BY_KIND[kind]
        for row in await _rows(request, own, list(entries)):
            found[row["id"]] = _snippet(own, row, entries[row["id"]])
    return found


async def _rows(
    request: Request, resource: Resource, ids: Sequence[str]
) -> list[Mapping[str, Any]]:
    """The rows with these ids, asked for by as many at once as a parameter takes."""
    rows: list[Mapping[str, Any]] = []
    for start in range(0, len(ids), MOST_VALUES):
        some = list(ids[start : start + MOST_VALUES])
        target = changed(f"{API}/{resource.path}", {"id": some, "limit": str(MOST_VALUES)})
        rows += (await ask(request, target))["data"]
    return rows


def _snippet(resource: Resource, row: Mapping[str, Any], found: Mapping[str, Any]) -> Markup:
    texts = {name: text for name, text in fields_of(resource, row) if name != "name"}
    spans: dict[str, list[tuple[int, int]]] = {}
    for each in highlights_of(found):
        if each["field"] in texts:
            spans.setdefault(each["field"], []).append((each["start"], each["end"]))
    if not spans:
        usual = [text for name, text in texts.items() if name not in ("note", "aliases.0")]
        return marked(_cut(usual[0], 0), ()) if usual else Markup()
    field = min(spans, key=list(texts).index)
    first = max(0, spans[field][0][0] - BEFORE)
    first = texts[field].find(" ", first) + 1 if first else 0
    shown = _cut(texts[field], first)
    lead = 2 if first else 0
    return marked(shown, [(s - first + lead, e - first + lead) for s, e in spans[field]])


def _cut(text: str, first: int) -> str:
    """A piece of a text, with dots where it was cut."""
    piece = text[first : first + LENGTH]
    if first + LENGTH < len(text):
        piece = piece[: piece.rfind(" ")] + " …"
    return f"… {piece}" if first else piece
