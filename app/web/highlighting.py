"""Texts with marks around the words of a search and around quotations."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """The text as HTML with marked spans (in code points). Overlaps are marked once."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            parts += (str(escape(text[done:start])), f"<mark>{escape(text[start:end])}</mark>")
            done = end
    html = "".join(parts) + str(escape(text[done:]))
    return Markup(html)  # noqa: S704 - each part is escaped above


def highlighted(row: Mapping[str, Any], field: str) -> Markup:
    """A field of a row with the words of the search marked."""
    spans = [(e["start"], e["end"]) for e in highlights_of(row) if e["field"] == field]
    return marked(row[field], spans)


def highlights_of(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The spans of the searched words in a row."""
    match: Mapping[str, Any] = row.get("match") or {}
    return match.get("highlights", [])
