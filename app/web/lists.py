"""The page of a list: its items, the form that filters it, downloads and paging."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app.api.exports import formats_of
from app.edtf.calendar import sort_key
from app.params.query_string import split_query
from app.problems.problems import TOO_SLOW
from app.query.dimensions import dimensions
from app.query.period import Period
from app.resources.resource import Resource
from app.web import labels
from app.web.addresses import API, api_of, changed, page_of
from app.web.api_client import AnsweredProblem, ExportError, get_json
from app.web.filter_form import FilterForm
from app.web.html import page
from app.web.snippets import snippets

MAX_FACETS = 8
"""How many facets one request of the API takes."""
MAX_COUNTED = 1_000
"""The longest list for which the form counts each choice."""


@dataclass(frozen=True)
class Listing:
    """A list as the API answers it, with what its page adds."""

    resource: Resource
    api: str
    answer: Mapping[str, Any]
    form: FilterForm
    snippets: Mapping[str, Markup]
    period: Period | None = None
    """The period of the query, as the API parsed it."""

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        return self.answer["data"]

    @property
    def meta(self) -> Mapping[str, Any]:
        return self.answer["meta"]

    @property
    def links(self) -> Mapping[str, str | None]:
        return self.answer["links"]

    @property
    def formats(self) -> list[tuple[str, str]]:
        """The exports of this list, with its filters."""
        exports = [
            (labels.FORMATS[name], changed(self.form.first, {"format": name, "limit": None}))
            for name in formats_of(self.resource)
        ]
        if self.resource.evidence != "citations":
            return exports
        query = {"format": "csv", "include": "citations", "limit": None}
        return [
            exports[0],
            (labels.WITH_QUOTATIONS, changed(self.form.first, query)),
            *exports[1:],
        ]

    @property
    def total(self) -> str:
        """How many items there are, in words."""
        total = self.meta["total"]
        if total is None:
            return labels.uncounted(self.meta["returned"])
        return labels.total(total, is_more=self.meta["total_relation"] == "gte")

    @property
    def chips(self) -> list[tuple[str, str]]:
        return [(chip.text, page_of(chip.without)) for chip in self.form.chips()]

    @property
    def earlier(self) -> list[Mapping[str, Any]]:
        """The rows that began before the period of the query."""
        return [row for row in self.rows if self._began_earlier(row)]

    @property
    def in_period(self) -> list[Mapping[str, Any]]:
        """The other rows."""
        return [row for row in self.rows if not self._began_earlier(row)]

    def _began_earlier(self, row: Mapping[str, Any]) -> bool:
        if self.period is None or not row.get("date"):
            return False
        start = row["date"]["earliest"]
        return start is None or sort_key(start) < self.period.first


async def listing(request: Request, resource: Resource, target: str | None = None) -> Listing:
    """The list that a page shows: that of its own address, or of `target`.

    Raises `ExportError`, before anything is read, if the address is that of an export.
    """
    api = target or api_of(request, f"/{resource.path}")
    if is_export(request, resource):
        raise ExportError(api)
    answer = await get_json(request, api)
    period: Period | None = request.scope["state"].get("period")
    meta, first = answer["meta"], answer["links"]["first"]
    answer["facets"] = await _facets(request, resource, first, meta["total"])
    found = await snippets(request, resource, answer["data"])
    return Listing(resource, api, answer, FilterForm(resource, answer), found, period)


def is_export(request: Request, resource: Resource) -> bool:
    """Whether `format` names an export of the list. If it is unknown, or there are two, the API
    refuses it, and the page shows the problem."""
    pairs = split_query(request.scope["query_string"])
    formats = [value for name, value in pairs if name == "format"]
    return len(formats) == 1 and formats[0] in formats_of(resource)


async def facet_counts(request: Request, resource: Resource) -> Mapping[str, Any] | None:
    """The number of items for each value of each filter, in the whole list."""
    first = f"{API}/{resource.path}"
    total = (await get_json(request, f"{first}?limit=0"))["meta"]["total"]
    return await _facets(request, resource, first, total)


async def _facets(
    request: Request, resource: Resource, first: str, total: int | None
) -> Mapping[str, Any] | None:
    """The number of items for each value of each filter; None for a long list, because counting it
    takes long."""
    names = [name for name, each in dimensions(resource).items() if each.step is None]
    if not names or total is None or total > MAX_COUNTED:
        return None
    found: dict[str, Any] = {}
    for start in range(0, len(names), MAX_FACETS):
        batch = names[start : start + MAX_FACETS]
        query = {"facet": batch, "facet_limit": "200", "limit": "0", "count": "none"}
        try:
            found |= (await get_json(request, changed(first, query)))["facets"]
        except AnsweredProblem as problem:
            if problem.status != TOO_SLOW.status:
                raise
            return None
    return found


async def with_beginnings(request: Request, resource: Resource) -> tuple[Listing, str]:
    """The list of a page. If no item has the words of the search: those with words that begin like
    the last one, and a sentence that says so."""
    found = await listing(request, resource)
    if found.meta["total"] == 0 and found.form.beginnings:
        similar = await listing(request, resource, found.form.beginnings[1])
        if similar.rows:
            return similar, labels.only_beginnings(request.query_params["q"])
    return found, ""


class ListPage:
    """The page of the list of one resource."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource

    async def __call__(self, request: Request) -> Response:
        found, note = await with_beginnings(request, self.resource)
        return page(
            request, "list.html", title=self.resource.title, note=note,
            description=self.resource.description, listing=found, resource=self.resource,
        )  # fmt: skip
