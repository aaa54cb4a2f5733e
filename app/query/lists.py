"""The query of a list: which parameters a resource takes, and what a request asks by them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, cast

from app.edtf import MAX_DAY, MIN_DAY, EdtfError, Period, parse_partial, parse_period
from app.problems import Fault, refuse
from app.query import cursor as cursors
from app.query.conditions import Condition, Variant, bind_names, variants
from app.query.cursor import Cursor, decode_cursor
from app.query.filters import Filter
from app.query.parameters import Parameter, Values, read_parameters
from app.query.periods import MATCHINGS, Asked, Matching
from app.query.sorting import Sorting, SortKey, default_sort, orders, parse_sort, sort_names
from app.query.statements import Shape, key_bind
from app.query.values import Named, Refused, Scalar, Whole
from app.hashing import short_hash
from app.resource import Resource

DEFAULT_LIMIT = 25
MOST_ROWS = 200
MOST_OFFSET = 10_000
COUNTS = ("auto", "exact", "none")

Count = Literal["auto", "exact", "none"]


@dataclass(frozen=True)
class OneOf:
    """One of a few words of the API itself."""

    words: tuple[str, ...]

    def read(self, text: str) -> str:
        if text not in self.words:
            raise Refused(
                f"{text!r} is none of {', '.join(self.words)}.", code="unknown-word", allowed=self.words
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}


@dataclass(frozen=True)
class PeriodText:
    """A period, or one bound of a period, in EDTF without qualifiers."""

    partial: bool

    def read(self, text: str) -> str:
        try:
            return (parse_partial if self.partial else parse_period)(text).text
        except EdtfError as error:
            raise Refused(
                error.message,
                code="malformed-date" if error.malformed else "impossible-date",
                expressible=error.malformed,
            ) from None

    def schema(self) -> dict[str, Any]:
        point = r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|[0-9]{3}X)"
        pattern = f"^{point}$" if self.partial else f"^({point}(/({point}|\\.\\.))?|\\.\\./{point})$"
        return {"type": "string", "pattern": pattern, "maxLength": 64}


@dataclass(frozen=True)
class Token:
    """An opaque token of ours."""

    pattern: str

    def read(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise Refused(
                f"{text[:40]!r} is not such a token; take it from the links of an answer.",
                code="malformed-token",
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}


@dataclass(frozen=True)
class ListQuery:
    """What a request for a list asks, with canonical values."""

    resource: Resource
    values: Values
    conditions: tuple[Condition, ...]
    period: Asked | None
    sort: tuple[SortKey, ...]
    cursor: Cursor | None

    @property
    def limit(self) -> int:
        return cast(int, self._one("limit", DEFAULT_LIMIT))

    @property
    def offset(self) -> int | None:
        return cast("int | None", self._one("offset", None))

    @property
    def count(self) -> Count:
        return cast(Count, self._one("count", "auto"))

    @property
    def matching(self) -> Matching:
        return cast(Matching, self._one("date_match", "possible"))

    @property
    def evidence(self) -> bool:
        return "include" in self.values

    @property
    def expected_dataset(self) -> str | None:
        return cast("str | None", self._one("expect_dataset", None))

    def _one(self, name: str, default: Scalar | None) -> Scalar | None:
        given = self.values.get(name)
        return given[0] if given else default

    @cached_property
    def shape(self) -> Shape:
        return Shape(
            conditions=self.conditions,
            matching=self.matching if self.period else None,
            sort=self.sort,
            direction=self.cursor.direction if self.cursor else None,
            evidence=self.evidence,
        )

    @cached_property
    def whole_shape(self) -> Shape:
        """The shape of the whole list, of which this is a page."""
        return replace(self.shape, sort=(), direction=None, evidence=False)

    @cached_property
    def bound(self) -> dict[str, Scalar]:
        """The values that its statements are run with."""
        bound: dict[str, Scalar] = {}
        for condition in self.conditions:
            bound.update(zip(bind_names(condition), self.values[condition.parameter], strict=False))
        if self.period:
            bound.update(self.period.values())
        if self.cursor:
            columns = orders(self.resource, self.resource.table, self.sort)
            bound.update(
                (key_bind(order), value) for order, value in zip(columns, self.cursor.key, strict=True)
            )
        return bound

    @cached_property
    def canonical(self) -> dict[str, list[str]]:
        """The parameters as they are written in links: sorted, without those that change nothing."""
        defaults = {
            "limit": [str(DEFAULT_LIMIT)],
            "offset": ["0"],
            "count": ["auto"],
            "date_match": ["possible"],
            "sort": [str(key) for key in default_sort(self.resource)],
        }
        written = {name: [_written(v) for v in values] for name, values in self.values.items()}
        return {n: written[n] for n in sorted(written) if written[n] != defaults.get(n)}

    @cached_property
    def identity(self) -> str:
        """What a cursor is bound to: the resource, its filters and the sort."""
        return identity(self.resource, self.values, self.sort)


def identity(resource: Resource, values: Values, sort: Sequence[SortKey]) -> str:
    """Hash of all that decides which rows a list has, and in which order."""
    free = {"limit", "offset", "cursor", "count", "include", "expect_dataset", "sort"}
    filters = {name: values[name] for name in sorted(values) if name not in free}
    return short_hash([resource.path, filters, [str(key) for key in sort]])[:8]


def _written(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class ListParameters:
    """The parameters of a resource's list route, and how a request is read by them."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.variants: dict[str, Variant] = {
            variant.parameter.name: variant
            for filter in (_id_filter(resource), *resource.filters)
            for variant in variants(resource, filter)
            if filter.name != "id" or variant.operation == "any"
        }
        self.declared: dict[str, Parameter] = {
            name: variant.parameter for name, variant in self.variants.items()
        } | {parameter.name: parameter for parameter in _common(resource)}

    def named(self, values: Values) -> dict[str, Named]:
        """The parameters of a request whose values name rows."""
        return {
            name: self.declared[name].values  # pyright: ignore[reportReturnType]
            for name in values
            if name in self.variants and isinstance(self.declared[name].values, Named)
        }

    def read(self, pairs: Sequence[tuple[str, str]]) -> tuple[Values, list[Fault]]:
        """The values of a request and its faults, but those that only the data can tell."""
        values, faults = read_parameters(pairs, self.declared)
        faults += _exclusive(values)
        return values, faults

    def query(self, values: Values, faults: list[Fault]) -> ListQuery:
        """The query; raises a problem that names all faults."""
        period = _period(values, faults)
        sort = parse_sort([str(text) for text in values.get("sort", ())])
        sort = sort or default_sort(self.resource)
        cursor = self._cursor(values, sort, faults)
        if faults:
            raise refuse(faults)
        return ListQuery(self.resource, values, self._conditions(values), period, sort, cursor)

    def _conditions(self, values: Values) -> tuple[Condition, ...]:
        return tuple(
            _condition(self.variants[name], values[name])
            for name in sorted(values)
            if name in self.variants
        )

    def _cursor(
        self, values: Values, sort: tuple[SortKey, ...], faults: list[Fault]
    ) -> Cursor | None:
        if "cursor" not in values:
            return None
        token = str(values["cursor"][0])
        columns = [order.kind for order in orders(self.resource, self.resource.table, sort)]
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


