"""Dates: centuries, quarters and halves as precisions, and days before Christ as sort keys.

The columns stay text. Only the CHECK of `date_precision` and the comments change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

DATED = (
    "entries", "offices", "memberships", "agreements", "laws", "events", "trade_figures", "polls",
    "statements",
)  # fmt: skip
RANGED = (*DATED, "event_actors")
"""The tables that have the first and last day of a date."""

OLD = "date_precision IN ('day', 'month', 'season', 'year', 'decade')"
NEW = "date_precision IN ('day', 'month', 'season', 'quarter', 'half', 'year', 'decade', 'century')"

OPEN = "First day that it may cover; {} if open."
UNCERTAIN = "Last day on which it surely held; {} if there is none."
OLD_LAST = "Last day that it may cover; 9999-12-31 if open."
NEW_LAST = "Last day that it may cover; 9999-12-31 if open, unknown if that is not known."
STEPS = {
    "law_history.step": "law", "laws.status": "law",
    "agreement_history.step": "agreement", "agreements.status": "agreement",
}  # fmt: skip
OLD_STEP = "What happened to {0} {1}, as the document tells it; the last one is its status."
NEW_STEP = "What happened to {0} {1}, in the order of the article; the last step is its status."
OLD_MIN, NEW_MIN = "0001-01-01", "&000-01-01"


def upgrade() -> None:
    _replace_check(OLD, NEW)
    _comment(NEW_MIN, NEW_LAST, NEW_STEP)


def downgrade() -> None:
    _replace_check(NEW, OLD, valid=False)
    _comment(OLD_MIN, OLD_LAST, OLD_STEP)


def _replace_check(old: str, new: str, *, valid: bool = True) -> None:
    """Replace the CHECK in all tables. Unless `valid`, rows that break the new one may stay."""
    if not _is_postgresql():
        _replace_check_in_sqlite(old, new)
        return
    suffix = "" if valid else " NOT VALID"
    for table in DATED:
        name = f"ck_{table}_date_precision"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({new}){suffix}")


def _replace_check_in_sqlite(old: str, new: str) -> None:
    """Change the CHECK in the stored CREATE TABLE statements. SQLite's page on ALTER TABLE
    (section 7) allows this for CHECK constraints. Rows are not rewritten."""
    schema = sa.table("sqlite_master", sa.column("type"), sa.column("name"), sa.column("sql"))
    is_dated = sa.and_(schema.c.type == "table", schema.c.name.in_(DATED))
    op.execute("PRAGMA writable_schema = ON")
    op.execute(schema.update().where(is_dated).values(sql=sa.func.replace(schema.c.sql, old, new)))
    op.execute("PRAGMA writable_schema = RESET")


def _comment(first: str, last: str, step: str) -> None:
    """Set the comments, which only PostgreSQL has."""
    if not _is_postgresql():
        return
    for table in RANGED:
        _comment_on(table, "date_first", OPEN.format(first))
        _comment_on(table, "date_last", last)
    for table in DATED:
        _comment_on(table, "date_certain_last", UNCERTAIN.format(first))
    for column, of in STEPS.items():
        comment = step.format("an" if of == "agreement" else "a", of)
        table, _, name = column.partition(".")
        _comment_on(table, name, f"{comment} Vocabulary {of}-steps.")


def _comment_on(table: str, column: str, comment: str) -> None:
    op.execute(f"COMMENT ON COLUMN {table}.{column} IS '{comment}'")


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
