"""The counts that the loader stores for a list, and their order in a text of counts."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.params.types import Coded
from app.resources.filter_types import Filter
from app.resources.resource import Resource

Code = tuple[str, str]
"""A filter, and one of its codes."""
EVERY: Code = ("", "")
"""Stands for all rows, in place of a code."""


@cache
def tallied_filters(resource: Resource) -> Sequence[tuple[Filter, Coded]]:
    """The filters with tallies by code: those of which a row has at most one code."""
    return [
        (filter, filter.values)
        for filter in resource.filters
        if isinstance(filter.values, Coded) and filter.part_table is resource.table
    ]


@cache
def slots(resource: Resource) -> Mapping[Code, int]:
    """The index, in a text of counts, of the count for each code and for all rows."""
    codes = [
        (filter.name, value)
        for filter, coded in tallied_filters(resource)
        for value in coded.vocabulary.values
    ]
    return {code: slot for slot, code in enumerate((EVERY, *codes))}
