"""Trade figures: makes their rows from the entries of a reading."""

from typing import Annotated, NamedTuple

from pydantic import Field

from app.resources.trade_figures import TradeFigureRow
from app.vocabularies.trade import FLOWS, INDICATORS, MEASURES, SCOPES, UNITS
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.quantities import measured
from seeds.builders.values import date_value
from seeds.reading.code_fields import coded
from seeds.reading.marked import ByAnalyst, Date, Id, Marked, RelatedRows, Words


class TradeFigureEntry(Marked, ByAnalyst):
    indicator: Annotated[str, coded(INDICATORS)]
    measure: Annotated[str, coded(MEASURES)] | None = None
    """Only where it is not the usual one of the indicator."""
    flow: Annotated[str, coded(FLOWS)] | None = None
    """Only where it is not the one that the indicator names."""
    scope: Annotated[str, coded(SCOPES)] | None = None
    words: Words
    """The words of the quantity, within the quotes: "about $38.1 billion"; the reader takes value,
    unit, currency and approximation from them. Words without a number give a null value."""
    unit: Annotated[str, coded(UNITS)] | None = None
    """Only for counts of other things than the indicator names."""
    date: Date | None = None
    reporter: Id
    partner: Id | None = None
    product: Words | None = None
    """The goods or services, in the document's words."""
    source: Words | None = None
    """Who says so, in the document's words: "U.S. Government statistics"."""
    related: RelatedRows = Field(default_factory=dict)


class _Usual(NamedTuple):
    """Default values for the figures of an indicator."""

    measure: str
    flow: str | None = None
    unit: str | None = None


_RANK = _Usual("rank")
_USUAL = {
    "exports": _Usual("flow", "export"),
    "imports": _Usual("flow", "import"),
    "total-trade": _Usual("flow", "total"),
    "trade-balance": _Usual("balance"),
    "direct-investment": _Usual("stock"),
    "firms": _Usual("count", unit="firms"),
    "regional-operations": _Usual("count", unit="operations"),
    "residents": _Usual("count", unit="people"),
}
"""The defaults by indicator. An indicator that is not listed here is a rank."""


def build_trade_figure(entry_context: EntryContext[TradeFigureEntry]) -> TradeFigureRow:
    """The row of a trade figure."""
    entry = entry_context.entry
    usual = _USUAL.get(entry.indicator, _RANK)
    measure = entry.measure or usual.measure
    value = measured(entry_context, entry, entry.words, entry.unit or usual.unit, measure)
    return TradeFigureRow(
        **entry_context.base(),
        indicator=entry.indicator,
        measure=measure,
        flow=entry.flow or usual.flow,
        scope=entry.scope,
        value=value.value,
        unit=value.unit,
        currency=value.currency,
        approximate=value.approximate,
        date=date_value(entry_context, entry.date),
        reporter=entry_context.refer(entry.reporter, "reporter"),
        partner=entry_context.refer_if(entry.partner, "partner"),
        product=entry_context.words_if(entry.product, "product"),
        source=entry_context.words_if(entry.source, "source"),
        text=value.text,
        related=entry_context.related(),
    )


BUILDER = Builder(TradeFigureEntry, build_trade_figure)
