"""Filters of lists: each is a parameter that compares one column."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import FromClause, Table
from sqlalchemy.orm import InstrumentedAttribute

from app.params.types import Coded, Flag, Integer, Named, PlainText, Scalar, ValueType
from app.vocabularies.vocabulary import Vocabulary

Attribute = InstrumentedAttribute[Any]
Comparison = Literal["equal", "least", "most"]

ACTOR = ("actor",)
OFFICE = ("office",)
PLACES = ("actor",)


@dataclass(frozen=True)
class Filter:
    """A parameter that keeps the rows whose `column` holds (one of) the values.

    The column may belong to a child table, such as the participants; then one child row must match
    the value and `where`. `through` joins the child table to the table of the column.
    `example_not` is the example of `x_not` if all rows have the `example`.
    """

    name: str
    column: Attribute
    values: ValueType
    description: str
    example: Scalar
    comparison: Comparison = "equal"
    where: tuple[tuple[Attribute, str], ...] = ()
    through: tuple[Attribute, Attribute] | None = None
    narrows: tuple[str, ...] = ()
    example_not: Scalar | None = None

    @property
    def is_by_id(self) -> bool:
        """Whether it compares the id of a row directly; the loader counts the rows of each id."""
        return isinstance(self.values, Named) and self.through is None

    @property
    def part(self) -> Attribute:
        """A column of the child table, or of the table of the row."""
        return self.through[0] if self.through else self.column

    @property
    def far_table(self) -> Table | None:
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
    """`type=order`: a code of the vocabulary; by default that of the column."""
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
    """`actor=donald-trump`: a row by id, exact name or alias."""
    return Filter(
        name=name or column.key.removesuffix("_id"),
        column=column,
        values=Named(kinds),
        description=description,
        example=example,
        **options,
    )


def folded(column: Attribute, description: str, example: str) -> Filter:
    """`city=Chengdu`: plain text, matched whole without case and accents."""
    name = column.key.removesuffix("_folded")
    return Filter(name, column, PlainText(column), description, example)


def flagged(column: Attribute, description: str, example: bool) -> Filter:
    """`negated=true`."""
    return Filter(column.key, column, Flag(), description, example)


def bounded(column: Attribute, description: str, least: int, most: int) -> Iterator[Filter]:
    """`value_min=…` and `value_max=…`, both inclusive."""
    whole = Integer(-(2**53), 2**53)
    low = Filter(
        f"{column.key}_min", column, whole, f"{description} At least this.", least, "least"
    )
    yield low
    yield replace(
        low, name=f"{column.key}_max", description=f"{description} At most this.", example=most,
        comparison="most",
    )  # fmt: skip
