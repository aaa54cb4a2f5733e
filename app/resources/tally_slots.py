"""The counts that the loader stores for a list, and the order of the counts in one text."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.params.types import Coded
from app.resources.filter_types import Filter
from app.resources.resource import Resource

Code = tuple[str, str]
"""The name of a filter and one of its codes."""
MOST_CODES = 100
EVERY: Code = ("", "")
"""The slot for the count of all rows. It is used in place of a code."""


@cache
def tallied_filters(resource: Resource) -> Sequence[tuple[Filter, Coded]]:
    """The filters for which the loader counts rows by code.

    These are the filters by a code column of the table itself, so a row has at most one code. Long
    vocabularies are left out, because each count of a day or bucket has all codes.
    """
    return [
        (filter, filter.values)
        for filter in resource.filters
        if isinstance(filter.values, Coded)
        and filter.part_table is resource.table
        and len(filter.values.vocabulary.values) <= MOST_CODES
    ]


@cache
def slots(resource: Resource) -> Mapping[Code, int]:
    """The index of each count in a text of counts: first for all rows, then for each code."""
    codes = [
        (filter.name, value)
        for filter, coded in tallied_filters(resource)
        for value in coded.vocabulary.values
    ]
    return {code: slot for slot, code in enumerate((EVERY, *codes))}
