"""Names and comments in plain English: ranks, duplicates, counts and the rows of the search.

Tables whose own name changes are created anew, empty; the next load fills them. In all other tables
only columns are renamed, so their rows stay.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from migrations.columns import KEY, ROWID

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None

DATED = (
    "entries", "offices", "memberships", "agreements", "laws", "events", "trade_figures", "polls",
    "statements",
)  # fmt: skip
RANGED = (*DATED, "event_actors")
"""The tables that have the first and last day of a date."""
RECORDS = (*DATED[1:], "documents", "passages", "actors")
"""The tables of rows with an id."""
NAMED = ("entries", *RECORDS)
RANKED = (*NAMED, "event_actors")
"""The tables that have the rank of the rendered row."""

RENAMED = {
    **{f"{table}.place": "render_rank" for table in (*RANKED, "renderings")},
    "event_actors.again": "is_duplicate",
    "tallies.dimension": "filter",
    "tallies.step": "bucket_type",
    "tallies.number": "count",
}

RENAME_NOT_NULL = """
    DO $$ BEGIN
        IF EXISTS (
            SELECT FROM pg_constraint
            WHERE conrelid = '{table}'::regclass AND conname = '{table}_{old}_not_null'
        ) THEN
            ALTER TABLE {table}
            RENAME CONSTRAINT {table}_{old}_not_null TO {table}_{new}_not_null;
        END IF;
    END $$
