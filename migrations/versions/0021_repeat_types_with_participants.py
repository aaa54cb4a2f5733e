"""Participants repeat the type of their event, and tell whether they are named before, so that the
index of participants answers alone who did what when."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import KEY, code, flag, ordinal, owner, position, reference
from migrations.dates import span

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROLES = "source target party signatory recipient addressee subject victim location"
ROLE = "The part that an actor takes in an event. Vocabulary roles."
TYPES = (
    "legislation order agreement announcement criticism support request comment protest disclosure "
    "movement office crisis status policy economy security"
)
TYPE = "The type of the event, repeated for the indexes."
AGAIN = "Whether an earlier participant of the event is the same actor."
TABLE = "Who took which part in an event; the event's date is repeated for its indexes."
TABLE_NOW = "Who took which part in an event; its date and type are repeated for the indexes."

HELD = (
    "event_id, ordinal, actor_id, role, position, date_span, date_sort, date_undated, date_first, "
    "date_last"
)
TYPE_OF = "(SELECT events.type FROM events WHERE events.id = held.event_id)"
IS_AGAIN = (
    "EXISTS (SELECT 1 FROM {table} AS earlier WHERE earlier.event_id = held.event_id "
    "AND earlier.actor_id = held.actor_id AND earlier.ordinal < held.ordinal)"
)
KEY_OF_ORDER = ("date_sort", "position", "event_id")


def upgrade() -> None:
    _drop_indexes()
    (_upgrade_postgresql if _is_postgresql() else _upgrade_sqlite)()
    _create_indexes("date_last", "type", "again", beside=("type", "again"))


def downgrade() -> None:
    _drop_indexes()
    (_downgrade_postgresql if _is_postgresql() else _downgrade_sqlite)()
    _create_indexes("date_last")


def _upgrade_postgresql() -> None:
    op.add_column("event_actors", sa.Column("type", KEY, comment=TYPE))
    op.add_column("event_actors", sa.Column("again", sa.Boolean(), comment=AGAIN))
    again = IS_AGAIN.format(table="event_actors")
    op.execute(f"UPDATE event_actors AS held SET type = {TYPE_OF}, again = {again}")  # noqa: S608
    op.alter_column("event_actors", "type", nullable=False)
    op.alter_column("event_actors", "again", nullable=False)
    listed = ", ".join(f"'{value}'" for value in TYPES.split())
    op.create_check_constraint("type", "event_actors", f"type IN ({listed})")
    op.create_table_comment("event_actors", TABLE_NOW)


def _downgrade_postgresql() -> None:
    op.drop_column("event_actors", "type")
    op.drop_column("event_actors", "again")
    op.create_table_comment("event_actors", TABLE)


def _upgrade_sqlite() -> None:
    _put_aside()
    _create_table(code("type", TYPES, TYPE), flag("again", AGAIN), comment=TABLE_NOW)
    again = IS_AGAIN.format(table="old")
    op.execute(
        f"INSERT INTO event_actors ({HELD}, type, again) "  # noqa: S608
        f"SELECT {HELD}, {TYPE_OF}, {again} FROM old AS held"
    )
    op.drop_table("old")


def _downgrade_sqlite() -> None:
    _put_aside()
    _create_table(comment=TABLE)
    op.execute(f"INSERT INTO event_actors ({HELD}) SELECT {HELD} FROM old")  # noqa: S608
    op.drop_table("old")


def _put_aside() -> None:
    """A copy, not the table under another name: the views would go on to follow that."""
    op.execute("CREATE TABLE old AS SELECT * FROM event_actors")
    op.execute("CREATE INDEX ix_old ON old (event_id)")
    op.drop_table("event_actors")


def _create_table(*more: sa.Column[str] | sa.Column[bool], comment: str) -> None:
    op.create_table(
        "event_actors",
        owner("event_id", "events"),
        ordinal(),
        reference("actor_id", "actors", "The participant."),
        code("role", ROLES, ROLE),
        position(),
        *span(),
        *more,
        comment=comment,
    )


def _drop_indexes() -> None:
    op.drop_index("ix_event_actors_actor_id_date_span", "event_actors")
    op.drop_index("ix_event_actors_actor_id_date_order", "event_actors")


def _create_indexes(*last: str, beside: tuple[str, ...] = ()) -> None:
    key, prefix = [*KEY_OF_ORDER], "ix_event_actors_actor_id_date"
    op.create_index(f"{prefix}_span", "event_actors", ["actor_id", "date_span", *key, *last])
    order = ["actor_id", "date_undated", *key, *beside]
    op.create_index(f"{prefix}_order", "event_actors", order)


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
