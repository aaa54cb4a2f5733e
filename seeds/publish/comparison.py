"""SQL for both databases: count the rows, and count the differences between two contents."""

from collections.abc import Callable, Iterator
from typing import Any

from app.resources.registry import METADATA, RESOURCES
from seeds.publish.result import Difference

KIND_COUNTS = "SELECT kind, count(*) FROM entries GROUP BY kind"

Count = Callable[[str], Any]
"""Runs a statement and returns the one number that it yields."""


def table_count_select() -> str:
    """A statement that yields rows (table, number of its rows)."""
    counts = (
        f"SELECT '{name}', count(*) FROM \"{name}\""  # noqa: S608 - the name of our table
        for name in METADATA.tables
    )
    return " UNION ALL ".join(counts)


def difference(count: Count, old: str, new: str) -> Difference:
    """Compare two contents by the versions of their rows. `old` and `new` are prefixes of table
    names, such as `old.`."""
    totals = [sum(count(statement) for statement in each) for each in _statements(old, new)]
    return Difference(*totals)


def _statements(old: str, new: str) -> Iterator[list[str]]:
    tables = [resource.table.name for resource in RESOURCES]
    yield [_count_missing(new + table, old + table) for table in tables]
    yield [_count_changed(new + table, old + table) for table in tables]
    yield [_count_missing(old + table, new + table) for table in tables]


def _count_missing(table: str, other: str) -> str:
    """A statement that counts the rows of the table `table` that are not in the table `other`."""
    return (
        f"SELECT count(*) FROM {table} AS a "  # noqa: S608 - both are names of our tables
        f"WHERE NOT EXISTS (SELECT 1 FROM {other} AS b WHERE b.id = a.id)"
    )


def _count_changed(table: str, other: str) -> str:
    return (
        f"SELECT count(*) FROM {table} AS a "  # noqa: S608 - both are names of our tables
        f"JOIN {other} AS b ON b.id = a.id AND b.version <> a.version"
    )
