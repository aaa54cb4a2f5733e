"""Sides: which participants of an event act, which are affected; and the role beneficiary."""

import sqlalchemy as sa
from alembic import op

revision = "0108"
down_revision = "0106"
branch_labels = None
depends_on = None

OLD = (
    "role IN ('source', 'target', 'party', 'signatory', 'recipient', 'addressee', 'subject', "
    "'victim', 'location')"
)
NEW = OLD.replace("'subject', ", "'subject', 'beneficiary', ")
SIDES = {
    "is_acting": "Whether it is on the acting side.",
    "is_affected": "Whether it is on the affected side.",
}


def upgrade() -> None:
    _replace_check(OLD, NEW)
    for name, comment in SIDES.items():
        column = sa.Column(
            name, sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment
        )
        op.add_column("event_actors", column)


def downgrade() -> None:
    for name in reversed(SIDES):
        op.drop_column("event_actors", name)
    _replace_check(NEW, OLD)


def _replace_check(old: str, new: str) -> None:
    if op.get_context().dialect.name == "postgresql":
        name = "ck_event_actors_role"
        op.execute(f"ALTER TABLE event_actors DROP CONSTRAINT {name}")
        # Rows with the new role may stay after a downgrade, until the next load.
        op.execute(f"ALTER TABLE event_actors ADD CONSTRAINT {name} CHECK ({new}) NOT VALID")
        if new == NEW:
            op.execute(f"ALTER TABLE event_actors VALIDATE CONSTRAINT {name}")
        return
    # SQLite's page on ALTER TABLE (section 7) says how to edit the declaration of a CHECK.
    schema = sa.table("sqlite_master", sa.column("type"), sa.column("name"), sa.column("sql"))
    is_meant = sa.and_(schema.c.type == "table", schema.c.name == "event_actors")
    op.execute("PRAGMA writable_schema = ON")
    op.execute(schema.update().where(is_meant).values(sql=sa.func.replace(schema.c.sql, old, new)))
    op.execute("PRAGMA writable_schema = RESET")
