"""Rows of all kinds as the timeline and the search show them."""

from app.resources.timeline import EntryRow
from app.rows import Reference
from seeds.content import LoadedRow


def entry_row(loaded: LoadedRow) -> EntryRow:
    """The row in the few fields that all kinds share."""
    row = loaded.row
    coding = getattr(row, "coding", None)
    return EntryRow(
        kind=row.kind,
        id=row.id,
        name=row.name,
        type=getattr(row, "type", None),
        date=getattr(row, "date", None),
        modality=getattr(row, "modality", None),
        quad=coding and coding.quad,
        actors=list(_actors(loaded).values()),
        links=row.links,
    )


def _actors(loaded: LoadedRow) -> dict[str, Reference]:
    """The actors that take part in the row, each once, in the order of its fields."""
    found: dict[str, Reference] = {}
    for field in loaded.resource.actors:
        value: Reference | list[Reference] | None = getattr(loaded.row, field)
        for actor in value if isinstance(value, list) else [value]:
            if actor:
                plain = Reference(kind=actor.kind, id=actor.id, name=actor.name)
                found.setdefault(actor.id, plain)
    return found
