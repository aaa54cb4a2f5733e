"""Trade figures: makes their rows from the entries of a reading."""

from typing import Annotated, NamedTuple

from pydantic import Field

from app.resources.trade_figures import TradeFigureRow
from app.vocabularies.trade import FLOWS, INDICATORS, MEASURES, SCOPES, UNITS
from seeds.builders.builder import Builder
from seeds.builders.entry_context import EntryContext
from seeds.builders.quantities import trade_quantity
from seeds.builders.values import date_value
from seeds.reading.code_fields import coded
from seeds.reading.entry import AnalystNumber, Date, Id, RelatedRows, RowEntry, Words


class TradeFigureEntry(RowEntry, AnalystNumber):
    indicator: Annotated[str, coded(INDICATORS)]
    measure: Annotated[str, coded(MEASURES)] | None = None
    """By default, the usual measure of the indicator."""
    flow: Annotated[str, coded(FLOWS)] | None = None
    """By default, the flow of the indicator: `export` for `exports`."""
    scope: Annotated[str, coded(SCOPES)] | None = None
    words: Words
    """The words of the quantity, from the quotes of the entry: "about $38.1 billion". The loader
    reads the value, the unit, the currency and the approximation from them. If they have no number,
    the value is null."""
    unit: Annotated[str, coded(UNITS)] | None = None
    """Needed for a count, unless the indicator has a usual unit: `people` for `residents`."""
    date: Date | None = None
    reporter: Id
    partner: Id | None = None
    product: Words | None = None
    """The goods or services, in words of the document."""
    source: Words | None = None
    """The source of the figure, in words of the document: "U.S. Government statistics"."""
    related: RelatedRows = Field(default_factory=dict)


class _Defaults(NamedTuple):
    """Default values for the figures of an indicator."""

    measure: str
    flow: str | None = None
    unit: str | None = None


_RANK_DEFAULTS = _Defaults("rank")
_DEFAULTS = {
    "exports": _Defaults("flow", "export"),
    "imports": _Defaults("flow", "import"),
    "total-trade": _Defaults("flow", "total"),
    "trade-balance": _Defaults("balance"),
    "direct-investment": _Defaults("stock"),
    "firms": _Defaults("count", unit="firms"),
    "regional-operations": _Defaults("count", unit="operations"),
    "residents": _Defaults("count", unit="people"),
}
"""The defaults by indicator. An indicator that is not listed here is a rank."""


def build_trade_figure(entry_context: EntryContext[TradeFigureEntry]) -> TradeFigureRow:
    """The row of a trade figure."""
    entry = entry_context.entry
    defaults = _DEFAULTS.get(entry.indicator, _RANK_DEFAULTS)
    measure = entry.measure or defaults.measure
    value = trade_quantity(entry_context, entry, entry.words, entry.unit or defaults.unit, measure)
    return TradeFigureRow(
        **entry_context.common_fields(),
        indicator=entry.indicator,
        measure=measure,
        flow=entry.flow or defaults.flow,
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
