"""Marks in texts: where words of a search stand, and the words that a row cites."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """The text as HTML, with spans (in code points) marked; what overlaps is marked once."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            parts += (str(escape(text[done:start])), f"<mark>{escape(text[start:end])}</mark>")
            done = end
    shown = "".join(parts) + str(escape(text[done:]))
    return Markup(shown)  # noqa: S704 - each part is escaped above


def highlighted(row: Mapping[str, Any], field: str) -> Markup:
    """A field of a row with the words of the search marked."""
    spans = [(e["start"], e["end"]) for e in highlights_of(row) if e["field"] == field]
    return marked(row[field], spans)


def highlights_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where the words of the search stand in a row."""
    match: Mapping[str, Any] = row.get("match") or {}
    return match.get("highlights", [])
