"""Participants are found by actor and type in date order, and events of a type without looking at
any other row."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WALKED = ("date_sort", "position")
REACH = ("date_first", "date_last")


def upgrade() -> None:
    _drop("events")
    _create("events", "id", ["type"])
    _create("event_actors", "event_id", ["again"], "actor_id", "type")
    op.drop_index("ix_event_actors_actor_id", "event_actors")


def downgrade() -> None:
    op.create_index("ix_event_actors_actor_id", "event_actors", ["actor_id"])
    _drop("event_actors", "actor_id", "type")
    _drop("events")
    _create("events", "id", [])


def _create(table: str, last: str, beside: list[str], *first: str) -> None:
    key, held = (*WALKED, last, *REACH), (*beside, "place")
    op.create_index(_name(table, first, "span"), table, [*first, "date_span", *key, *held])
    order = [*first, "date_undated", *key, "date_start_last", *held]
    op.create_index(_name(table, first, "order"), table, order)


def _drop(table: str, *first: str) -> None:
    for kind in ("span", "order"):
        op.drop_index(_name(table, first, kind), table)


def _name(table: str, first: tuple[str, ...], kind: str) -> str:
    return "_".join(("ix", table, *first, "date", kind))
