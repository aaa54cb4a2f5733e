"""The two sides of the story, and the lane of each card.

The sides are the two countries that take part in most events, as those who act or are affected.
Documents about other countries get other lanes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request

from app.vocabularies.events import side_of
from app.vocabularies.vocabulary import Side
from app.web.addresses import API, changed
from app.web.api_client import get_json, rows_by_id

Lane = Literal["first", "both", "second"]

_COUNTRIES: tuple[str, ...] = ("source_country", "target_country")


@dataclass(frozen=True, slots=True)
class Country:
    """One of the two sides."""

    code: str
    name: str


def _with_side(row: Mapping[str, Any], *sides: Side) -> list[Mapping[str, Any]]:
    """The participants of an event that stand on one of these sides of the act."""
    signs = any(each.get("relation") == "signed" for each in row.get("agreements") or ())
    return [
        each
        for each in row.get("actors") or ()
        if side_of(each["role"], signs_agreement=signs) in sides
    ]


def acting(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The participants of a row that act: by their roles in an event, or those that make a law,
    conclude an agreement or speak."""
    return _with_side(row, "acting", "both") if row.get("actors") else list(_makers(row))


def affected(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The participants of an event that are affected by others."""
    return _with_side(row, "affected")


def _makers(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Who made a row that is not an event. The first field that has a value counts."""
    for name in ("signed_by", "issued_by", "jurisdiction", "parties", "speakers", "outlet"):
        value = row.get(name)
        if value:
            yield from [value] if isinstance(value, Mapping) else value
            return


async def main_sides(request: Request) -> Sequence[Country]:
    """The two countries that take part in most events, by name; fewer if the documents name
    fewer."""
    query = {"facet": [*_COUNTRIES], "limit": "0", "count": "none"}
    facets = (await get_json(request, changed(f"{API}/events", query)))["facets"]
    counts: Counter[Country] = Counter()
    for name in _COUNTRIES:
        for bucket in facets[name]["buckets"]:
            counts[Country(bucket["value"], bucket["label"])] += bucket["count"]
    main = [country for country, _ in counts.most_common(2)]
    return sorted(main, key=lambda country: country.name)


async def countries(request: Request, rows: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    """The country of each actor that acts in these rows, by the id of the actor."""
    ids = dict.fromkeys(actor["id"] for row in rows for actor in acting(row))
    actors = await rows_by_id(request, "actors", list(ids))
    return {each["id"]: each["country"] for each in actors if each["country"]}


def lane_of(row: Mapping[str, Any], sides: Sequence[Country], countries: Mapping[str, str]) -> Lane:
    """The lane of one side if only this side acts; else the middle."""
    found = {countries.get(each["id"]) for each in acting(row)}
    here = [country.code in found for country in sides]
    if here == [True, False] or here == [True]:
        return "first"
    return "second" if here == [False, True] else "both"
