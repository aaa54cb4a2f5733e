"""The columns by which a dated row is found and sorted, derived from its EDTF date."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.edtf.dates import MAX_DAY, MIN_DAY, UNDATED_SORT_KEY, Edtf, parse_edtf

Span = Mapping[str, str | int]
"""Columns of a date, by name."""

NEVER = UNDATED_SORT_KEY
"""A day that no period reaches."""


@lru_cache(maxsize=1 << 15)
def span_columns(edtf: str | None) -> Span:
    """The columns of a `Span` of dates and the sentinels of a `Dated` row, by name.

    No period of a query reaches the sentinels of an undated row: it ends before it begins.
    """
    if edtf is None:
        return UNDATED
    date = parse_edtf(edtf)
    certain = date.certain or (MAX_DAY, MIN_DAY)
    return MappingProxyType(
        {
            "date_span": date.span,
            "date_sort": date.sort_key,
            "date_undated": 0,
            "date_first": date.earliest or MIN_DAY,
            "date_last": date.latest or MAX_DAY,
            "date_certain_first": certain[0] or MIN_DAY,
            "date_certain_last": certain[1] or MAX_DAY,
            "date_start_last": _start_last(date),
        }
    )


UNDATED: Span = MappingProxyType(
    {
        "date_span": "undated",
        "date_sort": UNDATED_SORT_KEY,
        "date_undated": 1,
        "date_first": MAX_DAY,
        "date_last": MIN_DAY,
        "date_certain_first": MAX_DAY,
        "date_certain_last": MIN_DAY,
        "date_start_last": NEVER,
    }
)


def _start_last(date: Edtf) -> str:
    """The last day by which it surely has begun: that of its start, but not behind its end."""
    if date.qualifier:
        return NEVER
    start = date.text.partition("/")[0]
    known = date if start in ("", "..", date.text) else parse_edtf(start)
    return min(known.latest or MAX_DAY, date.latest or MAX_DAY)
