"""What Schemathesis cannot know of our input from the OpenAPI document alone.

Names of rows, cursors and versions of the data that are made up lead to little more than 400, and
all filters at once to an empty list. So most of the valid input is made sensible: few parameters at
once, none without the one that it goes with, and the examples of the document for open texts.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

import schemathesis

from app.params.query_string import LONGEST_TARGET
from tests.contract.openapi.requests import Json, operations, parameters

_DOCUMENT: Json = json.loads(Path("openapi.json").read_text(encoding="utf-8"))
_BY_PATH = {path: parameters(operation) for path, operation in operations(_DOCUMENT)}
_EXCLUDED = {"date": ("date_from", "date_to"), "cursor": ("offset",)}
_PAGES = ("cursor", "facet", "facet_limit", "count")
_MADE_UP = 4
"""One of so many cases stays as it was made up."""
_SPARSE = 5
"""One of so many parameters stays, where they are made sensible."""


@schemathesis.hook  # pyright: ignore[reportUnknownMemberType]
def filter_case(context: Any, case: Any) -> bool:
    """Each value may be short enough and all of them together too long for an address (414)."""
    query = urlencode(case.query or {}, doseq=True)
    return len(case.path) + len(query) < LONGEST_TARGET


@schemathesis.hook  # pyright: ignore[reportUnknownMemberType]
def map_case(context: Any, case: Any) -> Any:
    """Make valid input sensible; what is meant to be wrong, and boundary values, stay."""
    meta = case.meta
    if meta.generation.mode.is_positive and meta.phase.name.value in ("fuzzing", "stateful"):
        case.query = sensible(case.path, case.query or {})
    return case


def sensible(path: str, query: Json) -> Json:
    """The same for the same query, so that a failure can be played again."""
    made_up = urlencode(query, doseq=True)
    if _draw(made_up, _MADE_UP):
        return query
    known = _BY_PATH[path]
    kept = {
        name: _plausible(known[name], value)
        for name, value in query.items()
        if name in known and (known[name]["required"] or _draw(made_up + name, _SPARSE))
    }
    for name, others in _EXCLUDED.items():
        if name in kept:
            kept = {key: value for key, value in kept.items() if key not in others}
    if not {"date", "date_from", "date_to"} & kept.keys():
        kept.pop("date_match", None)
    if kept.get("format", "json") == "json":
        kept.pop("fields", None)
    else:
        kept = {key: value for key, value in kept.items() if key not in _PAGES}
    return kept


def _plausible(parameter: Json, value: Any) -> Any:
    """The value, or the example in the place of texts that are not of a closed list."""
    schema: Json = parameter["schema"]
    items: Json = schema.get("items", schema)
    is_open = items.get("type") == "string" and "enum" not in items
    return parameter["example"] if is_open else value


def _draw(text: str, one_of: int) -> bool:
    return crc32(text.encode("utf-8", "replace")) % one_of == 0
