"""Bound values: the names under which statements take them.

SQLAlchemy binds values too, those of `literal` and of plain comparisons, and names each by a column
or a function and a number: `role_1`. All names of ours are made here, and end with an underscore,
which none of those does; so no value is ever taken for another one.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam

from app.params.types import Scalar


def bind_name(name: str) -> str:
    """The name under which a value is given to the statements that have it as `bound`."""
    return f"{name}_"


def bound(name: str, type: Any = None) -> BindParameter[Any]:
    """A bound value, which is passed when the statement is run."""
    return bindparam(bind_name(name), type_=type)


def bound_each(name: str, count: int, type: Any = None) -> list[BindParameter[Any]]:
    """Several values of one name, such as those of a filter."""
    return [bound(_indexed(name, index), type) for index in range(count)]


def values_of_each(name: str, values: Iterable[Scalar]) -> dict[str, Scalar]:
    """The values of the names that `bound_each` makes."""
    return {bind_name(_indexed(name, index)): value for index, value in enumerate(values)}


def _indexed(name: str, index: int) -> str:
    return f"{name}_{index}"


LIMIT = bound("limit", Integer)
OFFSET = bound("offset", Integer)
"""The number of rows of a page, and the number of rows before it."""
