"""Bind parameters: their names, and how to create them.

SQLAlchemy makes bind parameters itself, for `literal` and for plain comparisons. Their names are a
column or function and a number, such as `role_1`. The names that are made here end with an
underscore, so they never collide with those.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam

from app.params.types import Scalar


def bind_name(name: str) -> str:
    """The name of the bind parameter that `bound` makes; the key of its value."""
    return f"{name}_"


def bound(name: str, type: Any = None) -> BindParameter[Any]:
    """A bind parameter. Its value is passed when the statement runs."""
    return bindparam(bind_name(name), type_=type)


def bound_each(name: str, count: int, type: Any = None) -> list[BindParameter[Any]]:
    """Several bind parameters for one name, such as the values of a filter."""
    return [bound(_indexed(name, index), type) for index in range(count)]


def values_of_each(name: str, values: Iterable[Scalar]) -> dict[str, Scalar]:
    """The values for the bind parameters of `bound_each`, by name."""
    return {bind_name(_indexed(name, index)): value for index, value in enumerate(values)}


def _indexed(name: str, index: int) -> str:
    return f"{name}_{index}"


LIMIT = bound("limit", Integer)
OFFSET = bound("offset", Integer)
"""Bind parameters of a page: the number of its rows (`LIMIT`), and of rows before it (`OFFSET`)."""
