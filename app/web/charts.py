"""Charts of quantities and of polls: tables with a bar in each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.resources.registry import BY_KIND
from app.resources.resource import Resource
from app.vocabularies.trade import CURRENCIES, UNITS
from app.web.addresses import changed
from app.web.api_client import get_json
from app.web.html import page
from app.web.lists import Listing, ListPage, listing

_ALL_ROWS: dict[str, str | list[str] | None] = {
    "cursor": None, "offset": None, "facet": None, "facet_limit": None, "limit": "200",
}  # fmt: skip


@dataclass
class UnitGroup:
    """Quantities of one unit. The bar of the largest one has the full length. Quantities without a
    year are listed separately."""

    unit: str
    most: float = 0.0
    dated: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])
    undated: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])

    @property
    def has_bars(self) -> bool:
        """Whether there are quantities to compare. Ranks are not drawn as lengths."""
        rows = self.dated + self.undated
        return len(rows) > 1 and all(row["unit"] != "rank" for row in rows)

    def share(self, row: Mapping[str, Any]) -> float:
        """The length of a bar, in percent."""
        return round(100 * abs(row["value"]) / (self.most or 1), 2)


def by_unit(rows: Sequence[Mapping[str, Any]]) -> list[UnitGroup]:
    """Rows with a value, by unit; amounts of money first."""
    groups: dict[str, UnitGroup] = {}
    for row in sorted(rows, key=lambda row: row["currency"] is None):
        if row["value"] is None:
            continue
        unit = CURRENCIES.label(row["currency"]) if row["currency"] else UNITS.label(row["unit"])
        group = groups.setdefault(unit, UnitGroup(unit))
        group.most = max(group.most, abs(row["value"]))
        (group.dated if row["date"] else group.undated).append(row)
    return list(groups.values())


@dataclass
class Question:
    """A question of one or more polls, with each answer by year."""

    text: str
    population: str
    polls: list[Mapping[str, Any]] = field(default_factory=list[Mapping[str, Any]])

    def answers(self) -> Iterator[tuple[str, list[tuple[Mapping[str, Any], float | None]]]]:
        """Each answer, with its share in each poll."""
        names = dict.fromkeys(each["answer"] for poll in self.polls for each in poll["answers"])
        for name in names:
            yield name, [(poll, _percent(poll, name)) for poll in self.polls]


def _percent(poll: Mapping[str, Any], answer: str) -> float | None:
    return next((e["percent"] for e in poll["answers"] if e["answer"] == answer), None)


def questions(rows: Sequence[Mapping[str, Any]]) -> list[Question]:
    """Polls by question and population."""
    found: dict[tuple[str, str], Question] = {}
    for row in rows:
        key = (row["question"], row["population"])
        found.setdefault(key, Question(*key)).polls.append(row)
    return list(found.values())


class ChartPage(ListPage):
    """The page of a list, with a chart of all its rows above the list."""

    def __init__(self, resource: Resource, template: str) -> None:
        super().__init__(resource)
        self.template = template

    async def __call__(self, request: Request) -> Response:
        found: Listing = await listing(request, self.resource)
        rows = (await get_json(request, changed(found.api, _ALL_ROWS)))["data"]
        return page(
            request, self.template, title=self.resource.title,
            description=self.resource.description, listing=found, resource=self.resource,
            chart=f"/{self.resource.path}", charted=rows, measured=by_unit, questions=questions,
        )  # fmt: skip


def chart_pages() -> dict[str, ChartPage]:
    """The lists whose rows are numbers."""
    templates = {"trade-figure": "trade.html", "poll": "polls.html"}
    found = {BY_KIND[kind]: template for kind, template in templates.items()}
    return {f"/{each.path}": ChartPage(each, template) for each, template in found.items()}
