"""Indexes by date hold all that a period is compared with, so that no row is looked up in vain; the
rendered rows of a page tell which of them surely fit."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import KEY, code, flag, ordinal, owner, position, reference, words
from migrations.dates import span

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DATED = (
    "entries", "agreements", "laws", "events", "trade_figures", "polls", "statements", "offices",
    "memberships",
)  # fmt: skip
FIRST = {"entries": "datable", "event_actors": "actor_id"}

START_LAST = "Last day by which it surely has begun; 9999-99-99 if that is never sure."
OLD_START_LAST = "Last day on which it may begin; 9999-12-31 if open."
FITS = {
    "date_first": "First day that its date may cover; null if its kind has no dates.",
    "date_certain_first": "First day on which it surely held.",
    "date_certain_last": "Last day on which it surely held.",
    "date_start_last": "Last day by which it surely has begun.",
}

ROLES = "source target party signatory recipient addressee subject victim location"
ROLE = "The part that an actor takes in an event. Vocabulary roles."
TYPES = (
    "legislation order agreement announcement criticism support request comment protest disclosure "
    "movement office crisis status policy economy security"
)
TYPE = "The type of the event, repeated for the indexes."
AGAIN = "Whether an earlier participant of the event is the same actor."
TABLE = "Who took which part in an event; its date and type are repeated for the indexes."
HELD = (
    "event_id, ordinal, actor_id, role, position, date_span, date_sort, date_undated, date_first, "
    "date_last, type, again"
)
NEVER = "9999-99-99"


def upgrade() -> None:
    """Values are those of before: the next load, which is due, writes what they mean now."""
    _drop_order_indexes()
    for table in DATED:
        _say(table, START_LAST)
    for name, comment in FITS.items():
        op.add_column("renderings", sa.Column(name, KEY, comment=comment))
    if _is_postgresql():
        column = words("date_start_last", START_LAST)
        column.server_default = sa.DefaultClause(NEVER)
        op.add_column("event_actors", column)
        op.alter_column("event_actors", "date_start_last", server_default=None)
    else:
        _drop_span_index()
        _put_aside()
        _create_participants(words("date_start_last", START_LAST))
        op.execute(
            f"INSERT INTO event_actors ({HELD}, date_start_last) "  # noqa: S608
            f"SELECT {HELD}, '{NEVER}' FROM old"
        )
        op.drop_table("old")
        _create_span_index()
    _create_order_indexes("date_first", "date_last", "date_start_last")


def downgrade() -> None:
    _drop_order_indexes()
    for table in DATED:
        _say(table, OLD_START_LAST)
    for name in FITS:
        op.drop_column("renderings", name)
    if _is_postgresql():
        op.drop_column("event_actors", "date_start_last")
    else:
        _drop_span_index()
        _put_aside()
        _create_participants()
        op.execute(f"INSERT INTO event_actors ({HELD}) SELECT {HELD} FROM old")  # noqa: S608
        op.drop_table("old")
        _create_span_index()
    _create_order_indexes()


def _say(table: str, comment: str) -> None:
    """SQLite keeps no comments."""
    if _is_postgresql():
        op.alter_column(table, "date_start_last", comment=comment)


def _put_aside() -> None:
    """A copy, not the table under another name: the views would go on to follow that."""
    op.execute("CREATE TABLE old AS SELECT * FROM event_actors")
    op.execute("CREATE INDEX ix_old ON old (event_id)")
    op.drop_table("event_actors")


def _create_participants(*more: sa.Column[str]) -> None:
    op.create_table(
        "event_actors",
        owner("event_id", "events"),
        ordinal(),
        reference("actor_id", "actors", "The participant."),
        code("role", ROLES, ROLE),
        position(),
        *span(),
        code("type", TYPES, TYPE),
        flag("again", AGAIN),
        *more,
        comment=TABLE,
    )


def _order_name(table: str) -> str:
    return "_".join(filter(None, ("ix", table, FIRST.get(table), "date_order")))


def _drop_order_indexes() -> None:
    for table in (*DATED, "event_actors"):
        op.drop_index(_order_name(table), table)


def _create_order_indexes(*compared: str) -> None:
    for table in (*DATED, "event_actors"):
        parts = table == "event_actors"
        key = ["date_undated", "date_sort", "position", "event_id" if parts else "id"]
        first = [FIRST[table]] if table in FIRST else []
        beside = ["type", "again"] if parts else []
        op.create_index(_order_name(table), table, [*first, *key, *compared, *beside])


SPAN = "ix_event_actors_actor_id_date_span"


def _drop_span_index() -> None:
    op.drop_index(SPAN, "event_actors")


def _create_span_index() -> None:
    key = ["actor_id", "date_span", "date_sort", "position", "event_id", "date_last"]
    op.create_index(SPAN, "event_actors", [*key, "type", "again"])


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
