"""Rows of all kinds as the timeline and the search show them."""

from functools import cache

from app.resources import BY_KIND
from app.resources.events import Coding
from app.resources.timeline import EntryRow
from app.rows import Reference
from seeds.content import LoadedRow


def entry_row(loaded: LoadedRow) -> EntryRow:
    """The row in the few fields that all kinds share."""
    row = loaded.row
    values = {name: getattr(row, name) for name in _fields(loaded.resource.kind)}
    coding: Coding | None = values.pop("coding", None)
    return EntryRow(
        kind=row.kind,
        id=row.id,
        name=row.name,
        quad=coding and coding.quad,
        actors=list(_actors(loaded).values()),
        links=row.links,
        **{**_UNKNOWN, **values},
    )


_UNKNOWN = {"type": None, "date": None, "modality": None}


@cache
def _fields(kind: str) -> tuple[str, ...]:
    """The fields of the rows of a kind that decide what is shown of them, besides those of all."""
    return tuple(name for name in (*_UNKNOWN, "coding") if name in BY_KIND[kind].row.model_fields)


def _actors(loaded: LoadedRow) -> dict[str, Reference]:
    """The actors that take part in the row, each once, in the order of its fields."""
    found: dict[str, Reference] = {}
    for field in loaded.resource.actors:
        value: Reference | list[Reference] | None = getattr(loaded.row, field)
        for actor in value if isinstance(value, list) else [value]:
            if actor:
                found.setdefault(actor.id, actor)
    return found
