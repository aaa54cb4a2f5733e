"""Append to the log of changes. The same SQL serves both databases.

`old` and `new` are prefixes of table names, such as `old.`, for the content before and after the
load. The log itself is in the tables with the prefix `log`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from seeds.publish.result import Difference

Run = Callable[[str], Sequence[Sequence[Any]]]
"""Runs a statement and returns the rows that it yields."""

LOG_TABLES = ("loads", "changes")
_COLUMNS = "number, kind, entry_id, change, version, name, loaded_at"
_LAST = "SELECT coalesce(max(number), 0) FROM {log}changes"
_CHANGES = """
    INSERT INTO {log}changes ({columns})
    SELECT ({last}) + row_number() OVER (ORDER BY rank, change, id),
        kind, id, change, version, name, (SELECT loaded_at FROM {new}dataset)
    FROM ({found}) AS found
"""
_LOAD = """
    INSERT INTO {log}loads (number, version, loaded_at, last_change)
    SELECT (SELECT coalesce(max(number), 0) + 1 FROM {log}loads), version, loaded_at, ({last})
    FROM {source}dataset WHERE version <> coalesce(
        (SELECT version FROM {log}loads ORDER BY number DESC LIMIT 1), ''
    )
"""
_SINCE = "SELECT change, count(*) FROM {log}changes WHERE number > {start} GROUP BY change"


def log_first_load(run: Run, new: str, log: str) -> None:
    """Begin the log with this load, whose rows are no changes."""
    run(_LOAD.format(log=log, source=new, last=_LAST.format(log=log)))


def log_changes(run: Run, old: str, new: str, log: str) -> Difference:
    """Log what differs between two contents, and the load; returns the numbers of rows.

    A row has changed if its version has. If the log knows no load yet, it begins with the old one.
    """
    last = _LAST.format(log=log)
    [(start,)] = run(last)
    if not run(f"SELECT number FROM {log}loads LIMIT 1"):  # noqa: S608 - prefixes of ours
        run(_LOAD.format(log=log, source=old, last=last))
    found = " UNION ALL ".join(
        each for rank, resource in enumerate(RESOURCES) for each in _found(rank, resource, old, new)
    )
    run(_CHANGES.format(log=log, new=new, last=last, columns=_COLUMNS, found=found))
    run(_LOAD.format(log=log, source=new, last=last))
    return Difference(**dict(map(tuple, run(_SINCE.format(log=log, start=start)))))


def copy_log(run: Run, old: str, log: str) -> None:
    """Copy the log of an older file."""
    for table in LOG_TABLES:
        run(f"INSERT INTO {log}{table} SELECT * FROM {old}{table}")  # noqa: S608


def _found(rank: int, resource: Resource, old: str, new: str) -> Iterator[str]:
    """The rows of one kind that differ, each with its change."""
    table = resource.table.name
    before, after = f"{old}{table}", f"{new}{table}"
    yield _select(rank, resource.kind, "added", after) + _lacking(before)
    yield (
        _select(rank, resource.kind, "changed", after)
        + f" JOIN {before} AS b ON b.id = a.id AND b.version <> a.version"
    )
    yield _select(rank, resource.kind, "removed", before) + _lacking(after)


def _select(rank: int, kind: str, change: str, table: str) -> str:
    return (
        f"SELECT {rank} AS rank, '{kind}' AS kind, a.id AS id, '{change}' AS change, "  # noqa: S608
        f"a.version AS version, a.name AS name FROM {table} AS a"
    )


def _lacking(those: str) -> str:
    """The condition that the row is not in the table `those`."""
    return f" WHERE NOT EXISTS (SELECT 1 FROM {those} AS b WHERE b.id = a.id)"  # noqa: S608
