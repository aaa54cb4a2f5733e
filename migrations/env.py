"""Runs the migrations on the caller's connection, or on the database that the settings name."""

from typing import Any

from alembic import context
from alembic.operations.ops import MigrationScript
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.resources.registry import METADATA
from app.settings import Settings

LOCK = 0x686B7573
"""Key of the advisory lock by which two migrations of one PostgreSQL database take turns."""


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """The index of the search is no part of the models: each database has its own sort."""
    apart = ("search_index", "ix_search_words_vector")
    return not (kind in ("table", "index") and name and name.startswith(apart))


def number_revision(_context: object, _head: object, directives: list[MigrationScript]) -> None:
    """Give a new revision the number after the head's, unless `--rev-id` names another."""
    if getattr(context.config.cmd_opts, "rev_id", None):
        return
    head = context.script.get_current_head() or "0"
    for directive in directives:
        directive.rev_id = f"{int(head) + 1:04}"


OPTIONS: dict[str, Any] = {
    "include_name": is_compared,
    "target_metadata": METADATA,
    "compare_type": True,
    "compare_server_default": True,
    "process_revision_directives": number_revision,
    # The second one compares CHECK constraints, by their names.
    "autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
}


def run_on(connection: Connection) -> None:
    """Run them in one transaction; SQLite cannot alter tables in place, so it copies them."""
    postgresql = connection.dialect.name == "postgresql"
    context.configure(connection=connection, render_as_batch=not postgresql, **OPTIONS)
    with context.begin_transaction():
        if postgresql:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.run_migrations()


def run_on_settings() -> None:
    """What `alembic upgrade head` by hand does."""
    settings = Settings()
    if settings.sqlite_path:
        settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    with create_engine(settings.url, poolclass=NullPool).connect() as connection:
        run_on(connection)


def print_sql() -> None:
    """What `alembic upgrade head --sql` does: no database is needed."""
    dialect = Settings().url.get_backend_name()
    context.configure(dialect_name=dialect, literal_binds=True, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if context.is_offline_mode():
    print_sql()
elif given is not None:
    run_on(given)
else:
    run_on_settings()
