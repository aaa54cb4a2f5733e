"""A row as paragraphs of plain text, for calendars and feeds."""

from collections.abc import Iterator, Mapping
from typing import Any

_TEXTS = ("summary", "text", "description", "question")
"""The fields that describe a row. The first field with a value is the text of the row."""


def paragraphs(row: Mapping[str, Any]) -> Iterator[str]:
    """The paragraphs of a row: its text, date, modality, note, and the words that it cites.

    The modality is given only for events that did not surely happen ("Only alleged").
    """
    text = next((row[key] for key in _TEXTS if row.get(key)), None)
    if text:
        yield text
    date = row.get("date")
    if date:
        yield f"Date: {date['edtf']} (“{date['text']}”)"
    if is_doubtful(row):
        sources = ", ".join(actor["name"] for actor in row.get("according_to", ()))
        yield f"Only {row['modality']}" + (f", according to {sources}." if sources else ".")
    if row.get("negated"):
        yield "The document says that it did not happen."
    if row.get("note"):
        yield f"Note: {row['note']}"
    for citation in row.get("citations", ()):
        yield f"“{citation['exact']}”"


def is_doubtful(row: Mapping[str, Any]) -> bool:
    """Whether the row is an event that the document does not report as done."""
    return (row.get("modality") or "occurred") != "occurred"


def categories(row: Mapping[str, Any]) -> list[str]:
    """The kind of a row, and its type if it has one."""
    return [row["kind"], *filter(None, (row.get("type"),))]
