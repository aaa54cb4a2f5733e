"""What a load publishes: rows with their proof, ready to be written to either database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.resources.resource import Resource
from app.resources.rows import Citation, Row
from app.schema import Schema


class InSection(NamedTuple):
    """A section, by the ids of its document and within it."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """One row, with what stands beside it in the tables.

    `position` sorts by document, then by first citation. `names` are all the names that a filter
    takes for it. `columns` are columns of its table that the API does not show. `evidence` is what
    `include` adds: citations, or, of a passage, the rows that cite it. `in_sections` are those that
    it is cited, or stands, in, and all around these.
    """

    resource: Resource
    row: Row
    position: int
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Schema, ...] | None = None
    names: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    in_sections: tuple[InSection, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that one load publishes. `rows` come in the order of the registry, then by position and
    id; `total` is their number, for progress; `coverage` is the coverage report."""

    version: str
    rows: Iterable[LoadedRow]
    total: int
    coverage: Mapping[str, Any]
