"""Trade figures: statements of quantity about trade, investment and presence."""

from typing import Annotated, Literal

from sqlalchemy.orm import Mapped

from app.resources.bases import DatedColumns, Record
from app.resources.columns import code, flag, number, reference, words
from app.resources.documents import in_documents
from app.resources.filter_types import bounded, coded, flagged, folded, named
from app.resources.resource import Resource
from app.resources.rows import CitedRow, DateValue, Reference, Relation, in_vocabulary
from app.resources.shared import EntryRelation
from app.vocabularies.trade import CURRENCIES, FLOWS, INDICATORS, MEASURES, SCOPES, UNITS


class TradeFigure(DatedColumns, Record):
    """One statement of quantity about trade, investment or presence."""

    __tablename__ = "trade_figures"

    indicator: Mapped[str] = code(INDICATORS)
    measure: Mapped[str] = code(MEASURES)
    flow: Mapped[str | None] = code(FLOWS)
    scope: Mapped[str | None] = code(SCOPES)
    value: Mapped[float | None] = number("The value; null if the document gives none.")
    unit: Mapped[str | None] = code(UNITS)
    currency: Mapped[str | None] = code(CURRENCIES, "ISO 4217.")
    approximate: Mapped[bool] = flag("Whether the document says that the number is not exact.")
    reporter_id: Mapped[str] = reference("actors", "The actor whose trade, balance or list it is.")
    partner_id: Mapped[str | None] = reference("actors", "The partner of the reporter.")
    product: Mapped[str | None] = words("The goods or services, in the document's words.")
    product_folded: Mapped[str | None] = words("The product, folded for comparison.")
    source: Mapped[str | None] = words("The source, in the document's words.")
    text: Mapped[str] = words("The document's words for the quantity.")


class TradeFigureRow(CitedRow):
    """One statement of quantity about trade, investment or presence, in UN Comtrade's terms."""

    kind: Literal["trade-figure"] = "trade-figure"
    indicator: Annotated[str, in_vocabulary(INDICATORS)]
    """Vocabulary `indicators`."""
    measure: Annotated[str, in_vocabulary(MEASURES)]
    """Vocabulary `measures`."""
    flow: Annotated[str, in_vocabulary(FLOWS)] | None
    """Direction seen from the reporter; vocabulary `flows`."""
    scope: Annotated[str, in_vocabulary(SCOPES)] | None
    """Vocabulary `scopes`."""
    value: int | float | None
    """The value as a full number (17800000000); null if the document gives none."""
    unit: Annotated[str, in_vocabulary(UNITS)] | None
    """Vocabulary `units`."""
    currency: Annotated[str, in_vocabulary(CURRENCIES)] | None
    """ISO 4217."""
    approximate: bool
    """Whether the document says that the number is not exact."""
    date: DateValue | None
    """The period, if the document gives it."""
    reporter: Reference
    """The actor whose trade, balance or list it is."""
    partner: Reference | None
    """The partner of the reporter."""
    product: str | None
    """The goods or services, in the document's words."""
    source: str | None
    """The source, in the document's words."""
    text: str
    """The document's words for the quantity."""
    related: list[Relation]
    """Rows of any kind that it is related to."""


TRADE_FIGURES = Resource(
    kind="trade-figure",
    path="trade-figures",
    title="Trade figures",
    description="Figures of trade, investment and presence: reporter, partner, flow, unit, period "
    "and source, with the words that they were read from.",
    model=TradeFigure,
    row=TradeFigureRow,
    example="us-exports-to-hong-kong-2006",
    texts=("text", "product", "source", "note"),
    actors=("reporter", "partner"),
    parts={"related": EntryRelation},
    filters=(
        coded(TradeFigure.indicator, "exports"),
        coded(TradeFigure.measure, "flow"),
        coded(TradeFigure.flow, "export"),
        named(
            TradeFigure.reporter_id,
            "The actor whose trade, balance or list it is.",
            "united-states",
        ),
        named(TradeFigure.partner_id, "The partner of the reporter.", "hong-kong"),
        folded(TradeFigure.product_folded, "The goods or services.", "meat"),
        coded(TradeFigure.unit, "currency"),
        *bounded(TradeFigure.value, "The value.", 10_000_000_000, 40_000_000_000),
        flagged(
            TradeFigure.approximate, "Whether the document says that the number is not exact.", True
        ),
        *in_documents("hong-kong-united-states-relations"),
    ),
    sorts=(TradeFigure.indicator, TradeFigure.value, TradeFigure.unit),
)
