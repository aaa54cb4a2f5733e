"""Combinations of filters.

Each parameter of a list has one choice with one value and one choice with several values. If
possible, all values come from the same row, so that every combination finds this row.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, product
from random import Random
from typing import Any
from urllib.parse import urlencode

from app.params.parameter import MAX_VALUES
from app.params.types import Coded
from app.query.conditions import Variant, variants
from app.query.dimensions import dimensions
from app.resources.filter_types import Filter
from app.resources.resource import Resource
from tests.client import ApiClient
from tests.contract.api_requests import Row, get

CanonicalRequest = Mapping[str, Any]
"""The query parameters of one request."""
Choice = tuple[str, int]
"""The name of a parameter, and the index of its choice."""
Combined = Sequence[Choice]
MAX_FACETS = 8
CANDIDATES = 20
"""How many random choices are compared to pick the best one."""
LONGEST = 7_900
"""The maximum length of a query string that every server accepts."""


@dataclass(frozen=True)
class Choices:
    """The choices for the parameters of a list, taken from one row."""

    asked: Mapping[str, tuple[CanonicalRequest, CanonicalRequest]]
    """For each parameter: one request with a single value, and one with several values."""
    required: CanonicalRequest

    def together(self, combined: Combined) -> CanonicalRequest:
        """Combine the choices into one request."""
        parts = (self.asked[name][place] for name, place in combined)
        return {name: value for part in (self.required, *parts) for name, value in part.items()}


def choices(client: ApiClient, resource: Resource) -> Choices:
    """Take the choices from the row with the longest JSON."""
    path = f"/v1/{resource.path}"
    required = {"q": "Hong Kong"} if resource.only_searched else {}
    rows: list[Row] = get(client, path, limit=200, **required)["data"]
    row = max(rows, key=lambda row: len(json.dumps(row)))
    own, every = (_counted(client, resource, {**required, **of}) for of in ({"id": row["id"]}, {}))
    ids = [row["id"], *(each["id"] for each in rows[: MAX_VALUES - 1])]
    asked: dict[str, tuple[CanonicalRequest, CanonicalRequest]] = {
        "id": ({"id": ids[:1]}, {"id": ids})
    }
    for filter in resource.filters:
        held = own.get(filter.name) or _own(row, filter)
        others = [value for value in every.get(filter.name, ()) if value not in held]
        for variant in variants(resource, filter):
            asked[variant.parameter.name] = _of_variant(variant, held, others)
    if resource.dated:
        asked["date"] = _periods(row, resource)
    if not resource.only_searched:
        asked["q"] = _words(row["name"])
    return Choices(asked, required)


def _counted(
    client: ApiClient, resource: Resource, asked: CanonicalRequest
) -> dict[str, list[str]]:
    """The values of each filter, the most frequent first."""
    names = [name for name, each in dimensions(resource).items() if each.filter]
    counted: dict[str, list[str]] = {}
    for start in range(0, len(names), MAX_FACETS):
        facet = names[start : start + MAX_FACETS]
        body = get(client, f"/v1/{resource.path}", limit=0, facet=facet, **asked)
        for name, told in body["facets"].items():
            counted[name] = [bucket["value"] for bucket in told["buckets"]]
    return counted


def _own(row: Row, filter: Filter) -> list[str]:
    """The value of a row for a filter that has no facet."""
    value = row.get(filter.column.key.removesuffix("_folded"), filter.example)
    return [json.dumps(value) if isinstance(value, bool) else str(value or filter.example)]


def _of_variant(
    variant: Variant, held: Sequence[str], others: Sequence[str]
) -> tuple[CanonicalRequest, CanonicalRequest]:
    name, multiple = variant.parameter.name, variant.parameter.multiple
    match variant.operation:
        case "has":
            few = several = [json.dumps(bool(held))]
        case "none":
            few, several = others[:1] or held[:1], others[:3] or held[:3]
        case "all":
            few, several = held[:1], held[:3] if len(held) > 1 else [*held, *others][:2]
        case _:
            few, several = held[:1], [*held[:2], *others[:2]]
    example = [str(variant.filter.example)]
    return {name: few or example}, {name: (several if multiple else few) or example}


def _periods(row: Row, resource: Resource) -> tuple[CanonicalRequest, CanonicalRequest]:
    date: dict[str, Any] = row["date"] or {}
    day = str(date.get("earliest") or date.get("latest") or resource.period)
    year = day[:4]
    return {"date": year}, {"date_from": year, "date_to": year, "date_match": "starts"}


def _words(name: str) -> tuple[CanonicalRequest, CanonicalRequest]:
    words = sorted(re.findall(r"\w+", name), key=len, reverse=True)
    return {"q": words[0]}, {"q": f'"{words[0]}" {words[-1][:2]}*'}


def groups(resource: Resource, names: Sequence[str]) -> list[list[str]]:
    """Group the parameters that depend on each other, such as `role` and `actor`, or both sides of
    a pair."""
    narrowed = {name: {each.name} for each in resource.filters for name in each.narrows}
    own = {
        variant.parameter.name: (variant.filter.name, variant.operation)
        for filter in resource.filters
        for variant in variants(resource, filter)
    }
    paired = {each.name for each in resource.filters if each.pair}
    found: dict[str, list[str]] = {}
    for name in names:
        filter, operation = own.get(name, (name, "any"))
        leads = [n for n in narrowed.get(filter, ()) if operation in ("any", "none", "all")]
        if filter in paired and operation == "any":
            leads = ["both sides of a pair"]
        found.setdefault(leads[0] if leads else name, []).append(name)
    return list(found.values())


def of_participants(resource: Resource) -> list[str]:
    """The parameters about participants."""
    parts = [resource.parts[field] for field in resource.actors if field in resource.parts]
    return [
        variant.parameter.name
        for filter in resource.filters
        if filter.part.class_ in parts
        for variant in variants(resource, filter)
    ]


def covering(names: Sequence[str], strength: int, size: int, random: Random) -> Iterator[Combined]:
    """Combinations of `size` choices; each pair (or triple) of choices is in at least one."""
    some = combinations(sorted(names), strength)
    every = [(each, places) for each in some for places in product(range(2), repeat=strength)]
    left = {tuple(zip(each, places, strict=True)) for each, places in every}
    while left:
        combined = list(min(left))
        while len(combined) < min(size, len(names)):
            combined.append(_next(combined, names, left, strength, random))
        combined.sort()
        left.difference_update(combinations(combined, strength))
        yield combined


def _next(
    combined: Combined,
    names: Sequence[str],
    left: Set[tuple[Choice, ...]],
    strength: int,
    random: Random,
) -> Choice:
    """Draw some random combinations; return the one that covers the most new pairs or triples."""
    others = sorted(set(names) - {name for name, _ in combined})
    drawn: list[Choice] = [(random.choice(others), random.randrange(2)) for _ in range(CANDIDATES)]

    def new(choice: Choice) -> int:
        beside = combinations(combined, strength - 1)
        return sum(tuple(sorted((*each, choice))) in left for each in beside)

    return max(drawn, key=new)


def few_together(names: Sequence[str], number: int, random: Random) -> Iterator[Combined]:
    """Random pairs and triples in turn. They are not compared with each other."""
    for place in range(number):
        some = random.sample(sorted(names), min(2 + place % 2, len(names)))
        yield [(name, random.randrange(2)) for name in some]


def with_many_values(client: ApiClient, resource: Resource) -> Iterator[CanonicalRequest]:
    """Requests of maximum length: each filter with as many values as it accepts, and as many
    filters as the address can hold."""
    required = {"q": "Hong Kong"} if resource.only_searched else {}
    period = {"date": "1900/2030"} if resource.dated else {}
    counted = _counted(client, resource, {**required, "facet_limit": 200})
    crowds = {
        variant.parameter.name: _values_of(variant, counted)
        for filter in resource.filters
        for variant in variants(resource, filter)
        if variant.operation in ("any", "none", "all") and filter.name in counted
    }
    while crowds:
        asked = {**required, **period}
        for name, values in list(crowds.items()):
            more = {**asked, name: values}
            if len(urlencode(more, doseq=True)) < LONGEST:
                asked = more
                del crowds[name]
        yield asked


def _values_of(variant: Variant, counted: Mapping[str, Sequence[str]]) -> Sequence[str]:
    values = variant.filter.values
    known = values.vocabulary.values if isinstance(values, Coded) else counted[variant.filter.name]
    return known[: variant.parameter.most]
