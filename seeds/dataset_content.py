"""The content that a load publishes: rows with their citations, for either database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.resources.actors import ActorRow
from app.resources.resource import Resource
from app.resources.rows import Citation, Row
from app.schema import Schema


class SectionKey(NamedTuple):
    """A section, by the ids of its document and within it."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """One row with the data that other tables hold about it.

    `position` sorts by document, then by first citation. `names` are all names that a filter
    accepts for the row. `columns` are columns of its table that the API does not show. `evidence`
    is what the parameter `include` adds to the row: its citations. For a passage it is the rows
    that cite it. `in_sections` are the sections that contain its citations (for a passage: the
    passage), and all sections that enclose these.
    """

    resource: Resource
    row: Row
    position: int
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Schema, ...] | None = None
    names: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    in_sections: tuple[SectionKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one load. `rows` are sorted by the order of the registry, then by position and
    id. `total` is their number, for the progress bar. `coverage` is the coverage report. `actors`
    are the rows of actors by id, because dyads repeat some of their fields."""

    version: str
    rows: Iterable[LoadedRow]
    total: int
    coverage: Mapping[str, Any]
    actors: Mapping[str, ActorRow]
