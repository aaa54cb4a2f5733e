"""The formats of exports: rows, rendered as JSON, become CSV, NDJSON, iCalendar or Atom."""

import re

from app.formats.atom import ATOM
from app.formats.csv import CSV
from app.formats.format import Feed, Format, Selection, Writer
from app.formats.ics import ICS, omitted
from app.formats.ndjson import NDJSON

__all__ = ["FORMATS", "Feed", "Format", "Selection", "Writer", "file_name", "omitted"]

FORMATS: dict[str, Format] = {each.name: each for each in (CSV, NDJSON, ICS, ATOM)}
"""The formats by name."""


def file_name(list_path: str, version: str, format: Format) -> str:
    """The name of a download, `trade-figures-0123456789abcdef.csv`: safe in a header as it is."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", f"{list_path}-{version}").strip("-")
    return f"{stem}.{format.extension}"
