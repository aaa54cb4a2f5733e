"""Rendering: the loader renders rows as JSON, and the server checks that it reads their form."""

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
"""Raise it when the loader derives other columns from the same rows, so that they are reloaded."""

_DERIVING = (calendar, dates, folding, layout, ordinals, searched_texts, tokens)
"""The modules by which the loader writes what the server looks up: both must have the same."""


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
    """Hash of all that loader and server must share: the schemas of rows, the tables and their
    revision, the order of counts in tallies, and the code that derives keys and words."""
    tables = {table.name: [c.name for c in table.columns] for table in METADATA.tables.values()}
    code = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in _DERIVING]
    rows = [_forms(resource.row) for resource in LISTS]
    counts = [list(slots(resource)) for resource in LISTS]
    return short_hash([HEAD, rows, tables, counts, code, tokens.STEMS, DERIVATION])


def _forms(schema: type[BaseModel]) -> dict[str, Any]:
    """The fields of a schema and of each schema inside it.

    JSON Schemas hold the same, but are slow to make at every start of a server.
    """
    forms: dict[str, Any] = {}
    pending: list[Any] = [schema]
    while pending:
        each = pending.pop()
        pending += get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__name__ not in forms:
            fields = each.model_fields.items()
            forms[each.__name__] = [
                [name, field.alias, repr(field.annotation), repr(field.json_schema_extra)]
                for name, field in fields
            ]
            pending += [field.annotation for _, field in fields]
    return forms


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        items = cast(dict[str, Any], value).items()
        kept = {key: _without_empty(item) for key, item in items}
        return {key: item for key, item in kept.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in cast(list[Any], value)]
    return value
