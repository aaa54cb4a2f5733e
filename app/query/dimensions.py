"""Dimensions: by what the rows of a list can be counted, for facets and statistics."""

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
    """A filter whose values are counted, or a step of the calendar."""

    name: str
    filter: Filter | None = None
    step: Step | None = None

    @property
    def names_rows(self) -> bool:
        """Whether its values are ids, whose names are their labels."""
        return self.filter is not None and isinstance(self.filter.values, Named)

    def value(self, found: str) -> str:
        """A counted value as filters take it: of a bucket of the calendar, its EDTF."""
        return from_sort_key(found) if self.step else found

    def label(self, value: str, name: str | None) -> str:
        """The label of a counted value: of a code its label, of a row its name, else the value."""
        if self.step:
            return self.value(value)
        if self.filter and isinstance(self.filter.values, Coded):
            return self.filter.values.vocabulary.label(value)
        return name or value


BEYOND = "beyond-"
"""Before a step: the rows that no bucket of it holds."""


@cache
def dimensions(resource: Resource) -> dict[str, Dimension]:
    """What the rows of a resource can be counted by, under the names that `facet` takes."""
    own = [
        Dimension(filter.name, filter=filter)
        for filter in resource.filters
        if isinstance(filter.values, Coded | Named | SlugText)
    ]
    dated = [Dimension(f"date:{step}", step=step) for step in STEPS] if resource.dated else []
    return {dimension.name: dimension for dimension in (*own, *dated)}


def without_own(shape: Shape, dimension: Dimension) -> Shape:
    """The shape of the whole list without the filter of the dimension itself."""
    kept = tuple(
        condition
        for condition in shape.conditions
        if condition.filter != dimension.name or condition.operation != "any"
    )
    matching = None if dimension.step else shape.date_match
    return replace(shape, conditions=kept, date_match=matching)
