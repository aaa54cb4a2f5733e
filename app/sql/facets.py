"""Facets: the number of rows with each value, and the links that filter by it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, null, select

from app.db import SqlStatement
from app.db.reader import Rows
from app.edtf.calendar import from_sort_key, sort_key, year_text
from app.edtf.dates import parse_edtf
from app.links import quoted
from app.problems.problems import Fault, refuse
from app.query.conditions import Condition
from app.query.dimensions import Dimension, dimensions, without_own_filter
from app.query.list_parameters import DEFAULT_BUCKETS
from app.query.list_query import ListQuery
from app.query.period import Step
from app.query.query_shape import Shape
from app.resources.resource import Resource
from app.sql.counting import counting_select
from app.sql.periods import bucket
from app.sql.statements import BoundValues
from app.sql.tallied_facets import CountRows, TalliedFacet, tallied_facet
from app.sql.where import condition_clause, rows_clause

MAX_CALENDAR_BUCKETS = 1_000
"""Maximum number of buckets of a calendar."""
LabelledCount = tuple[str, str, int]
"""A value, its label, and the number of rows with it."""
_NEXT_COARSER = {"month": "date:year", "year": "date:decade", "decade": "a shorter period"}


@dataclass(frozen=True)
class FacetQuery:
    """One facet of a list query: its SQL statements and its part of the response."""

    query: ListQuery
    dimension: Dimension
    bound: BoundValues

    @property
    def name(self) -> str:
        return self.dimension.name

    @property
    def _facet_limit(self) -> int:
        values = self.query.values.get("facet_limit")
        return int(values[0]) if values else DEFAULT_BUCKETS

    @property
    def _limit(self) -> int:
        """The maximum number of buckets to read. For a calendar it is higher, because all buckets
        are needed to fill the gaps."""
        return MAX_CALENDAR_BUCKETS if self.dimension.step else self._facet_limit

    @cached_property
    def _shape(self) -> Shape:
        return without_own_filter(self.query.list_shape, self.dimension)

    @cached_property
    def _tallied(self) -> TalliedFacet | None:
        return tallied_facet(self.query, self.dimension, self._shape, self.bound)

    @property
    def is_heavy(self) -> bool:
        """Whether the statements count rows, because there are no tallies."""
        return self._tallied is None

    @cached_property
    def statements(self) -> list[SqlStatement]:
        """One statement for tallies; else one for the buckets and one for the rows in no bucket."""
        if self._tallied:
            return [self._tallied.statement]
        resource, shape = self.query.resource, self._shape
        key = (resource.path, "facet", self.name, self._limit, shape)
        buckets = partial(counting_select, resource, (self.dimension,), shape, self._limit)
        unbucketed = partial(_unbucketed_select, resource, self.dimension, shape)
        return [
            SqlStatement(key, buckets, self.bound),
            SqlStatement((*key, "rest"), unbucketed, self.bound),
        ]

    def answer(self, path: str, results: Sequence[Rows]) -> dict[str, Any]:
        """The facet in the response, from the results of its statements. Raises a `ProblemError` if
        a calendar has more than `MAX_CALENDAR_BUCKETS` buckets."""
        buckets, unbucketed = self._tallied.split_rows(*results) if self._tallied else results
        limit = self._limit
        truncated = len(buckets) > limit
        if self.dimension.step:
            if truncated:
                raise refuse([_too_fine(self.dimension)])
            counted = _calendar(self.dimension, {row[0]: row[2] for row in buckets})
        else:
            counted = [
                (value, self.dimension.label(value, label), n)
                for value, label, n in buckets[:limit]
            ]
        imprecise = _imprecise(unbucketed, self._facet_limit)
        return {
            "buckets": self._buckets(path, counted),
            "missing": sum(number for edtf, number in unbucketed if edtf is None),
            "imprecise": [{"value": edtf, "count": n} for edtf, n in imprecise],
            "truncated": truncated or any(edtf is None for edtf, _ in imprecise),
        }

    def _buckets(self, path: str, counted: list[LabelledCount]) -> list[dict[str, Any]]:
        chosen = self._chosen()
        toggle = self._toggle(path, chosen)
        return [
            {
                "value": value,
                "label": label,
                "count": count,
                "selected": value in chosen,
                "links": {"toggle": toggle(value)},
            }
            for value, label, count in counted
        ]

    def _toggle(self, path: str, chosen: tuple[str, ...]) -> Callable[[str], str]:
        """A function from a value to the link that selects or deselects it.

        If no value is selected, the links differ only in the value. Then one link is built with NUL
        as the value, and split there, which is faster.
        """
        if chosen:
            return lambda value: self.query.link(path, self._toggled(value, chosen))
        prefix, suffix = self.query.link(path, self._toggled("\0", ())).split(quoted("\0"))
        return lambda value: f"{prefix}{quoted(value)}{suffix}"

    def _chosen(self) -> tuple[str, ...]:
        values = self.query.values
        if self.dimension.step is None:
            return tuple(str(value) for value in values.get(self.name, ()))
        return tuple(str(v) for v in values.get("date", ())) if self._within() else ()

    def _within(self) -> bool:
        return self.query.values.get("date_match") == ("within",)

    def _toggled(self, value: str, chosen: tuple[str, ...]) -> Mapping[str, list[str]]:
        """The parameters that change if the value is selected or deselected. An empty list removes
        the parameter."""
        kept = sorted(set(chosen) ^ {value})
        if self.dimension.step is None:
            return {self.name: kept}
        selected = value in chosen
        return {
            "date": [] if selected else [value],
            "date_match": [] if selected else ["within"],
            "date_from": [],
            "date_to": [],
        }


def facets_of(query: ListQuery, bound: BoundValues) -> list[FacetQuery]:
    """The facets of the parameter `facet`."""
    by_name = dimensions(query.resource)
    return [FacetQuery(query, by_name[str(name)], bound) for name in query.values.get("facet", ())]


def _unbucketed_select(
    resource: Resource, dimension: Dimension, shape: Shape
) -> Select[*tuple[Any, ...]]:
    """The rows in no bucket, as pairs of date and count.

    For a calendar: the count for each date that does not fit into one bucket, with the highest
    count first; the date of undated rows is null. For other dimensions: one count of the rows
    without a value, under null.
    """
    table = resource.table
    rows = rows_clause(resource, shape)
    if dimension.step:
        edtf = table.c.date_edtf
        unbucketed = select(edtf, func.count()).where(rows, bucket(table, dimension.step).is_(None))
        return unbucketed.group_by(edtf).order_by(func.count().desc(), edtf)
    none = Condition(dimension.name, dimension.name, "has-not")
    missing = condition_clause(resource, table, none, (*shape.conditions, none))
    return select(null(), func.count()).select_from(table).where(rows, missing)


def _imprecise(unbucketed: CountRows, most: int) -> list[tuple[str | None, int]]:
    """The most frequent dates that are in no bucket, at most `most`, in date order.

    Null has the number of rows with other such dates, so that all counts add up to the total.
    """
    frequent = list(islice((row for row in unbucketed if row[0]), most))
    others = sum(number for edtf, number in unbucketed if edtf is not None) - sum(
        n for _, n in frequent
    )
    ordered = sorted(frequent, key=lambda row: (parse_edtf(row[0]).sort_key, row[0]))
    return [*ordered, (None, others)] if others else ordered


def _calendar(dimension: Dimension, counts: Mapping[str, int]) -> list[LabelledCount]:
    """The buckets of a calendar, in date order. `counts` has the counts by sort key.

    Empty buckets between others are added with the count 0, unless there are more than
    `MAX_CALENDAR_BUCKETS` buckets then.
    """
    if not counts:
        return []
    first, last = from_sort_key(min(counts)), from_sort_key(max(counts))
    buckets = _filled(dimension.step or "year", first, last)
    if buckets is None:
        buckets = [from_sort_key(key) for key in sorted(counts)]
    return [(value, value, counts.get(sort_key(value), 0)) for value in buckets]


@lru_cache(maxsize=16)
def _filled(step: Step, first: str, last: str) -> Sequence[str] | None:
    """All buckets from the first to the last; null if there are too many for a calendar."""
    numbers = range(_number(step, first), _number(step, last) + 1)
    return (
        [_bucket(step, number) for number in numbers]
        if len(numbers) <= MAX_CALENDAR_BUCKETS
        else None
    )


def _number(step: Step, bucket: str) -> int:
    """The number of a bucket in EDTF. Consecutive buckets have consecutive numbers.

    The decades `-000X` and `000X` have the numbers -1 and 0, although the digits of both are 000.
    """
    if step == "decade":
        return int(bucket[:-1]) - bucket.startswith("-")
    if step == "year":
        return int(bucket)
    return int(bucket[:-3]) * 12 + int(bucket[-2:]) - 1


def _bucket(step: Step, number: int) -> str:
    """The EDTF of the bucket with this number."""
    if step == "decade":
        return f"-{-number - 1:03}X" if number < 0 else f"{number:03}X"
    if step == "year":
        return year_text(number)
    return f"{year_text(number // 12)}-{number % 12 + 1:02}"


def _too_fine(dimension: Dimension) -> Fault:
    coarser = _NEXT_COARSER[dimension.step or "year"]
    message = (
        f"{dimension.name!r} gives more than {MAX_CALENDAR_BUCKETS} buckets; ask for {coarser}."
    )
    return Fault("facet", "too-many-buckets", message, dimension.name)
