"""Which counts the loader makes of a list, and their order in one text of counts."""

from collections.abc import Mapping, Sequence
from functools import cache

from app.params.types import Coded
from app.resources.filter_types import Filter
from app.resources.resource import Resource

Code = tuple[str, str]
"""A filter, and one of its codes."""
EVERY: Code = ("", "")
"""In place of a code: all rows."""


@cache
def tallied_filters(resource: Resource) -> Sequence[tuple[Filter, Coded]]:
    """The filters whose codes are tallied: those of which a row has one at most."""
    return [
        (filter, filter.values)
        for filter in resource.filters
        if isinstance(filter.values, Coded) and filter.part_table is resource.table
    ]


@cache
def slots(resource: Resource) -> Mapping[Code, int]:
    """Which number of a text is that of which rows."""
    codes = [
        (filter.name, value)
        for filter, coded in tallied_filters(resource)
        for value in coded.vocabulary.values
    ]
    return {code: slot for slot, code in enumerate((EVERY, *codes))}
