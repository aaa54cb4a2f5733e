"""How rows become JSON: the loader renders them, and the server checks that it knows the form."""

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

DERIVATION = 5
"""To be raised when the loader makes other columns of the same rows, so that it makes them anew."""

_DERIVING = (calendar, dates, folding, layout, ordinals, searched_texts, tokens)
"""The modules that loader and server share, by which one writes what the other one looks for."""


def render(row: Schema) -> str:
    """The row as JSON, without the keys that only some queries ask for."""
    # What `model_dump_json` does in the end; its many parameters take as long as the writing.
    return row.__pydantic_serializer__.to_json(row, by_alias=True, exclude=SPLICED).decode()


def content_hash(row: Row, evidence: list[Citation]) -> str:
    """Hash of the content and the citations of a row; empty values do not count.

    So a new field that a document does not fill leaves the hashes of its rows as they are.
    """
    content = row.model_dump(by_alias=True, exclude=SPLICED | {"version", "links"})
    cited = [citation.model_dump() for citation in evidence]
    return short_hash(_without_empty({"row": content, "citations": cited}))


@cache
def rendering_hash() -> str:
    """Hash of the schemas by which rows are rendered, of the tables that are read and their
    revision, of the slots of counts in tallies, and of the code that both sides have to share: a
    search by other words than were indexed finds nothing."""
    tables = {table.name: [c.name for c in table.columns] for table in METADATA.tables.values()}
    code = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in _DERIVING]
    rows = [_forms(resource.row) for resource in LISTS]
    counts = [list(slots(resource)) for resource in LISTS]
    return short_hash([HEAD, rows, tables, counts, code, tokens.STEMS, DERIVATION])


def _forms(schema: type[BaseModel]) -> dict[str, Any]:
    """What a schema, and each schema in it, says of its fields.

    Their JSON Schemas say the same, but take long to make, at every start of a server.
    """
    forms: dict[str, Any] = {}
    waiting: list[Any] = [schema]
    while waiting:
        each = waiting.pop()
        waiting += get_args(each)
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__name__ not in forms:
            fields = each.model_fields.items()
            forms[each.__name__] = [
                [name, field.alias, repr(field.annotation), repr(field.json_schema_extra)]
                for name, field in fields
            ]
            waiting += [field.annotation for _, field in fields]
    return forms


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        items = cast(dict[str, Any], value).items()
        kept = {key: _without_empty(item) for key, item in items}
        return {key: item for key, item in kept.items() if item not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in cast(list[Any], value)]
    return value
