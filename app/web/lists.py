"""The page of a list: its rows, the form that narrows it, and the ways on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from app.api.exports import formats_of
from app.params.query_string import split_query
from app.problems.problems import TOO_SLOW
from app.query.dimensions import dimensions
from app.resources.resource import Resource
from app.web.addresses import api_of, changed, page_of
from app.web.api_client import AnsweredProblem, ExportError, ask
from app.web.filtering import Form
from app.web.html import page
from app.web.snippets import snippets

MOST_FACETS = 8
MOST_COUNTED = 1_000
"""Of so many rows the form counts each choice."""
FORMAT_WORDS = {"csv": "CSV", "ndjson": "NDJSON", "ics": "iCalendar", "atom": "Atom"}


@dataclass(frozen=True)
class Listing:
    """A list as the API answers it, with all that its page shows."""

    resource: Resource
    api: str
    answer: Mapping[str, Any]
    form: Form
    snippets: Mapping[str, Markup]

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
        """The exports of just this list."""
        return [
            (FORMAT_WORDS[name], changed(self.form.first, {"format": name, "limit": None}))
            for name in formats_of(self.resource)
        ]

    @property
    def total(self) -> str:
        """How many rows there are, in words."""
        total = self.meta["total"]
        if total is None:
            return f"{self.meta['returned']:,} rows here, not counted beyond"
        more = "more than " if self.meta["total_relation"] == "gte" else ""
        return f"{more}{total:,} {'row' if total == 1 else 'rows'}"

    @property
    def chips(self) -> list[tuple[str, str]]:
        return [(chip.words, page_of(chip.without)) for chip in self.form.chips()]


async def listing(request: Request, resource: Resource) -> Listing:
    """The list that a page asks for. Long lists are not counted by each filter: that takes time.

    Raises `ExportError`, before anything is read, if the address asks for an export.
    """
    api = api_of(request, f"/{resource.path}")
    if _asks_export(request, resource):
        raise ExportError(api)
    answer = await ask(request, api)
    answer["facets"] = await _counted(request, resource, answer)
    found = await snippets(request, resource, answer["data"])
    return Listing(resource, api, answer, Form(resource, answer), found)


def _asks_export(request: Request, resource: Resource) -> bool:
    """Whether `format` names an export of the list. A format that is unknown, or given twice, is
    left to the API, whose problem the page shows."""
    pairs = split_query(request.scope["query_string"])
    formats = [value for name, value in pairs if name == "format"]
    return len(formats) == 1 and formats[0] in formats_of(resource)


async def _counted(
    request: Request, resource: Resource, answer: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """How many rows each filter would find; None if there are so many that it would take long."""
    names = [name for name, each in dimensions(resource).items() if each.step is None]
    total = answer["meta"]["total"]
    if not names or total is None or total > MOST_COUNTED:
        return None
    counting = {"facet": names[:MOST_FACETS], "facet_limit": "200", "limit": "0", "count": "none"}
    whole = changed(answer["links"]["first"], counting)
    try:
        return (await ask(request, whole))["facets"]
    except AnsweredProblem as problem:
        if problem.status == TOO_SLOW.status:
            return None
        raise


class ListPage:
    """Shows the list of one resource, by its declaration."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource

    async def __call__(self, request: Request) -> Response:
        shown = await listing(request, self.resource)
        return page(
            request, "list.html", title=self.resource.title,
            description=self.resource.description, listing=shown, resource=self.resource,
        )  # fmt: skip
