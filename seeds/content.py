"""What a load publishes: rows with their proof, ready to be written to either database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.resource import Resource
from app.rows import Citation, Row, Schema


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """One row, with what stands beside it in the tables.

    `position` sorts by document, then by first citation. `names` are all the names that a filter
    takes for it. `columns` are columns of its table that the API does not show. `evidence` is what
    `include` adds: citations, or, of a passage, the rows that cite it.
    """

    resource: Resource
    row: Row
    position: int
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Schema, ...] | None = None
    names: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Content:
    """All that one load publishes. `rows` come in the order of the registry, then by position and
    id; `total` is their number, for progress; `coverage` is the coverage report."""

    version: str
    rows: Iterable[LoadedRow]
    total: int
    coverage: Mapping[str, Any]
