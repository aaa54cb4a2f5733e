"""Hooks for Schemathesis that know more about valid input than the OpenAPI document.

Random row names, cursors and dataset versions mostly lead to status 400. All filters at once lead
to an empty list. Therefore most valid input is replaced by plausible input: few parameters at once,
each with the parameter that it depends on, and the examples of the document for free texts.
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
"""One of this number of cases keeps its random input."""
_SPARSE = 5
"""In plausible input, one of this number of parameters is used."""


@schemathesis.hook  # pyright: ignore[reportUnknownMemberType]
def filter_case(context: Any, case: Any) -> bool:
    """Skip requests that are too long (414), even if each single value is valid."""
    query = urlencode(case.query or {}, doseq=True)
    return len(case.path) + len(query) < LONGEST_TARGET


@schemathesis.hook  # pyright: ignore[reportUnknownMemberType]
def map_case(context: Any, case: Any) -> Any:
    """Make random valid input plausible. Invalid input and boundary values do not change."""
    meta = case.meta
    if meta.generation.mode.is_positive and meta.phase.name.value in ("fuzzing", "stateful"):
        case.query = sensible(case.path, case.query or {})
    return case


def sensible(path: str, query: Json) -> Json:
    """Equal queries give equal results, so that a failure can be reproduced."""
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
    """The value, if the parameter has a fixed list of values or is not a text; otherwise the
    example."""
    schema: Json = parameter["schema"]
    items: Json = schema.get("items", schema)
    is_open = items.get("type") == "string" and "enum" not in items
    return parameter["example"] if is_open else value


def _draw(text: str, one_of: int) -> bool:
    return crc32(text.encode("utf-8", "replace")) % one_of == 0
