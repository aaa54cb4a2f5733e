"""Date columns for the tables of the baseline, and their indexes; see `columns`."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.columns import code, flag, whole, words

Columns = Iterator[sa.Column[Any]]


def dated() -> Columns:
    """The columns for the date of a row (ISO 8601-2, EDTF)."""
    yield words("date_edtf", "The date in EDTF, as exact as the document gives it.", nullable=True)
    yield words("date_earliest", "First day it may be; null if open or undated.", nullable=True)
    yield words("date_latest", "Last day it may be; null if open or undated.", nullable=True)
    yield words(
        "date_certain_first",
        "First day on which it surely held; 9999-12-31 if there is none.",
    )
    yield words(
        "date_certain_last",
        "Last day on which it surely held; 0001-01-01 if there is none.",
    )
    yield flag("date_interval", "Whether it lasts from one date to another.", nullable=True)
    yield code(
        "date_precision",
        "day month season year decade",
        "How exactly the document dates something; of an interval, the coarser of its ends. "
        "Vocabulary date-precisions.",
        nullable=True,
    )
    yield code(
        "date_qualifier",
        "uncertain approximate uncertain-approximate",
        "How far a date is to be trusted. Vocabulary date-qualifiers.",
        nullable=True,
    )
    yield code(
        "date_modifier",
        "early mid late by as-of end",
        "Words that narrow or open a date, which EDTF does not express. Vocabulary date-modifiers.",
        nullable=True,
    )
    yield code(
        "date_basis",
        "stated inherited inferred",
        "Where a date comes from. Vocabulary date-bases.",
        nullable=True,
    )
    yield words("date_text", "The document's words for the date.", nullable=True)
    yield from span()


def span() -> Columns:
    """The columns by which rows are filtered and sorted by date. They are derived from the date."""
    yield code(
        "date_span",
        "day month year decade longer undated",
        "Span class: the longest that the date may be.",
    )
    yield words("date_sort", "Sort key of the date; 9999-99-99 if there is none.")
    yield whole("date_undated", "1 if there is no date, else 0.")
    yield words("date_first", "First day that it may cover; 0001-01-01 if open.")
    yield words("date_last", "Last day that it may cover; 9999-12-31 if open.")
    yield words(
        "date_start_last",
        "Last day by which it surely has begun; 9999-99-99 if that is never sure.",
    )


def index_dates(table: str, *first: str, last: str = "id", beside: tuple[str, ...] = ()) -> None:
    """Create two indexes: one to find rows of `table` by period, one to read them in date order.

    Their first columns are `first`. Then come all columns that a period filter compares, and the
    columns `beside`, so the index alone answers the query. The last column is the rank of the
    rendered row.
    """
    key = ("date_sort", "position", last, "date_first", "date_last")
    included = (*beside, "place")
    prefix = "_".join(("ix", table, *first, "date"))
    op.create_index(f"{prefix}_span", table, [*first, "date_span", *key, *included])
    op.create_index(
        f"{prefix}_order", table, [*first, "date_undated", *key, "date_start_last", *included]
    )