"""
"""Rename the NOT NULL constraint of a column. Only PostgreSQL 18 and later has it by name."""

SHARED_COMMENTS = (
    (NAMED, "name", "One line to show the row by.", "Display name, in one line."),
    (
        NAMED,
        "name_sort",
        "The name as it is sorted: without case and accents, 60 characters of it.",
        "Sort key of the name: its first 60 characters, without case and accents.",
    ),
    (
        RANKED,
        "position",
        "Where its first citation stands: documents in order, then characters.",
        "Position of its first citation: by document, then by character.",
    ),
    (
        RANKED,
        "render_rank",
        "Where it lies as rendered: by date, then by kind and position.",
        "Key of the rendered row: its rank in the order of date, kind and position.",
    ),
    (
        DATED,
        "date_earliest",
        "First day it may be; null if open or undated.",
        "First day that the date may cover, ISO 8601; null if open or undated.",
    ),
    (
        DATED,
        "date_latest",
        "Last day it may be; null if open or undated.",
        "Last day that the date may cover, ISO 8601; null if open or undated.",
    ),
    (
        DATED,
        "date_certain_first",
        "First day on which it surely held; 9999-12-31 if there is none.",
        "First day that the date surely covers; 9999-12-31 if there is none.",
    ),
    (
        DATED,
        "date_certain_last",
        "Last day on which it surely held; &000-01-01 if there is none.",
        "Last day that the date surely covers; &000-01-01 if there is none.",
    ),
    (
        DATED,
        "date_interval",
        "Whether it lasts from one date to another.",
        "Whether the date is an interval.",
    ),
    (
        RANGED,
        "date_span",
        "Span class: the longest that the date may be.",
        "Span class: upper limit of the duration of the date.",
    ),
    (
        RANGED,
        "date_first",
        "First day that it may cover; &000-01-01 if open.",
        "First day that the date may cover; &000-01-01 if open.",
    ),
    (
        RANGED,
        "date_last",
        "Last day that it may cover; 9999-12-31 if open, unknown if that is not known.",
        (
            "Last day that the date may cover; 9999-12-31 if the end is open, the word unknown if "
            "it is unknown."
        ),
    ),
    (
        RANGED,
        "date_start_last",
        "Last day by which it surely has begun; 9999-99-99 if that is never sure.",
        "First day on which the date has surely started; 9999-99-99 if there is none.",
    ),
    (
        RECORDS,
        "note",
        "What is contradictory, doubtful or taken from context.",
        "Remarks on what is contradictory, doubtful or inferred from context.",
    ),
)
"""Comments of a column that several tables have: the tables, the column, the old and the new
comment."""
COMMENTS = {
    "actor_affiliations": (
        "To whom an actor belongs, and how.",
        "An actor that another actor belongs to, and in which role.",
    ),
    "actor_affiliations.affiliation_id": ("To whom it belongs.", "The actor that it belongs to."),
    "actors.description": (
        "The document's words for who or what it is.",
        "Description, in the document's words.",
    ),
    "agreement_history.according_to_id": ("Who says so.", "The actor who says so."),
    "agreement_history.date_edtf": ("When, in EDTF.", "Date of the stage, in EDTF."),
    "agreement_history.event_id": (
        "The event that tells it.",
        "The event in which the stage happens.",
    ),
    "agreements.summary": ("What it is, in our words.", "Summary, in our words."),
    "citations.end_offset": ("Behind the last character.", "Offset after the last character."),
    "citations.start_offset": (
        "First character, in Unicode code points from 0.",
        "Offset of the first character, in Unicode code points from 0.",
    ),
    "data_dictionary": (
        "What every table and column means, for whoever reads this database by SQL.",
        "The meaning of every table and column, for readers who use SQL.",
    ),
    "data_dictionary.column_name": (
        "Its column; empty: the table itself.",
        "Name of the column; empty for the table itself.",
    ),
    "data_dictionary.meaning": ("What it holds.", "Meaning of the table or column."),
    "data_dictionary.table_name": ("Table or view.", "Name of the table or view."),
    "dataset": (
        "The one row that says which content this database holds.",
        "The content that this database holds, in one row.",
    ),
    "dataset.loaded_at": (
        "When it was loaded, RFC 3339 in UTC.",
        "Time of the load, RFC 3339 in UTC.",
    ),
    "dataset.rendering": (
        "Hash of the schemas by which rows were rendered.",
        "Hash of the schemas that the rows were rendered with.",
    ),
    "dataset.seeds": (
        "Hash of the files that it was read from, and of the code for it.",
        "Hash of the files that were loaded and of the code that read them.",
    ),
    "documents.attribution": (
        "To whom it is owed.",
        "The authors to name, as the licence requires.",
    ),
    "documents.revision": ("Which revision of it, if known.", "Revision of the source, if known."),
    "documents.text": ("The text itself.", "The text."),
    "documents.url": ("Where it comes from.", "Address of the source."),
    "entries": (
        "Every row of every kind, once: its id, kind and date. Written by the loader.",
        "Every row of every kind, with its id, kind and date. The loader writes this table.",
    ),
    "entries.datable": (
        "Whether rows of its kind can carry a date.",
        "Whether rows of its kind can have a date.",
    ),
    "entry_actors": (
        "The actors that a row names as taking part in it.",
        "An actor that a row names as a participant.",
    ),
    "entry_sections": (
        "A section in which a row is cited, or a passage stands, and each section around that.",
        (
            "A section that contains a citation of a row, or a passage. The sections that contain "
            "it are also stored."
        ),
    ),
    "event_according_to": (
        "Who reports or claims an event.",
        "An actor who reports or claims an event.",
    ),
    "event_according_to.actor_id": ("Who says so.", "The actor who says so."),
    "event_actors": (
        "Who took which part in an event; its date and type are repeated for the indexes.",
        (
            "A participant of an event, with its role. The date and type of the event are copied "
            "here for the indexes."
        ),
    ),
    "event_actors.type": (
        "The type of the event, repeated for the indexes.",
        "The type of the event, copied for the indexes.",
    ),
    "event_agreements": (
        "How an event bears on an agreement.",
        "An agreement that an event concerns, and how.",
    ),
    "event_laws": ("How an event bears on a law.", "A law that an event concerns, and how."),
    "event_numbers.approximate": (
        "Whether the words say that it is not exact.",
        "Whether the document says that the number is not exact.",
    ),
    "event_numbers.value": (
        "The number; null where the words give none.",
        "The number; null if the document gives none.",
    ),
    "events": (
        "A happening or state that the document tells.",
        "An event or state that the document reports.",
    ),
    "events.coding_rationale": ("Why it was coded so.", "Reason for the coding."),
    "events.coding_scheme": (
        "The scheme of the annotation, PLOVER-0.8.",
        "The coding scheme, PLOVER-0.8.",
    ),
    "events.negated": (
        "The document says that it did not happen.",
        "Whether the document says that it did not happen.",
    ),
    "events.summary": (
        "What the document tells, in our words.",
        "Summary of what the document says, in our words.",
    ),
    "infobox_lines.key": ("What it says something about.", "Label of the line."),
    "infobox_lines.value": ("What it says.", "Value of the line."),
    "law_history.according_to_id": ("Who says so.", "The actor who says so."),
    "law_history.date_edtf": ("When, in EDTF.", "Date of the stage, in EDTF."),
    "law_history.event_id": ("The event that tells it.", "The event in which the stage happens."),
    "law_issued_by": ("Who issued a law or measure.", "An actor who issued a law or measure."),
    "law_provisions": ("What a law provides.", "A provision of a law."),
    "law_signed_by": ("Who signed a law.", "An actor who signed a law."),
    "laws.jurisdiction_id": (
        "Whose law it is.",
        "The country, territory or organisation whose law it is.",
    ),
    "laws.summary": ("What it is, in our words.", "Summary, in our words."),
    "link_counts": (
        "How many rows of a list a filter by this row finds. Derived by the loader.",
        "The number of rows in a list that a filter by this row finds. The loader counts them.",
    ),
    "link_counts.count": ("How many rows it finds.", "Number of rows."),
    "memberships": (
        "Who belongs to which organisation, and as what.",
        "The membership of an actor in an organisation.",
    ),
    "memberships.member_id": ("Who belongs.", "The member."),
    "memberships.organisation_id": ("To what.", "The organisation."),
    "names": (
        (
            "Every name and alias of a row, as it is compared; filters take these where ids are "
            "asked."
        ),
        (
            "Every name and alias of a row, folded for comparison. Filters accept them in place of "
            "ids."
        ),
    ),
    "offices.city_folded": ("The city as it is compared.", "The city, folded for comparison."),
    "offices.description": (
        "What it is, in the document's words.",
        "Description, in the document's words.",
    ),
    "offices.holder_id": ("Who holds the post.", "The person who holds the post."),
    "offices.operator_id": ("Whose office it is.", "The actor that operates it."),
    "passages.end_offset": ("Behind the last character.", "Offset after the last character."),
    "passages.start_offset": (
        "First character, in Unicode code points from 0.",
        "Offset of the first character, in Unicode code points from 0.",
    ),
    "poll_answers": ("The share of one answer.", "An answer, with its share."),
    "polls.about_id": ("What it was about.", "The row that the poll is about."),
    "polls.pollster_id": ("Who asked.", "The organisation that carried out the poll."),
    "polls.population": (
        "Who was asked, in the document's words.",
        "The population of the poll, in the document's words.",
    ),
    "polls.question": ("What was asked, in our words.", "The question, in our words."),
    "polls.report": (
        "The report that holds it, in the document's words.",
        "The report that contains the poll, in the document's words.",
    ),
    "relations": (
        "How one row is related to another; each relation stands here from both sides.",
        "A relation of a row to another row. Each relation is stored in both directions.",
    ),
    "relations.according_to_id": ("Who says so.", "The actor who says so."),
    "renderings": (
        (
            "Each row as the API serves it, in the order of dates, in which most pages read them. "
            "Derived by the loader from the other tables' content."
        ),
        (
            "Each row as JSON, as the API sends it. The loader renders it from the other tables. "
            "The rows are stored in date order, because most pages read them in this order."
        ),
    ),
    "renderings.body": ("The row as JSON.", "The row as JSON, with all fields."),
    "renderings.date_certain_first": (
        "First day on which it surely held.",
        "First day that the date surely covers.",
    ),
    "renderings.date_certain_last": (
        "Last day on which it surely held.",
        "Last day that the date surely covers.",
    ),
    "renderings.date_first": (
        "First day that its date may cover; null if its kind has no dates.",
        "First day that the date may cover; null if rows of this kind have no date.",
    ),
    "renderings.date_start_last": (
        "Last day by which it surely has begun.",
        "First day on which the date has surely started.",
    ),
    "renderings.entry": (
        "The row as JSON, as the timeline and the search show it.",
        "The row as JSON, with the fields of the timeline and the search.",
    ),
    "renderings.evidence": (
        "Its citations as JSON; of a passage, what cites it.",
        "The citations of the row as JSON; for a passage, the rows that cite it.",
    ),
    "renderings.render_rank": (
        "Its place: by date, then by kind and position.",
        "Rank of the row in the order of date, kind and position.",
    ),
    "sections": (
        "A section of a document; sections nest.",
        "A section of a document. A section may contain sections.",
    ),
    "sections.end_offset": ("Behind its last character.", "Offset after its last character."),
    "sections.parent": ("Id of the section that it is in.", "Id of the section that contains it."),
    "sections.start_offset": (
        "First character of its heading.",
        "Offset of the first character of its heading.",
    ),
    "see_also.title": ("The title of the page to see.", "Title of the linked page."),
    "statement_about": ("What a statement is about.", "A row that a statement is about."),
    "statement_speakers": ("Who said it.", "A speaker of a statement."),
    "statement_speakers.actor_id": ("Who said it.", "A speaker."),
    "tallies": (
        (
            "How many rows of a list have a value, in all and in each bucket of the calendar. "
            "Derived by the loader, for counts."
        ),
        (
            "The number of rows in a list with a value: in all, and in each decade, year and month."
            " The loader counts them, so that many queries need not count rows."
        ),
    ),
    "tallies.bucket": (
        "What the dates lie wholly in; beyond it, the date itself.",
        "Sort key of the bucket that contains the whole date; for beyond-…, the date.",
    ),
    "tallies.bucket_type": (
        "all, undated, decade, year or month; beyond-… are rows that no such bucket holds.",
        (
            "Which rows are counted: all; undated; those of one decade, year or month; beyond-"
            "decade, beyond-year or beyond-month for those in no such bucket."
        ),
    ),
    "tallies.count": ("How many rows.", "Number of rows."),
    "tallies.filter": (
        "The filter that has the value; empty: all rows.",
        "Name of the filter that has the value; empty for all rows.",
    ),
    "trade_figures.approximate": (
        "Whether the words say that it is not exact.",
        "Whether the document says that the number is not exact.",
    ),
    "trade_figures.partner_id": ("With whom.", "The partner of the reporter."),
    "trade_figures.product_folded": (
        "The product as it is compared.",
        "The product, folded for comparison.",
    ),
    "trade_figures.reporter_id": (
        "Whose trade, balance or list it is.",
        "The actor whose trade, balance or list it is.",
    ),
    "trade_figures.source": (
        "Who says so, in the document's words.",
        "The source, in the document's words.",
    ),
    "trade_figures.value": (
        "The value written out; null where words give none.",
        "The value; null if the document gives none.",
    ),
}
"""The old and the new comment of a table or column."""
OWNERS = [
    "actor_affiliations.actor_id",
    "actor_aliases.actor_id",
    "agreement_aliases.agreement_id",
    "agreement_history.agreement_id",
    "agreement_parties.agreement_id",
    "citations.entry_id",
    "entry_actors.entry_id",
    "entry_sections.entry_id",
    "event_according_to.event_id",
    "event_actors.event_id",
    "event_agreements.event_id",
    "event_laws.event_id",
    "event_numbers.event_id",
    "infobox_lines.document_id",
    "law_aliases.law_id",
    "law_history.law_id",
    "law_issued_by.law_id",
    "law_provisions.law_id",
    "law_signed_by.law_id",
    "link_counts.entry_id",
    "names.entry_id",
    "poll_answers.poll_id",
    "relations.source_id",
    "sections.document_id",
    "see_also.document_id",
    "statement_about.statement_id",
    "statement_speakers.statement_id",
]
ORDINALS = [
    "actor_affiliations",
    "actor_aliases",
    "agreement_aliases",
    "agreement_history",
    "agreement_parties",
    "citations",
    "entry_actors",
    "entry_sections",
    "event_according_to",
    "event_actors",
    "event_agreements",
    "event_laws",
    "event_numbers",
    "infobox_lines",
    "law_aliases",
    "law_history",
    "law_issued_by",
    "law_provisions",
    "law_signed_by",
    "names",
    "poll_answers",
    "relations",
    "sections",
    "see_also",
    "statement_about",
    "statement_speakers",
]
"""The child tables, by the column of the parent row and by the column of the index in it."""


def upgrade() -> None:
    for old, new in RENAMED.items():
        table, _, column = old.partition(".")
        _rename_column(table, column, new)
    for table in ("tallies_until", "search_words", "common_words"):
        op.drop_table(table)
    _create_cumulative_counts()
    _create_search_rows()
    _create_common_stems()
    _comment(new=True)


def downgrade() -> None:
    _comment(new=False)
    for table in ("common_stems", "search_rows", "cumulative_counts"):
        op.drop_table(table)
    _create_tallies_until()
    _create_search_words()
    _create_common_words()
    for old, new in RENAMED.items():
        table, _, column = old.partition(".")
        _rename_column(table, new, column)


def _rename_column(table: str, old: str, new: str) -> None:
    op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    if _is_postgresql():
        op.execute(RENAME_NOT_NULL.format(table=table, old=old, new=new))


def _key(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, KEY, primary_key=True, comment=comment)


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, KEY, nullable=False, comment=comment)


def _create_cumulative_counts() -> None:
    op.create_table(
        "cumulative_counts",
        _key("list", "Path of the list."),
        _key("row_set", "Which rows are counted: dated or undated."),
        _key("day", "Sort key of the day."),
        _text(
            "started_by",
            "Counts of rows whose first day is this day or earlier, separated by commas: first all "
            "rows, then the rows with each code of each filter, in the order of the filters and "
            "codes.",
        ),
        _text(
            "ended_by", "Counts of rows whose last day is this day or earlier, in the same order."
        ),
        comment="The number of rows in a list that start, and that end, by a day. The rows that "
        "may overlap a period are those that start by its last day, minus those that end before "
        "its first day.",
    )


def _create_tallies_until() -> None:
    op.create_table(
        "tallies_until",
        _key("list", "Path of the list."),
        _key("step", "all: rows with a date; undated: rows without."),
        _key("day", "The day."),
        _text(
            "begun",
            "Rows whose first day is not after it: in all, then with each code of each filter of "
            "codes, in the order of filters and vocabularies.",
        ),
        _text("ended", "Rows whose last day is not after it, likewise."),
        comment="How many rows of a list have begun, and ended, until a day. Derived by the "
        "loader: rows that may overlap a period are those that have begun until its end but not "
        "ended before it.",
    )


def _create_search_rows() -> None:
    _create_search_table(
        "search_rows",
        "render_rank",
        comment="The row for each number in the search index.",
        ordinal="Number of the row in the search index, in the order of position, kind and id.",
        rank="Key of the rendered row: its rank in the order of date, kind and position.",
        vector="The words of the row. Null in SQLite, where the table search_index has them.",
    )


def _create_search_words() -> None:
    _create_search_table(
        "search_words",
        "place",
        comment="Which row each number in the index of words stands for. Derived by the loader.",
        ordinal="Number of the row in the index of words: by position, then by kind and id.",
        rank="Where it lies as rendered: by date, then by kind and position.",
        vector="Its words. Null in SQLite, whose index holds them itself.",
    )


def _create_search_table(
    table: str, rank_column: str, *, comment: str, ordinal: str, rank: str, vector: str
) -> None:
    zero, words = sa.text("0"), sa.Text().with_variant(TSVECTOR(), "postgresql")
    key = sa.ForeignKey("entries.id", deferrable=True, initially="DEFERRED")
    op.create_table(
        table,
        sa.Column("ordinal", ROWID, primary_key=True, autoincrement=False, comment=ordinal),
        sa.Column("entry_id", KEY, key, nullable=False, index=True, comment="The row."),
        sa.Column(rank_column, sa.BigInteger(), nullable=False, server_default=zero, comment=rank),
        sa.Column("vector", words, comment=vector),
        comment=comment,
    )
    if _is_postgresql():
        op.create_index(f"ix_{table}_vector", table, ["vector"], postgresql_using="gin")


def _create_common_stems() -> None:
    op.create_table(
        "common_stems",
        _key("stem", "Stem of the word."),
        comment="The stems of words that very many rows have. PostgreSQL plans a search for other, "
        "rare words differently. Empty in SQLite, which does not need them.",
    )


def _create_common_words() -> None:
    op.create_table(
        "common_words",
        _key("stem", "Stem of the word."),
        comment="Words that very many rows have, by stem, so that PostgreSQL is told which "
        "searches are for rare ones. Derived by the loader; empty in SQLite, which reads of no "
        "word more than it has to.",
    )


def _comment(*, new: bool) -> None:
    """Set the new or the old comments, which only PostgreSQL has. Columns have their new names."""
    if not _is_postgresql():
        return
    for tables, column, *comments in SHARED_COMMENTS:
        for table in tables:
            _comment_on(f"{table}.{column}", comments[new])
    for target, comments in COMMENTS.items():
        _comment_on(target, comments[new])
    for target in OWNERS:
        parent = _parent(target)
        phrase = "this row belongs to" if new else "this is a part of"
        _comment_on(target, f"The row of {parent} that {phrase}.")
    for table in ORDINALS:
        comments = ("Place among its like, from 0.", "Index in the list of its row, from 0.")
        _comment_on(f"{table}.ordinal", comments[new])


def _parent(owner: str) -> str:
    """The table of the parent rows: `law_aliases.law_id` refers to `laws`."""
    name = owner.partition(".")[2].removesuffix("_id")
    return "entries" if name in ("entry", "source") else f"{name}s"


def _comment_on(target: str, comment: str) -> None:
    kind = "COLUMN" if "." in target else "TABLE"
    quoted = comment.replace("'", "''")
    op.execute(sa.text(f"COMMENT ON {kind} {target} IS '{quoted}'".replace(":", "\\:")))


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
