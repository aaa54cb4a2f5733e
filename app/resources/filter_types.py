"""Filters of lists. A filter is a query parameter that compares one column."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import FromClause, Table
from sqlalchemy.orm import InstrumentedAttribute

from app.params.types import Coded, Flag, Integer, Named, PeriodText, PlainText, Scalar, ValueType
from app.vocabularies.vocabulary import Vocabulary

Attribute = InstrumentedAttribute[Any]
Comparison = Literal["equal", "least", "most", "period"]

ACTOR = ("actor",)


@dataclass(frozen=True, slots=True)
class PairColumn:
    """The column of dyads that a filter asks for, if a query asks for both sides."""

    side: Literal["source", "target"]
    column: str
    through: tuple[Attribute, Attribute] | None = None
    """Of a filter through another table: the column with its values, and the column that joins
    that table to the column of dyads."""


@dataclass(frozen=True)
class Filter:
    """A query parameter that selects the rows whose `column` has one of the values.

    - The column may belong to a child table, such as the participants. Then one child row must
      match both the value and `where`.
    - `through` are two columns that join the child table to the table of `column`.
    - `is_plain`: the filter has no variants such as `x_not`, and no facet.
    - `pair` is set if the filter asks for one side of a pair of actors.
    - `example_not` is the example for the negated filter `x_not`. It is set if all rows match
      `example`.
    """

    name: str
    column: Attribute
    values: ValueType
    description: str
    example: Scalar
    comparison: Comparison = "equal"
    where: tuple[tuple[Attribute, str | bool], ...] = ()
    through: tuple[Attribute, Attribute] | None = None
    narrows: tuple[str, ...] = ()
    example_not: Scalar | None = None
    pair: PairColumn | None = None
    is_plain: bool = False

    @property
    def is_by_id(self) -> bool:
        """Whether it compares the id of a row, without `through`. The loader counts rows by id."""
        return isinstance(self.values, Named) and self.through is None

    @property
    def part(self) -> Attribute:
        """A column of the child table, or of the table of the row."""
        return self.through[0] if self.through else self.column

    @property
    def joined_table(self) -> Table | None:
        """The table that `through` joins."""
        if self.through is None:
            return None
        table: Table = self.through[1].class_.__table__
        return table

    def part_alias(self, name: str) -> FromClause:
        """An alias of `part_table`."""
        return self.part_table.alias(name)

    @property
    def part_table(self) -> Table:
        """The child table, or the table of the row."""
        table: Table = self.part.class_.__table__
        return table


def coded(
    column: Attribute,
    example: str,
    *,
    name: str = "",
    vocabulary: Vocabulary | None = None,
    **options: Any,
) -> Filter:
    """`type=order`: a code of the vocabulary. The default is the vocabulary of the column."""
    codes: Vocabulary = vocabulary or column.info["vocabulary"]
    return Filter(
        name=name or column.key,
        column=column,
        values=Coded(codes),
        description=f"{codes.description} Vocabulary `{codes.name}`.",
        example=example,
        **options,
    )


def named(
    column: Attribute,
    description: str,
    example: str,
    *,
    name: str = "",
    kinds: tuple[str, ...] = ACTOR,
    **options: Any,
) -> Filter:
    """`actor=donald-trump`: a row, given by its id, exact name or alias."""
    return Filter(
        name=name or column.key.removesuffix("_id"),
        column=column,
        values=Named(kinds),
        description=description,
        example=example,
        **options,
    )


def folded(column: Attribute, description: str, example: str) -> Filter:
    """`city=Chengdu`: plain text. It must match the whole value; case and accents do not count."""
    name = column.key.removesuffix("_folded")
    return Filter(name, column, PlainText(column), description, example)


def flagged(column: Attribute, description: str, example: bool) -> Filter:
    """`negated=true`: a boolean."""
    return Filter(column.key, column, Flag(), description, example)


def bounded(column: Attribute, description: str, least: int, most: int) -> Iterator[Filter]:
    """`value_min=…` and `value_max=…`, both inclusive."""
    integer = Integer(-(2**53), 2**53)
    low = Filter(
        f"{column.key}_min", column, integer, f"{description} At least this.", least, "least"
    )
    yield low
    yield replace(
        low, name=f"{column.key}_max", description=f"{description} At most this.", example=most,
        comparison="most",
    )  # fmt: skip


def in_period(
    column: Attribute, description: str, example: str, *, name: str, narrows: tuple[str, ...]
) -> Filter:
    """`step_date=2020-06`: a period in EDTF, which the dates of a child row have to match. `column`
    is the first day of the child row."""
    return Filter(
        name, column, PeriodText(partial=False), description, example, "period", narrows=narrows
    )
