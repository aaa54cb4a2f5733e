"""The content of all tables and views of a database, row by row."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import URL, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from app.resources.change_log import is_log
from app.resources.registry import METADATA

Contents = dict[str, set[tuple[Any, ...]]]


def contents(url: URL, *, timeless: bool = False, without: Collection[str] = ()) -> Contents:
    """The rows of each table and view, with columns sorted by name.

    The log is left out, because it depends on earlier loads. All rows are from one snapshot,
    because PostgreSQL may still commit what a killed load has sent.
    `timeless` leaves out the time of the load; `without` leaves out other columns.
    """
    one_state = {"postgresql": "REPEATABLE READ", "sqlite": "SERIALIZABLE"}
    engine = create_engine(
        url, poolclass=NullPool, isolation_level=one_state[url.get_backend_name()]
    )
    found: Contents = {}
    with engine.connect() as connection:
        kept = [name for name, table in METADATA.tables.items() if not is_log(table)]
        names = [*kept, *inspect(connection).get_view_names()]
        for name in names:
            result = connection.execute(text(f'SELECT * FROM "{name}"'))
            left_out = {*without, "loaded_at"} if timeless else {*without}
            columns = sorted(set(result.keys()) - left_out)
            found[name] = {tuple(row[c] for c in columns) for row in result.mappings()}
    return found
