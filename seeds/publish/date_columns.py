"""The columns by which rows are filtered and sorted by date, derived from the EDTF date."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from app.edtf.calendar import MAX_KEY, MIN_KEY, sort_key
from app.edtf.dates import UNDATED_SORT_KEY, Edtf, parse_edtf

DateRangeColumns = Mapping[str, str | int]
"""The columns of one date, by name."""

NEVER = UNDATED_SORT_KEY
"""A sort key after all periods."""

UNKNOWN = "unknown"
"""The last day of a date with an unknown end. It sorts after all days. So the date may overlap
every later period, and no period contains it."""


@lru_cache(maxsize=1 << 15)
def date_range_columns(
    edtf: str | None, certain_to: str | None = None, *, has_certain: bool = True
) -> DateRangeColumns:
    """The columns of a date, by name. An open or missing end is a day before or after all others.

    `certain_to` is the last certain day of a date with an open end: the day of its document.
    `has_certain` is false if such a date may have begun after that day, so that no day is certain.

    Days are sort keys, which the databases compare as text. An undated row ends before it begins,
    so no period overlaps it.
    """
    if edtf is None:
        return UNDATED
    date = parse_edtf(edtf)
    certain_from, known_to = date.certain or (None, None)
    is_certain = date.certain is not None and has_certain
    return MappingProxyType(
        {
            "date_span": date.span,
            "date_sort": date.sort_key,
            "date_undated": 0,
            "date_first": _key(date.earliest, MIN_KEY),
            "date_last": _key(date.latest, UNKNOWN if date.has_unknown_end else MAX_KEY),
            "date_certain_first": _key(certain_from, MIN_KEY) if is_certain else MAX_KEY,
            "date_certain_last": _key(known_to or certain_to, MAX_KEY) if is_certain else MIN_KEY,
            "date_start_last": _start_last(date),
        }
    )


UNDATED: DateRangeColumns = MappingProxyType(
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
    """The day on which the date has surely begun: the last possible day of its start, or of its end
    if that is earlier. A qualified date (`?`, `~`, `%`) has surely begun on no day: `NEVER`."""
    if date.qualifier:
        return NEVER
    start = date.text.partition("/")[0]
    known = date if start in ("", "..", date.text) else parse_edtf(start)
    return min(_key(known.latest, MAX_KEY), _key(date.latest, MAX_KEY))


def _key(day: str | None, missing: str) -> str:
    return missing if day is None else sort_key(day)
