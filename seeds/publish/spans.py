"""The columns by which a dated row is found and sorted, derived from its EDTF date."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.edtf.calendar import MAX_KEY, MIN_KEY, sort_key
from app.edtf.dates import UNDATED_SORT_KEY, Edtf, parse_edtf

Span = Mapping[str, str | int]
"""Columns of a date, by name."""

NEVER = UNDATED_SORT_KEY
"""A day after all periods."""

UNKNOWN = "unknown"
"""The last day of a date with an unknown end. It sorts after all days, so that the date may overlap
each later period, and lies within none."""


@lru_cache(maxsize=1 << 15)
def span_columns(edtf: str | None) -> Span:
    """The columns of a `Span` of dates and the sentinels of a `Dated` row, by name.

    Days are sort keys, which databases compare as text. An undated row ends before it begins, so
    that no period overlaps it.
    """
    if edtf is None:
        return UNDATED
    date = parse_edtf(edtf)
    certain_from, certain_to = date.certain or (None, None)
    is_certain = date.certain is not None
    return MappingProxyType(
        {
            "date_span": date.span,
            "date_sort": date.sort_key,
            "date_undated": 0,
            "date_first": _key(date.earliest, MIN_KEY),
            "date_last": _key(date.latest, UNKNOWN if date.has_unknown_end else MAX_KEY),
            "date_certain_first": _key(certain_from, MIN_KEY if is_certain else MAX_KEY),
            "date_certain_last": _key(certain_to, MAX_KEY if is_certain else MIN_KEY),
            "date_start_last": _start_last(date),
        }
    )


UNDATED: Span = MappingProxyType(
    {
        "date_span": "undated",
        "date_sort": UNDATED_SORT_KEY,
        "date_undated": 1,
        "date_first": MAX_KEY,
        "date_last": MIN_KEY,
        "date_certain_first": MAX_KEY,
        "date_certain_last": MIN_KEY,
        "date_start_last": NEVER,
    }
)


def _start_last(date: Edtf) -> str:
    """The last day by which it surely has begun: that of its start, but not behind its end."""
    if date.qualifier:
        return NEVER
    start = date.text.partition("/")[0]
    known = date if start in ("", "..", date.text) else parse_edtf(start)
    return min(_key(known.latest, MAX_KEY), _key(date.latest, MAX_KEY))


def _key(day: str | None, missing: str) -> str:
    return missing if day is None else sort_key(day)
