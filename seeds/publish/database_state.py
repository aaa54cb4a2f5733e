"""What a PostgreSQL database holds."""

from typing import Any

import psycopg
from sqlalchemy import URL

from migrations import HEAD
from seeds.publish.faults import REPLACE, PublishError, shown
from seeds.publish.postgres_faults import replacement
from seeds.publish.result import DatabaseState

Driver = psycopg.Connection[tuple[Any, ...]]


def read_state(driver: Driver, url: URL) -> DatabaseState:
    """What the database says of itself; raises `PublishError` if its tables are not ours."""
    name = shown(url)
    held = DatabaseState(_revision(driver))
    if held.revision is None:
        if _exists(driver, "entries"):
            raise PublishError(
                f"{name}: it has a table 'entries' that is not ours, and is left as it is: "
                "name another database in HKUS_DATABASE_URL."
            )
        return held
    held.refuse_unusable(name, earlier=REPLACE.format(command=replacement(url)))
    if held.revision != HEAD:
        return held
    row = driver.execute("SELECT version, rendering, seeds, loaded_at FROM dataset").fetchone()
    return DatabaseState(HEAD, *(row or ()))


def _revision(driver: Driver) -> str | None:
    if not _exists(driver, "alembic_version"):
        return None
    return one(driver, "SELECT string_agg(version_num, ', ') FROM alembic_version")


def _exists(driver: Driver, table: str) -> bool:
    return one(driver, "SELECT to_regclass(%s) IS NOT NULL", table)


def pairs(driver: Driver, statement: str) -> dict[str, int]:
    """The pairs (name, number) that the statement yields."""
    return dict(driver.execute(statement.encode()).fetchall())


def one(driver: Driver, statement: str, *values: Any) -> Any:
    """The one value that the statement yields."""
    row = driver.execute(statement.encode(), values or None).fetchone()
    return row[0] if row else None
