"""Short forms of rows of all kinds, for the timeline and the search."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from app.resources.events import Coding
from app.resources.rows import SPLICED, Reference
from app.resources.timeline import EntryRow
from seeds.dataset_content import LoadedRow


def render_entry(loaded: LoadedRow, actors: Sequence[Reference]) -> str:
    """The short form of a row, as JSON. All kinds have the same fields; a field that the kind does
    not have is null."""
    row = loaded.row
    fields = row.__dict__
    coding: Coding | None = fields.get("coding")
    entry = {
        "kind": row.kind,
        "id": row.id,
        "name": row.name,
        "type": fields.get("type"),
        "date": fields.get("date"),
        "modality": fields.get("modality"),
        "quad": coding and coding.quad,
        "actors": actors,
        "links": row.links,
    }
    return _SERIALIZER.to_json(entry, by_alias=True).decode()


def actors_of(loaded: LoadedRow) -> list[Reference]:
    """The actors of a row, each once, in the order of its fields."""
    found: dict[str, Reference] = {}
    for field in loaded.resource.actors:
        value: Reference | list[Reference] | None = getattr(loaded.row, field)
        for actor in value if isinstance(value, list) else [value]:
            if actor:
                found.setdefault(actor.id, actor)
    return list(found.values())


_FIELDS: dict[str, Any] = {
    name: field.annotation for name, field in EntryRow.model_fields.items() if name not in SPLICED
}
# The serializer has the fields of the schema, but takes a plain dict: the values were validated
# when the row was made.
_SERIALIZER = TypeAdapter(TypedDict("_Entry", _FIELDS)).serializer  # pyright: ignore
