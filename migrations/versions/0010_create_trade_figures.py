"""Figures of trade, investment and presence."""

from alembic import op

from migrations.columns import code, flag, number, record, reference, words
from migrations.dates import dated, index_dates

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
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


def downgrade() -> None:
    op.drop_table("trade_figures")
