"""Rendering: the loader renders rows as JSON. The server checks that it expects the same form."""

from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import BaseModel

from app import folding
from app.edtf import calendar, dates
from app.hashing import short_hash
from app.resources import searched_texts
from app.resources.lists import LISTS
from app.resources.registry import METADATA
from app.resources.rows import SPLICED, Citation, Row
from app.resources.tally_slots import slots
from app.schema import Schema
from app.search import layout, ordinals, tokens
from migrations import HEAD

DERIVATION = 7
"""A version number. Increase it when the loader derives other columns from the same rows, so that
the rows are loaded again."""

_DERIVING_MODULES = (calendar, dates, folding, layout, ordinals, searched_texts, tokens)
"""Modules that compute keys and words. The loader stores these, and the server looks them up, so
both must use the same code."""


def render(row: Schema) -> str:
    """The row as JSON, without the optional keys."""
    # `model_dump_json` calls this; checking its many parameters takes as long as the rendering.
    return row.__pydantic_serializer__.to_json(row, by_alias=True, exclude=SPLICED).decode()


def content_hash(row: Row, evidence: list[Citation]) -> str:
    """Hash of the content and the citations of a row, without empty values.

    So a new field changes only the hashes of rows that have a value for it.
    """
    content = row.model_dump(by_alias=True, exclude=SPLICED | {"version", "links"})
    cited = [citation.model_dump() for citation in evidence]
    return short_hash(_without_empty({"row": content, "citations": cited}))


@cache
def rendering_hash() -> str:
    """Hash of what loader and server must have in common: the schemas of rows, the tables and their
    revision, the order of counts in tallies, and the code that derives keys and words."""
    tables = {table.name: [c.name for c in table.columns] for table in METADATA.tables.values()}
    code = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in _DERIVING_MODULES]
    rows = [_field_types(resource.row) for resource in LISTS]
    counts = [list(slots(resource)) for resource in LISTS]
    return short_hash([HEAD, rows, tables, counts, code, tokens.STEMS, DERIVATION])


def _field_types(schema: type[BaseModel]) -> dict[str, Any]:
    """The fields of a schema and of each schema inside it.

    JSON Schemas hold the same, but are slow to make at every start of a server.
    """
    forms: dict[str, Any] = {}
    to_visit: list[Any] = [schema]
    while to_visit:
        each = to_visit.pop()
        to_visit += get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__name__ not in forms:
            fields = each.model_fields.items()
            forms[each.__name__] = [
                [name, field.alias, repr(field.annotation), repr(field.json_schema_extra)]
                for name, field in fields
            ]
            to_visit += [field.annotation for _, field in fields]
    return forms


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        items = cast(dict[str, Any], value).items()
        cleaned = {key: _without_empty(item) for key, item in items}
        return {key: item for key, item in cleaned.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in cast(list[Any], value)]
    return value
