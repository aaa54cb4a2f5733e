"""The parameters of a list route: their declarations for a resource, and the parser."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from app.edtf.calendar import MAX_KEY, MIN_KEY
from app.edtf.dates import EdtfPeriod
from app.params.parameter import Examples, Parameter, Values, read_parameters
from app.params.types import KnownText, Named, Scalar
from app.problems.problems import Fault, InvalidValue, refuse
from app.query.conditions import Condition, Variant, variants
from app.query.cursor import Cursor, decode_cursor
from app.query.list_parameters import MAX_ROWS, common_parameters
from app.query.list_query import ListQuery, identity
from app.query.lookup import NameLookup
from app.query.period import DateMatch, Period
from app.query.selectivity import (
    FrequentKeys,
    FrequentValues,
    are_rare,
    can_drive,
    may_drive,
)
from app.query.sort import Sort, parse_sort
from app.resources.resource import Resource
from app.search.query import parse_query


@dataclass(frozen=True)
class Lookups:
    """The lookups in the data that the parser needs."""

    names: NameLookup
    frequent: FrequentValues
    examples: Examples = dict


class ListParameters:
    """The parameters of the list route of a resource. Parses requests."""

    def __init__(self, resource: Resource, common: Sequence[Parameter] | None = None) -> None:
        """`common` are the parameters besides the filters; by default those of a list."""
        self.resource = resource
        others = common_parameters(resource) if common is None else common
        self.variants: dict[str, Variant] = {
            variant.parameter.name: variant
            for filter in resource.filters_by_name.values()
            for variant in variants(resource, filter)
            if filter.name != "id" or variant.operation == "any"
        }
        self.declared: dict[str, Parameter] = {
            name: variant.parameter for name, variant in self.variants.items()
        } | {parameter.name: parameter for parameter in others}

        self._driving_names = {
            name for name, each in self.variants.items() if may_drive(resource, each.filter)
        }
        self._lookup_types: dict[str, Named | KnownText] = {
            name: each.parameter.values
            for name, each in self.variants.items()
            if isinstance(each.parameter.values, Named | KnownText)
        }
        self._is_list = "fields" in self.declared
        self._required = [name for name, each in self.declared.items() if each.required]
        self._defaults: dict[str, tuple[Any, ...]] = {
            name: (each.default,) for name, each in self.declared.items()
        }

    async def parse(
        self, pairs: Sequence[tuple[str, str]], lookups: Lookups, format: str
    ) -> ListQuery:
        """Parse the names and values of a query string; `format` is the format of the answer.

        Raises a `ProblemError` with all faults.
        """
        values, faults = read_parameters(pairs, self.declared, self._required, lookups.examples)
        values |= {"format": (format,)}
        faults += [*_exclusive(values), *self._reversed(values), *self._misplaced(values)]
        if named := self._looked_up(values):
            values, unknown = await lookups.names.resolved(values, named, earlier=len(faults))
            faults += unknown
        frequent = frozenset[Any]()
        if not self._driving_names.isdisjoint(values):
            frequent = await lookups.frequent.keys()
        return self._query(values, faults, frequent)

    def _looked_up(self, values: Values) -> dict[str, Named | KnownText]:
        """The parameters of a request whose values must exist in the data."""
        return {name: self._lookup_types[name] for name in values if name in self._lookup_types}

    def _misplaced(self, values: Values) -> list[Fault]:
        """A fault for each parameter that cannot be used with the format of the answer."""
        if not self._is_list:
            return []
        if values["format"] != ("json",):
            return [
                Fault(name, "exclusive", f"{name!r} is for pages; an export has the whole result.")
                for name in ("cursor", "facet", "facet_limit", "count")
                if name in values
            ]
        limit = int(values.get("limit", (0,))[0])
        message = "JSON rows are always whole; 'fields' goes with format=csv and format=ndjson."
        faults = [Fault("fields", "exclusive", message)] if "fields" in values else []
        if limit > MAX_ROWS:
            message = f"{limit} is out of range; give 0 to {MAX_ROWS}, or export with format=csv."
            faults.append(Fault("limit", "out-of-range", message, str(limit), expressible=True))
        return faults

    def _reversed(self, values: Values) -> Iterator[Fault]:
        """A fault for each lower bound that is above its upper bound."""
        bounds = [self.variants[name] for name in values if name in self.variants]
        for low in bounds:
            for high in bounds:
                same = low.filter.column is high.filter.column
                if same and (low.filter.comparison, high.filter.comparison) == ("least", "most"):
                    least, most = low.parameter.name, high.parameter.name
                    if float(values[least][0]) > float(values[most][0]):
                        message = f"{least} is more than {most}; swap them."
                        yield Fault(least, "reversed-bounds", message, str(values[least][0]))

    def _query(self, values: Values, faults: list[Fault], frequent: FrequentKeys) -> ListQuery:
        """Build the query; raises a `ProblemError` with all faults."""
        has_period = any(
            each.filter.comparison == "period" and name in values
            for name, each in self.variants.items()
        )
        period, reversed_period = _period(values, is_faulty=bool(faults) or has_period)
        search = parse_query(str(values["q"][0])) if "q" in values else None
        texts = cast(tuple[str, ...], values.get("sort", ()))
        sort = parse_sort(self.resource, texts, search is not None)
        values = self._without_defaults(values, sort)
        faults = [*faults, *reversed_period, *sort.faults]
        cursor = None
        if "cursor" in values:
            cursor, foreign = self._cursor(values, sort)
            faults = faults or foreign
        if faults:
            raise refuse(faults)
        # Without an index for the sort, the database reads and sorts all rows of the result. Then
        # driving from values is faster even for frequent values.
        frequent_keys = frequent if sort.has_index else frozenset[Any]()
        conditions = tuple(self._conditions(values, frequent_keys))
        return ListQuery.of(self.resource, values, conditions, period, sort, cursor, search)

    def _without_defaults(self, values: Values, sort: Sort) -> Values:
        """The values without default values. An export has all rows unless it has a `limit`, so in
        an export the default `limit` is kept."""
        default = self._defaults
        is_export = values["format"] != default["format"]
        return {
            name: given
            for name, given in values.items()
            if not (name == "sort" and sort.is_default)
            and (given != default[name] or (name == "limit" and is_export))
        }

    def _conditions(self, values: Values, frequent: FrequentKeys) -> Iterator[Condition]:
        resource, names = self.resource, sorted(values.keys() & self.variants.keys())
        matching = cast(DateMatch, values.get("date_match", ("possible",))[0])
        used = [_condition(self.variants[name], values[name], matching) for name in names]
        for name, each in zip(names, used, strict=True):
            first = can_drive(resource, each, used)
            rare = first and are_rare(resource, each, values[name], frequent)
            yield replace(each, drive_from_values=True) if rare else each

    def _cursor(self, values: Values, sort: Sort) -> tuple[Cursor | None, list[Fault]]:
        token = str(values["cursor"][0])
        columns = [part.kind for part in sort.parts]
        try:
            return decode_cursor(token, identity(self.resource, values, sort.keys), columns), []
        except InvalidValue as refused:
            return None, [Fault.of("cursor", token, refused)]


def _condition(variant: Variant, values: tuple[Scalar, ...], matching: DateMatch) -> Condition:
    name = variant.parameter.name
    if variant.filter.comparison == "period":
        return Condition(name, variant.filter.name, variant.operation, 2, date_match=matching)
    if variant.operation == "has":
        return Condition(name, variant.filter.name, "has" if values[0] else "has-not")
    return Condition(name, variant.filter.name, variant.operation, len(values))


def _exclusive(values: Mapping[str, Any]) -> list[Fault]:
    pairs = (("cursor", "offset"), ("date", "date_from"), ("date", "date_to"))
    return [
        Fault(one, "exclusive", f"{one!r} and {other!r} exclude each other; give one of them.")
        for one, other in pairs
        if one in values and other in values
    ]


def _period(values: Values, *, is_faulty: bool) -> tuple[Period | None, list[Fault]]:
    given = {
        name: cast(EdtfPeriod, values[name][0])
        for name in ("date", "date_from", "date_to")
        if values.get(name)
    }
    if not given:
        if "date_match" not in values or is_faulty:
            return None, []
        message = "'date_match' says how 'date', 'date_from' or 'date_to' match; give one of them."
        return None, [Fault("date_match", "without-date", message)]
    first, last = given.get("date_from"), given.get("date_to")
    if "date" in given:
        first = last = given["date"]
    period = Period(first.first_key if first else MIN_KEY, last.last_key if last else MAX_KEY)
    if period.first <= period.last:
        return period, []
    message = f"date_from={given['date_from']} is after date_to={given['date_to']}; swap them."
    return period, [Fault("date_from", "reversed-period", message, given["date_from"])]
