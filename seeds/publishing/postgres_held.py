"""What a PostgreSQL database holds."""

from typing import Any

import psycopg
from sqlalchemy import URL

from migrations import HEAD
from seeds.publishing.faults import PublishError, shown
from seeds.publishing.published import Held

Driver = psycopg.Connection[tuple[Any, ...]]


def read_held(driver: Driver, url: URL) -> Held:
    """What the database says of itself; raises `PublishError` if its tables are not ours."""
    name = shown(url)
    if not one(driver, "SELECT to_regclass('alembic_version') IS NOT NULL"):
        if one(driver, "SELECT to_regclass('entries') IS NOT NULL"):
            raise PublishError(
                f"{name}: it has a table 'entries' that is not ours, and is left as it is: "
                "name another database in HKUS_DATABASE_URL."
            )
        return Held()
    held = Held(one(driver, "SELECT max(version_num) FROM alembic_version"))
    held.refuse_newer(name)
    if held.revision != HEAD:
        return held
    row = driver.execute("SELECT version, rendering, seeds, loaded_at FROM dataset").fetchone()
    return Held(HEAD, *(row or ()))


def pairs(driver: Driver, statement: str) -> dict[str, int]:
    """The pairs (name, number) that the statement yields."""
    return dict(driver.execute(statement.encode()).fetchall())


def one(driver: Driver, statement: str, *values: Any) -> Any:
    """The one value that the statement yields."""
    row = driver.execute(statement.encode(), values or None).fetchone()
    return row[0] if row else None
