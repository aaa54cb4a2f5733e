"""The registry of export formats."""

import re

from app.formats.atom import ATOM
from app.formats.csv import CSV
from app.formats.format import Format
from app.formats.ics import ICS
from app.formats.ndjson import NDJSON

FORMATS: dict[str, Format] = {each.name: each for each in (CSV, NDJSON, ICS, ATOM)}
"""The formats by name."""


def file_name(list_path: str, version: str, format: Format) -> str:
    """The file name of a download, with the dataset version: `trade-figures-0123456789abcdef.csv`.
    It is safe in an HTTP header."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", f"{list_path}-{version}").strip("-")
    return f"{stem}.{format.extension}"
