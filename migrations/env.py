"""Alembic's environment: runs the migrations on the caller's connection, or on the database in the
settings."""

from typing import Any

from alembic import context
from alembic.operations.ops import MigrationScript
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.resources.registry import METADATA
from app.settings import Settings

LOCK = 0x686B7573
"""Key of the PostgreSQL advisory lock: only one migration of a database runs at a time."""


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether autogenerate compares a table or an index with the models. The search index is not in
    the models, because SQLite and PostgreSQL have different kinds of it."""
    not_in_models = ("search_index", "ix_search_rows_vector")
    return not (kind in ("table", "index") and name and name.startswith(not_in_models))


def number_revision(_context: object, _head: object, directives: list[MigrationScript]) -> None:
    """Number a new revision: one more than the head, unless `--rev-id` sets another number."""
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
    # The second plugin compares CHECK constraints by name.
    "autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
}


def run_on(connection: Connection) -> None:
    """Run the migrations in one transaction. SQLite has few ways to alter a table, so Alembic
    copies the table instead (batch mode)."""
    postgresql = connection.dialect.name == "postgresql"
    context.configure(connection=connection, render_as_batch=not postgresql, **OPTIONS)
    with context.begin_transaction():
        if postgresql:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.run_migrations()


def run_on_settings() -> None:
    """Run the migrations on the database in the settings, for `alembic upgrade head`."""
    settings = Settings()
    if settings.sqlite_path:
        settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
    with create_engine(settings.url, poolclass=NullPool).connect() as connection:
        run_on(connection)


def print_sql() -> None:
    """Print the SQL of the migrations, for `alembic upgrade head --sql`. It needs no database."""
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
