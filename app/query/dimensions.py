"""Dimensions: the properties by which facets and statistics count the rows of a list."""

from dataclasses import dataclass, replace
from functools import cache

from app.edtf.calendar import from_sort_key
from app.params.types import Coded, Named, SlugText
from app.query.period import STEPS, Step
from app.query.query_shape import Shape
from app.resources.filter_types import Filter
from app.resources.resource import Resource


@dataclass(frozen=True)
class Dimension:
    """A filter, to count rows by its values; or a calendar step, to count rows by date."""

    name: str
    filter: Filter | None = None
    step: Step | None = None

    @property
    def names_rows(self) -> bool:
        """Whether its values are ids of rows. Then the names of these rows are the labels."""
        return self.filter is not None and isinstance(self.filter.values, Named)

    def value(self, found: str) -> str:
        """A counted value in the form of a filter value: for a calendar bucket, its EDTF."""
        return from_sort_key(found) if self.step else found

    def label(self, value: str, name: str | None) -> str:
        """The label of a counted value: the label of a code, the name of a row, else the value."""
        if self.step:
            return self.value(value)
        if self.filter and isinstance(self.filter.values, Coded):
            return self.filter.values.vocabulary.label(value)
        return name or value


BEYOND = "beyond-"
"""Prefix of a calendar step: the rows whose date does not fit into one bucket of the step."""


@cache
def dimensions(resource: Resource) -> dict[str, Dimension]:
    """The dimensions of a resource, by their names in the parameter `facet`."""
    by_filter = [
        Dimension(filter.name, filter=filter)
        for filter in resource.filters
        if isinstance(filter.values, Coded | Named | SlugText) and not filter.is_plain
    ]
    dated = [Dimension(f"date:{step}", step=step) for step in STEPS] if resource.dated else []
    return {dimension.name: dimension for dimension in (*by_filter, *dated)}


def without_own_filter(shape: Shape, dimension: Dimension) -> Shape:
    """The shape without the filter of the dimension itself (of a calendar step, the period). So a
    facet also counts the values that this filter excludes."""
    kept = tuple(
        condition
        for condition in shape.conditions
        if condition.filter != dimension.name or condition.operation != "any"
    )
    date_match = None if dimension.step else shape.date_match
    return replace(shape, conditions=kept, date_match=date_match)
