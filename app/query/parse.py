"""The parameters of a list route: declared for a resource, and read from a request."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from app.edtf.dates import MAX_DAY, MIN_DAY, Period
from app.params.parameter import Parameter, Values, read_parameters
from app.params.types import Named, Present, Scalar
from app.problems.problems import Fault, Refused, refuse
from app.query.common import common_parameters
from app.query.conditions import Condition, Variant, variants
from app.query.cursor import Cursor, decode_cursor
from app.query.list_query import ListQuery, identity
from app.query.lookup import Directory
from app.query.period import Asked
from app.query.selectivity import (
    Frequent,
    FrequentValues,
    are_rare,
    can_come_first,
    may_come_first,
)
from app.query.sort import RELEVANCE, SortKey, default_sort, has_index, key_parts, parse_sort
from app.resources.resource import Resource
from app.search.query import parse_query

Check = Callable[[Values], list[Fault]]
"""Faults that only whoever asks knows of, such as a parameter that goes with another format."""


@dataclass(frozen=True)
class Lookups:
    """What has to be looked up in the data to understand a query."""

    names: Directory
    frequent: FrequentValues


class ListParameters:
    """The parameters of a resource's list route, and how a request is read by them."""

    def __init__(self, resource: Resource, common: Sequence[Parameter] | None = None) -> None:
        """`common` are the parameters besides the filters, if not those of a list."""
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

        self._coming_first = {
            name for name, each in self.variants.items() if may_come_first(resource, each.filter)
        }
        self._required = [name for name, each in self.declared.items() if each.required]
        self._defaults: dict[str, tuple[Any, ...]] = {
            name: (each.default,) for name, each in self.declared.items()
        }

    async def parse(
        self,
        pairs: Sequence[tuple[str, str]],
        lookups: Lookups,
        format: str,
        check: Check = lambda _: [],
    ) -> ListQuery:
        """The query that the pairs of a query string ask, for an answer in a format.

        Raises a problem that names all faults at once.
        """
        values, faults = self.read(pairs)
        values |= {"format": (format,)}
        faults += check(values)
        values, unknown = await lookups.names.resolved(
            values, self._looked_up(values), earlier=len(faults)
        )
        frequent = frozenset[Any]()
        if not self._coming_first.isdisjoint(values):
            frequent = await lookups.frequent.known()
        return self.query(values, [*faults, *unknown], frequent)

    def _looked_up(self, values: Values) -> dict[str, Named | Present]:
        """The parameters of a request whose values the data have to hold."""
        types = ((name, self.declared[name].values) for name in values if name in self.variants)
        return {name: type_ for name, type_ in types if isinstance(type_, Named | Present)}

    def read(self, pairs: Sequence[tuple[str, str]]) -> tuple[Values, list[Fault]]:
        """The values of a request and its faults, but those that only the data can tell."""
        values, faults = read_parameters(pairs, self.declared, self._required)
        faults += _exclusive(values)
        faults += self._reversed(values)
        return values, faults

    def _reversed(self, values: Values) -> Iterator[Fault]:
        """A fault for each pair of bounds between which nothing can be."""
        bounds = [self.variants[name] for name in values if name in self.variants]
        for low in bounds:
            for high in bounds:
                same = low.filter.column is high.filter.column
                if same and (low.filter.comparison, high.filter.comparison) == ("least", "most"):
                    least, most = low.parameter.name, high.parameter.name
                    if float(values[least][0]) > float(values[most][0]):
                        message = f"{least} is more than {most}; swap them."
                        yield Fault(least, "reversed-bounds", message, str(values[least][0]))

    def query(
        self, values: Values, faults: list[Fault], frequent: Frequent = frozenset()
    ) -> ListQuery:
        """The query; raises a problem that names all faults."""
        period = _period(values, faults)
        values = self._telling(values)
        sort = parse_sort([str(text) for text in values.get("sort", ())])
        search = parse_query(str(values["q"][0])) if "q" in values else None
        if search is None and any(key.name == RELEVANCE for key in sort):
            faults.append(_without_words())
        if len({key.name for key in sort}) < len(sort):
            faults.append(_both_ways())
        sort = sort or default_sort(self.resource, searched=search is not None)
        cursor = self._cursor(values, sort, faults)
        if faults:
            raise refuse(faults)
        # Where no index has the order, all rows would be read: then no id is too frequent.
        known = frequent if has_index(self.resource, sort) else frozenset[Any]()
        conditions = tuple(self._conditions(values, known))
        return ListQuery(self.resource, values, conditions, period, sort, cursor, search)

    def _telling(self, values: Values) -> Values:
        """The values without those that change nothing. An export has all rows unless it is given
        a limit, so there each limit says something."""
        default, format = self._defaults, self._defaults["format"]
        limit = default.get("limit") if values.get("format", format) == format else ()
        sort = tuple(map(str, default_sort(self.resource, searched="q" in values)))
        default = {**default, "sort": sort, "limit": limit}
        return {name: given for name, given in values.items() if given != default[name]}

    def _conditions(self, values: Values, frequent: Frequent) -> Iterator[Condition]:
        resource, names = self.resource, sorted(values.keys() & self.variants.keys())
        used = [_condition(self.variants[name], values[name]) for name in names]
        for name, each in zip(names, used, strict=True):
            first = can_come_first(resource, each, used)
            rare = first and are_rare(resource, each, values[name], frequent)
            yield replace(each, values_first=True) if rare else each

    def _cursor(
        self, values: Values, sort: tuple[SortKey, ...], faults: list[Fault]
    ) -> Cursor | None:
        if "cursor" not in values:
            return None
        token = str(values["cursor"][0])
        columns = [part.kind for part in key_parts(self.resource, sort)]
        try:
            return decode_cursor(token, identity(self.resource, values, sort), columns)
        except Refused as refused:
            if not faults:
                faults.append(Fault.of("cursor", token, refused))
            return None


def _condition(variant: Variant, values: tuple[Scalar, ...]) -> Condition:
    name = variant.parameter.name
    if variant.operation == "has":
        return Condition(name, variant.filter.name, "has" if values[0] else "has-not")
    return Condition(name, variant.filter.name, variant.operation, len(values))


def _without_words() -> Fault:
    message = "'relevance' is how well rows fit the words of a search; give them by 'q'."
    return Fault("sort", "without-words", message, RELEVANCE)


def _both_ways() -> Fault:
    message = "'sort' has a key in both directions; give it once."
    return Fault("sort", "exclusive", message)


def _exclusive(values: Mapping[str, Any]) -> list[Fault]:
    pairs = (("cursor", "offset"), ("date", "date_from"), ("date", "date_to"))
    return [
        Fault(one, "exclusive", f"{one!r} and {other!r} exclude each other; give one of them.")
        for one, other in pairs
        if one in values and other in values
    ]


def _period(values: Values, faults: list[Fault]) -> Asked | None:
    given = {
        name: cast(Period, values[name][0])
        for name in ("date", "date_from", "date_to")
        if values.get(name)
    }
    if "date_match" in values and not given and not faults:
        message = "'date_match' says how 'date', 'date_from' or 'date_to' match; give one of them."
        faults.append(Fault("date_match", "without-date", message))
    if not given:
        return None
    first, last = given.get("date_from"), given.get("date_to")
    if "date" in given:
        first = last = given["date"]
    asked = Asked((first and first.first) or MIN_DAY, (last and last.last) or MAX_DAY)
    if asked.first > asked.last:
        message = f"date_from={given['date_from']} is after date_to={given['date_to']}; swap them."
        faults.append(Fault("date_from", "reversed-period", message, given["date_from"]))
    return asked
