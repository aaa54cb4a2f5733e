"""Read the state of a PostgreSQL database, and refuse a database that cannot be loaded."""

from typing import Any

import psycopg
from sqlalchemy import URL

from migrations import HEAD
from seeds.publish.faults import REPLACE, PublishError, url_without_password
from seeds.publish.postgres_faults import FOREIGN_TABLES, createdb_utf8_command, replace_command
from seeds.publish.result import DatabaseState

_REVISION_TYPE = """
    SELECT format_type(atttypid, NULL) FROM pg_attribute
    WHERE attrelid = to_regclass('alembic_version') AND attname = 'version_num'
"""

Driver = psycopg.Connection[tuple[Any, ...]]


def read_state(driver: Driver, url: URL) -> DatabaseState:
    """The revision and the dataset; raises `PublishError` if its tables are not ours."""
    name = url_without_password(url)
    state = DatabaseState(_revision(driver, url))
    if state.revision is None:
        if _exists(driver, "entries"):
            raise PublishError(
                f"{name}: it has a table 'entries' that is not ours, and is left as it is: "
                "name another database in HKUS_DATABASE_URL."
            )
        return state
    state.refuse_unusable(name, earlier=REPLACE.format(command=replace_command(url)))
    if state.revision != HEAD:
        return state
    row = driver.execute("SELECT version, rendering, seeds, loaded_at FROM dataset").fetchone()
    return DatabaseState(HEAD, *(row or ()))


def refuse_other_encoding(driver: Driver, url: URL) -> None:
    """Raise `PublishError` if the encoding of the database is not UTF8, which every character
    needs."""
    encoding = driver.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise PublishError(
            f"{url_without_password(url)}: the database is encoded in {encoding}, and UTF8 is "
            f"needed: create another one by `{createdb_utf8_command(url)}`, and "
            "name it in HKUS_DATABASE_URL."
        )


def refuse_read_only(driver: Driver, url: URL) -> None:
    """Raise `PublishError` if the connection is read-only."""
    if scalar(driver, "SELECT current_setting('transaction_read_only')") == "off":
        return
    if scalar(driver, "SELECT pg_is_in_recovery()"):
        reason = "it is a standby, which takes no changes: name the primary server"
    else:
        reason = (
            "default_transaction_read_only is on for this user or database: load as the owner of "
            "the tables"
        )
    raise PublishError(f"{url_without_password(url)}: {reason}.")


def _revision(driver: Driver, url: URL) -> str | None:
    kind = scalar(driver, _REVISION_TYPE)
    if kind is None and not _exists(driver, "alembic_version"):
        return None
    if kind != "character varying":
        raise PublishError(f"{url_without_password(url)}: 'alembic_version': {FOREIGN_TABLES}.")
    return scalar(driver, "SELECT string_agg(version_num, ', ') FROM alembic_version")


def _exists(driver: Driver, table: str) -> bool:
    return scalar(driver, "SELECT to_regclass(%s) IS NOT NULL", table)


def name_counts(driver: Driver, statement: str) -> dict[str, int]:
    """The pairs (name, number) that the statement yields."""
    return dict(driver.execute(statement.encode()).fetchall())


def scalar(driver: Driver, statement: str, *values: Any) -> Any:
    """The one value that the statement yields."""
    row = driver.execute(statement.encode(), values or None).fetchone()
    return row[0] if row else None
