"""Trade figures: from their entries to their rows."""

from app.resources.trade_figures import TradeFigureRow
from seeds.builders.entry_context import Dossier
from seeds.builders.quantities import measured
from seeds.builders.values import date_value
from seeds.reading.entries import TradeFigureEntry


def load_trade_figure(dossier: Dossier[TradeFigureEntry]) -> TradeFigureRow:
    """The row of a trade figure."""
    entry = dossier.entry
    value = measured(dossier, entry.words, entry.unit, entry.measure)
    return TradeFigureRow(
        **dossier.base(),
        indicator=entry.indicator,
        measure=entry.measure,
        flow=entry.flow,
        scope=entry.scope,
        value=value.value,
        unit=value.unit,
        currency=value.currency,
        approximate=value.approximate,
        date=date_value(dossier, entry.date),
        reporter=dossier.refer(entry.reporter, "reporter"),
        partner=dossier.refer_if(entry.partner, "partner"),
        product=dossier.words_if(entry.product, "product"),
        source=dossier.words_if(entry.source, "source"),
        text=value.text,
        related=dossier.related(),
    )
