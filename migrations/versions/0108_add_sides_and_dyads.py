"""Sides of participants; dyads, the pairs of actors of events; parts of actors; and the days of the
steps of histories."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

HISTORIES = ("law_history", "agreement_history")
DAYS = {
    "date_first": "First day that it may cover.",
    "date_last": "Last day that it may cover.",
    "date_certain_first": "First day on which it surely held.",
    "date_certain_last": "Last day on which it surely held.",
    "date_start_last": "Last day by which it surely has begun.",
}
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SIDES = {
    "is_acting": "Whether it is on the acting side.",
    "is_affected": "Whether it is on the affected side.",
}


def upgrade() -> None:
    for name, comment in SIDES.items():
        column = sa.Column(
            name, sa.Boolean(), nullable=False, server_default=sa.false(), comment=comment
        )
        op.add_column("event_actors", column)
    _create_dyads()
    _create_actors()
    _create_parts()
    for table in HISTORIES:
        for name, comment in DAYS.items():
            text = f"{comment} Sort key; null if there is no date."
            op.add_column(table, _text(name, text, nullable=True))


def downgrade() -> None:
    for table in HISTORIES:
        for name in reversed(DAYS):
            op.drop_column(table, name)
    op.drop_table("actor_parts")
    op.drop_table("dyad_actors")
    op.drop_table("dyads")
    for name in reversed(SIDES):
        op.drop_column("event_actors", name)


def _create_dyads() -> None:
    op.create_table(
        "dyads",
        sa.Column("id", KEY, primary_key=True, comment="Unique in its table."),
        _text("name", "Display name, in one line."),
        _text(
            "name_sort", "Sort key of the name: its first 60 characters, without case and accents."
        ),
        _text(
            "note",
            "Remarks on what is contradictory, doubtful or inferred from context.",
            nullable=True,
        ),
        *_ranks(),
        _reference("event_id", "events", "The event.", index=True),
        _reference("source_id", "actors", "Who acts."),
        _text("source_type", "What kind of actor it is. Vocabulary actor-types."),
        _text("source_country", "Country of who acts, ISO 3166-1 alpha-3.", nullable=True),
        _reference("target_id", "actors", "Towards whom."),
        _text("target_type", "What kind of actor it is. Vocabulary actor-types."),
        _text("target_country", "Country of who is affected, ISO 3166-1 alpha-3.", nullable=True),
        _text(
            "type",
            "What kind of action or state an event is, in plain words. Each type names "
            "the roles with a side that its participants can have. Vocabulary "
            "event-types.",
        ),
        _text(
            "category",
            "Sixteen categories for political events. They are an annotation; `type` is "
            "our own code. Vocabulary plover-categories.",
            nullable=True,
        ),
        _text(
            "mode",
            "How an event was done. Each mode belongs to the categories that its "
            "definition names. Vocabulary plover-modes.",
            nullable=True,
        ),
        _text(
            "quad",
            "Four classes of interaction: in words or in deeds, cooperating or in "
            "conflict. Vocabulary quad-classes.",
            nullable=True,
        ),
        _number("score", "Score of the category, from -10 to 10."),
        _text(
            "modality",
            "How the document describes an event: as a fact, or only as announced, "
            "planned or claimed. Vocabulary modalities.",
        ),
        _text("aspect", "Whether a row describes an event or a lasting state. Vocabulary aspects."),
        _flag("negated", "The document says that it did not happen."),
        _reference("place_id", "actors", "Where it happened.", nullable=True, index=True),
        _text("role_source", "The role of who acts."),
        _text("role_target", "The role of who is affected."),
        _text("text", "The first words that the event cites."),
        *_date(),
        *_span(),
        comment="An ordered pair of actors in an event: one acts, the other is affected. "
        "Derived by the loader.",
    )
    _index_span("dyads", extra=("type",))
    _index_order("dyads", extra=("type",))
    for name, other in (("source_id", "target_id"), ("source_country", "target_country")):
        for first, extra in ((name, other), (other, name)):
            _index_span("dyads", first, extra=(extra,))
            _index_order("dyads", first, extra=(extra,))


def _create_actors() -> None:
    op.create_table(
        "dyad_actors",
        sa.Column(
            "dyad_id",
            KEY,
            sa.ForeignKey("dyads.id", deferrable=True, initially="DEFERRED"),
            primary_key=True,
            comment="The row of dyads that this row belongs to.",
        ),
        sa.Column(
            "ordinal",
            sa.Integer(),
            primary_key=True,
            autoincrement=False,
            comment="Index in the list of its row, from 0.",
        ),
        _reference("actor_id", "actors", "The actor."),
        _text("role", "The part that an actor takes in an event. Vocabulary roles."),
        *_ranks(),
        _text("type", "The type of the event, copied for the indexes."),
        _flag("is_duplicate", "Whether an earlier actor of the dyad is the same: always false."),
        *_span(),
        comment="The two actors of a dyad, with their roles; the date and type of the event "
        "are copied here for the indexes.",
    )
    first, last, extra = "actor_id", "dyad_id", ("type", "is_duplicate")
    _index_span("dyad_actors", first, last=last, extra=extra)
    _index_order("dyad_actors", first, last=last, extra=extra)


def _create_parts() -> None:
    comments = {"whole_id": "The actor.", "part_id": "A part of it, or itself."}
    op.create_table(
        "actor_parts",
        *(
            sa.Column(
                name,
                KEY,
                sa.ForeignKey("actors.id", deferrable=True, initially="DEFERRED"),
                primary_key=True,
                index=name == "part_id",
                comment=comment,
            )
            for name, comment in comments.items()
        ),
        comment="The governments and bodies that an actor consists of, in any number of steps, and "
        "the actor itself. Derived by the loader.",
    )


def _ranks() -> Iterator[sa.Column[Any]]:
    yield from (
        sa.Column(
            "position",
            sa.BigInteger(),
            nullable=False,
            comment="Position of its first citation: by document, then by character.",
        ),
        sa.Column(
            "render_rank",
            sa.BigInteger(),
            nullable=False,
            server_default=sa.text("0"),
            comment="Key of the rendered row: its rank in the order of date, kind and position.",
        ),
    )


def _date() -> Iterator[sa.Column[Any]]:
    yield from (
        _text("date_edtf", "The date in EDTF, as exact as the document gives it.", nullable=True),
        _text(
            "date_earliest",
            "First day that the date may cover, ISO 8601; null if open or undated.",
            nullable=True,
        ),
        _text(
            "date_latest",
            "Last day that the date may cover, ISO 8601; null if open or undated.",
            nullable=True,
        ),
        _text(
            "date_certain_first",
            "First day that the date surely covers; 9999-12-31 if there is none.",
        ),
        _text(
            "date_certain_last",
            "Last day that the date surely covers; &000-01-01 if there is none.",
        ),
        _flag("date_interval", "Whether the date is an interval.", nullable=True),
        _code(
            "date_precision",
            "day month season quarter half year decade century",
            "How precise a date is in the document. An interval is as precise as its less "
            "precise end. Vocabulary date-precisions.",
            nullable=True,
        ),
        _code(
            "date_qualifier",
            "uncertain approximate uncertain-approximate",
            "How certain a date is. Vocabulary date-qualifiers.",
            nullable=True,
        ),
        _code(
            "date_modifier",
            "early mid late by as-of end",
            "Words that make a date narrower or open. EDTF cannot express them. "
            "Vocabulary date-modifiers.",
            nullable=True,
        ),
        _code(
            "date_basis",
            "stated inherited inferred",
            "Where a date comes from. Vocabulary date-bases.",
            nullable=True,
        ),
        _text("date_text", "The document's words for the date.", nullable=True),
    )


def _span() -> Iterator[sa.Column[Any]]:
    yield from (
        _code(
            "date_span",
            "day month year decade longer undated",
            "Span class: upper limit of the duration of the date.",
        ),
        _text("date_sort", "Sort key of the date; 9999-99-99 if there is none."),
        sa.Column(
            "date_undated", sa.Integer(), nullable=False, comment="1 if there is no date, else 0."
        ),
        _text("date_first", "First day that the date may cover; &000-01-01 if open."),
        _text(
            "date_last",
            "Last day that the date may cover; 9999-12-31 if the end is open, the word "
            "unknown if it is unknown.",
        ),
        _text(
            "date_start_last",
            "First day on which the date has surely started; 9999-99-99 if there is none.",
        ),
    )


def _index_span(table: str, *first: str, last: str = "id", extra: tuple[str, ...]) -> None:
    reach = ("date_first", "date_last", *extra, "render_rank")
    columns = [*first, "date_span", "date_sort", "position", last, *reach]
    op.create_index("_".join(("ix", table, *first, "date_span")), table, columns)


def _index_order(table: str, *first: str, last: str = "id", extra: tuple[str, ...]) -> None:
    reach = ("date_first", "date_last", "date_start_last", *extra, "render_rank")
    columns = [*first, "date_undated", "date_sort", "position", last, *reach]
    op.create_index("_".join(("ix", table, *first, "date_order")), table, columns)


def _text(name: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, KEY, nullable=nullable, comment=comment)


def _flag(name: str, comment: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable, comment=comment)


def _number(name: str, comment: str) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=True, comment=comment)


def _code(name: str, codes: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    listed = ", ".join(f"'{value}'" for value in codes.split())
    rule = sa.CheckConstraint(f"{name} IN ({listed})", name=name)
    return sa.Column(name, KEY, rule, nullable=nullable, comment=comment)


def _reference(
    name: str, table: str, comment: str, *, nullable: bool = False, index: bool = False
) -> sa.Column[str]:
    key = sa.ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return sa.Column(name, KEY, key, nullable=nullable, index=index, comment=comment)
