"""Figures of trade, surveys with their answers, and what was said."""

from alembic import op

from migrations.columns import code, flag, number, ordinal, owner, record, reference, words
from migrations.dates import dated, index_dates

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_trade_figures()
    _create_polls()
    _create_statements()


def downgrade() -> None:
    for table in (
        "statement_about", "statement_speakers", "statements", "poll_answers", "polls",
        "trade_figures",
    ):  # fmt: skip
        op.drop_table(table)


def _create_trade_figures() -> None:
    op.create_table(
        "trade_figures",
        *record(),
        code(
            "indicator",
            "exports imports total-trade trade-balance direct-investment firms regional-operations"
            " residents trade-rank surplus-rank investment-rank",
            "What a figure measures. Vocabulary indicators.",
        ),
        code(
            "measure",
            "flow stock balance rank count",
            "What sort of quantity a figure is. Vocabulary measures.",
        ),
        code(
            "flow",
            "import export total",
            "The direction of trade, seen from the reporter. Vocabulary flows.",
            nullable=True,
        ),
        code("scope", "goods services", "What is traded. Vocabulary scopes.", nullable=True),
        number("value", "The value written out; null where words give none.", nullable=True),
        code(
            "unit",
            "currency firms operations people rank percent days agreements things",
            "The unit of a value. Vocabulary units.",
            nullable=True,
        ),
        code("currency", "USD HKD CNY GBP EUR JPY AUD CAD", "ISO 4217.", nullable=True),
        flag("approximate", "Whether the words say that it is not exact."),
        reference("reporter_id", "actors", "Whose trade, balance or list it is."),
        reference("partner_id", "actors", "With whom.", nullable=True),
        words("product", "The goods or services, in the document's words.", nullable=True),
        words("product_folded", "The product as it is compared.", nullable=True),
        words("source", "Who says so, in the document's words.", nullable=True),
        words("text", "The document's words for the quantity."),
        *dated(),
        comment="One statement of quantity about trade, investment or presence.",
    )
    index_dates("trade_figures")


def _create_polls() -> None:
    op.create_table(
        "polls",
        *record(),
        words("question", "What was asked, in our words."),
        words("population", "Who was asked, in the document's words."),
        reference("about_id", "entries", "What it was about.", nullable=True),
        reference("pollster_id", "actors", "Who asked.", nullable=True),
        words("report", "The report that holds it, in the document's words.", nullable=True),
        *dated(),
        comment="One survey.",
    )
    index_dates("polls")
    op.create_table(
        "poll_answers",
        owner("poll_id", "polls"),
        ordinal(),
        words("answer", "The answer."),
        number("percent", "Its share in percent."),
        comment="The share of one answer.",
    )


def _create_statements() -> None:
    op.create_table(
        "statements",
        *record(),
        reference(
            "outlet_id", "actors", "The medium that published or reported it.", nullable=True
        ),
        code(
            "mode",
            "direct reported",
            "Whose words a statement is given in. Vocabulary statement-modes.",
        ),
        words("text", "The document's words for what was said."),
        reference("event_id", "events", "The event that it is a part of.", nullable=True),
        *dated(),
        comment="One quotation or attributed claim.",
    )
    index_dates("statements")
    op.create_table(
        "statement_speakers",
        owner("statement_id", "statements"),
        ordinal(),
        reference("actor_id", "actors", "Who said it."),
        comment="Who said it.",
    )
    op.create_table(
        "statement_about",
        owner("statement_id", "statements"),
        ordinal(),
        reference("about_id", "entries", "The row that it is about."),
        comment="What a statement is about.",
    )
