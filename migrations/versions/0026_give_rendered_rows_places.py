"""Rows tell where they lie as rendered: those of a page are found without a search by their ids,
and none is looked at that does not overlap the period."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import words

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DATED = (
    "entries", "agreements", "laws", "events", "trade_figures", "polls", "statements", "offices",
    "memberships",
)  # fmt: skip
PLACED = (*DATED, "actors", "documents", "passages", "event_actors", "search_words")
FIRST = {"entries": "datable", "event_actors": "actor_id"}

PLACE = "Where it lies as rendered: by date, then by kind and position."
RENDERED = "Its place: by date, then by kind and position."
TABLE = (
    "Each row as the API serves it, in the order of dates, in which most pages read them. Derived "
    "by the loader from the other tables' content."
)
OLD_TABLE = "Each row as the API serves it. Derived by the loader from the other tables' content."
FITS = {
    "date_first": "First day that its date may cover; null if its kind has no dates.",
    "date_certain_first": "First day on which it surely held.",
    "date_certain_last": "Last day on which it surely held.",
    "date_start_last": "Last day by which it surely has begun.",
}


def upgrade() -> None:
    """The next load, which is due, renders all rows anew and gives them places."""
    _drop_date_indexes()
    for table in PLACED:
        column = sa.Column(
            "place", sa.BigInteger(), nullable=False, server_default=sa.text("0"), comment=PLACE
        )
        op.add_column(table, column)
    _create_date_indexes(["date_first", "date_last"], ["place"])
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    place = sa.Column("place", number, primary_key=True, autoincrement=False, comment=RENDERED)
    _create_renderings(place, TABLE)


def downgrade() -> None:
    """The next load, which is due, renders all rows anew."""
    _drop_date_indexes()
    for table in PLACED:
        op.drop_column(table, "place")
    _create_date_indexes(["date_last"], [])
    _create_renderings(words("id", "The row.", primary_key=True), OLD_TABLE)


def _create_renderings(key: sa.Column[int] | sa.Column[str], comment: str) -> None:
    op.drop_table("renderings")
    op.create_table(
        "renderings",
        key,
        words("body", "The row as JSON."),
        words("entry", "The row as JSON, as the timeline and the search show it."),
        words("evidence", "Its citations as JSON; of a passage, what cites it.", nullable=True),
        *(words(name, comment, nullable=True) for name, comment in FITS.items()),
        comment=comment,
    )


def _drop_date_indexes() -> None:
    for table in (*DATED, "event_actors"):
        for kind in ("span", "order"):
            op.drop_index(_name(table, kind), table)


def _create_date_indexes(reach: list[str], place: list[str]) -> None:
    for table in (*DATED, "event_actors"):
        parts = table == "event_actors"
        first = [FIRST[table]] if table in FIRST else []
        key = ["date_sort", "position", "event_id" if parts else "id"]
        last = [*(["type", "again"] if parts else []), *place]
        compared = ["date_first", "date_last", "date_start_last"]
        span = [*first, "date_span", *key, *reach, *last]
        order = [*first, "date_undated", *key, *compared, *last]
        op.create_index(_name(table, "span"), table, span)
        op.create_index(_name(table, "order"), table, order)


def _name(table: str, kind: str) -> str:
    return "_".join(filter(None, ("ix", table, FIRST.get(table), "date", kind)))
