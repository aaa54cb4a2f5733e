"""A resource: the declaration of a kind of row, with its tables, schema, filters and sort keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.orm import InstrumentedAttribute

from app.params.types import Named, SlugText
from app.resources.bases import ChildTable, DatedColumns, DerivedRecord, Record
from app.resources.filter_types import Filter
from app.resources.rows import CitedRow
from app.resources.shared import Entry
from app.schema import Schema
from app.vocabularies.kinds import KINDS

DERIVED_ID = 3 * 80 + 2 * len("--")
"""Maximum length of the id of a derived row, which consists of up to three ids."""


@dataclass(frozen=True, eq=False)
class Resource:
    """The declaration of a kind of row. All generic code reads it.

    - `parts`: the child tables by field; each field is a list, and the table has its items;
    - `evidence`: the key that `include` adds to a row;
    - `example` and `period`: the id of a row, and a period with rows, for the documentation;
    - `actors`: the fields with the actors that take part in the fact of the row;
    - `texts`: the fields that the search looks at, besides names and aliases;
    - `named`: whether rows have names of their own; if false, the name is the start of the text;
    - `rendering`: the column of `renderings` with the rows of the list as JSON;
    - `kinds`: the kinds of the rows, if the list has several kinds;
    - `scope`: a condition that selects the rows, if the table has other rows too;
    - `only_searched`: whether the list can be read only with a search;
    - `parent`: of derived rows, the column with the id of the row that they are derived from. Its
      child tables and its words are theirs, too. Derived rows have no item route and no feeds.
    """

    kind: str
    path: str
    title: str
    description: str
    model: type[Record | DerivedRecord | Entry]
    row: type[Schema]
    filters: tuple[Filter, ...] = ()
    parts: Mapping[str, type[ChildTable]] = field(default_factory=dict[str, type[ChildTable]])
    sorts: tuple[InstrumentedAttribute[Any], ...] = ()
    evidence: str | None = "citations"
    example: str = ""
    period: str = "1990/.."
    actors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    named: bool = True
    rendering: Literal["body", "entry"] = "body"
    kinds: tuple[str, ...] = ()
    only_searched: bool = False
    scope: ColumnElement[bool] | None = None
    parent: InstrumentedAttribute[Any] | None = None

    def __post_init__(self) -> None:
        names = [filter.name for filter in self.filters]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise ValueError(f"{self.path}: filters {doubled} are declared twice")
        unknown = sorted(set(self.parts) - set(self.row.model_fields))
        if unknown:
            raise ValueError(f"{self.path}: parts {unknown} are no fields of {self.row.__name__}")
        fields = {*self.actors, *(text.partition(".")[0] for text in self.texts)}
        unknown = sorted(fields - set(self.row.model_fields)) if not self.kinds else []
        if unknown:
            raise ValueError(f"{self.path}: {unknown} are no fields of {self.row.__name__}")
        unknown = sorted({each for filter in self.filters for each in filter.narrows} - {*names})
        if unknown:
            raise ValueError(f"{self.path}: {unknown} are narrowed but are no filters")
        # This check replaces a CHECK constraint on the column `entries.kind`.
        unknown = sorted(set(self.listed_kinds) - set(KINDS.values)) if self.parent is None else []
        if unknown:
            raise ValueError(f"{self.path}: its kinds {unknown} are not in {KINDS.name}")

    @property
    def plural(self) -> str:
        """The plural in code names: `TradeFigures`."""
        return self.title.title().replace(" ", "")

    @property
    def listed_kinds(self) -> tuple[str, ...]:
        """The kinds of the rows in the list."""
        return self.kinds or (self.kind,)

    @cached_property
    def filters_by_name(self) -> dict[str, Filter]:
        """All filters of the list by name: the filter `id`, then the filters of the resource."""
        column = self.model.id
        ids = Named(self.listed_kinds) if self.parent is None else SlugText(column, most=DERIVED_ID)
        id_filter = Filter("id", column, ids, "These rows.", self.example)
        return {filter.name: filter for filter in (id_filter, *self.filters)}

    @property
    def entry_key(self) -> str:
        """The column with the id of the entry whose words and child tables are those of a row."""
        return "id" if self.parent is None else self.parent.key

    def key_of(self, part: Table) -> str:
        """The column to which the owner column of a child table refers."""
        [foreign] = owner_column(part).foreign_keys
        return "id" if foreign.column.table is self.table else self.entry_key

    @cached_property
    def dated(self) -> bool:
        return issubclass(self.model, DatedColumns)

    @property
    def cited(self) -> bool:
        return issubclass(self.row, CitedRow)

    @property
    def table(self) -> Table:
        return table_of(self.model)

    @cached_property
    def sort_columns(self) -> dict[str, Column[Any]]:
        """The column of each sort key, except `date`, which has several columns."""
        columns = self.table.c
        declared = {sort.key.removesuffix("_folded"): columns[sort.key] for sort in self.sorts}
        return {
            "name": columns.name_sort,
            **declared,
            "position": columns.position,
            "id": columns.id,
        }


def table_of(model: type[Any]) -> Table:
    """The table that a model declares."""
    table: Table = model.__table__
    return table


def owner_column(table: Table) -> Column[Any]:
    """The column of a child table with the id of the parent row."""
    return next(column for column in table.columns if column.info.get("owner"))
