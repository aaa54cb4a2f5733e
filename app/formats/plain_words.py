"""A row as paragraphs of plain text, for calendars and feeds, which have no columns."""

from collections.abc import Iterator, Mapping
from typing import Any

_TEXTS = ("summary", "text", "description", "question")
"""The fields that tell a row best, the first of them that is there."""


def urn(id: str) -> str:
    """The name of a row anywhere: ids are unique and stable, and it holds no host."""
    return f"urn:hkus:{id}"


def paragraphs(row: Mapping[str, Any]) -> Iterator[str]:
    """The paragraphs of a row: its text, its date, what is doubtful, the cited words.

    What is only announced or alleged is never shown as done.
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
    """Whether the document does not tell it as done."""
    return (row.get("modality") or "occurred") != "occurred"


def categories(row: Mapping[str, Any]) -> list[str]:
    """Kind and type, as far as it has one."""
    return [row["kind"], *filter(None, (row.get("type"),))]