def _id_filter(resource: Resource) -> Filter:
    return Filter("id", resource.model.id, Named((resource.kind,)), "These rows.", resource.example)


def _exclusive(values: Mapping[str, Any]) -> list[Fault]:
    pairs = (("cursor", "offset"), ("date", "date_from"), ("date", "date_to"))
    return [
        Fault(one, "exclusive", f"{one!r} and {other!r} exclude each other; give one of them.")
        for one, other in pairs
        if one in values and other in values
    ]


def _period(values: Values, faults: list[Fault]) -> Asked | None:
    given = {name: str(values[name][0]) for name in ("date", "date_from", "date_to") if values.get(name)}
    if "date_match" in values and not given and not faults:
        message = "'date_match' says how 'date', 'date_from' or 'date_to' match; give one of them."
        faults.append(Fault("date_match", "without-date", message))
    if not given:
        return None
    whole = parse_period(given["date"]) if "date" in given else _between(given)
    asked = Asked(whole.first or MIN_DAY, whole.last or MAX_DAY)
    if asked.first > asked.last:
        message = (
            f"date_from={given['date_from']} is after date_to={given['date_to']}; swap them."
        )
        faults.append(Fault("date_from", "reversed-period", message, given["date_from"]))
    return asked


def _between(given: Mapping[str, str]) -> Period:
    first = parse_partial(given["date_from"]).first if "date_from" in given else None
    last = parse_partial(given["date_to"]).last if "date_to" in given else None
    return Period("", first, last)


def _common(resource: Resource) -> list[Parameter]:
    dated = [
        Parameter("date", PeriodText(partial=False),
                  "One period in EDTF without qualifiers: `2020`, `2020-07`, `2020-07-14`, `201X`, "
                  "`2019-06/2020-07`, `1997-07-01/..`, `../1997`. Undated rows are left out and "
                  "counted in `meta.undated`.", "2020-07"),
        Parameter("date_from", PeriodText(partial=True),
                  "First day, month, year or decade of the period, inclusive.", "2019"),
        Parameter("date_to", PeriodText(partial=True),
                  "Last day, month, year or decade of the period, inclusive: `2020` is up to "
                  "2020-12-31.", "2020"),
        Parameter("date_match", OneOf(MATCHINGS),
                  "`possible`: may overlap the period. `certain`: surely overlaps it. `starts`: its "
                  "beginning surely lies in it. `within`: lies wholly in it. Each includes the "
                  "one after.", "possible"),
    ]  # fmt: skip
    include = Parameter(
        "include", OneOf((resource.evidence or "",)),
        "Adds the words that prove each row, or of a passage what is known from it.",
        resource.evidence or "",
    )  # fmt: skip
    return [
        *(dated if resource.dated else ()),
        Parameter("sort", Sorting(sort_names(resource)),
                  "Sort keys, `-` for descending; nulls come last in both directions, `position` "
                  "and `id` end every sort.", str(default_sort(resource)[0]), many=True,
                  ordered=True, most=5),
        Parameter("limit", Whole(0, MOST_ROWS), "Rows on a page; 0 gives `meta` only.",
                  DEFAULT_LIMIT),
        Parameter("cursor", Token(cursors.FORM),
                  "Where to go on: taken from the links of an answer; not with `offset`.", ""),
        Parameter("offset", Whole(0, MOST_OFFSET),
                  "Rows to leave out, for page numbers; beyond 10,000 use the cursor of `next`.", 0),
        Parameter("count", OneOf(COUNTS),
                  "`auto` counts exactly to 10,000, `exact` always, `none` never.", "auto"),
        *((include,) if resource.evidence else ()),
        expect_dataset(),
    ]  # fmt: skip


def expect_dataset() -> Parameter:
    """The parameter by which a client insists on a dataset."""
    return Parameter(
        "expect_dataset", Token("^[0-9a-f]{16}$"),
        "A dataset version, as answers tell it; 409 if the server holds another one.", "",
    )  # fmt: skip
