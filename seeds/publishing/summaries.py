"""Rows of all kinds as the timeline and the search show them."""

from app.resources.events import Coding
from app.resources.timeline import EntryRow
from app.rows import Reference
from seeds.content import LoadedRow


def entry_row(loaded: LoadedRow) -> EntryRow:
    """The row in the few fields that all kinds share; null where its kind does not have them."""
    row = loaded.row
    told = row.__dict__
    coding: Coding | None = told.get("coding")
    return EntryRow(
        kind=row.kind,
        id=row.id,
        name=row.name,
        type=told.get("type"),
        date=told.get("date"),
        modality=told.get("modality"),
        quad=coding and coding.quad,
        actors=_actors(loaded),
        links=row.links,
    )


def _actors(loaded: LoadedRow) -> list[Reference]:
    """The actors that take part in the row, each once, in the order of its fields."""
    found: dict[str, Reference] = {}
    for field in loaded.resource.actors:
        value: Reference | list[Reference] | None = getattr(loaded.row, field)
        for actor in value if isinstance(value, list) else [value]:
            if actor:
                found.setdefault(actor.id, actor)
    return list(found.values())
