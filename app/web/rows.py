"""The page of a row: all its fields, all its links, and the words that prove it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.related import RelatedList, related_lists
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE
from app.web.addresses import api_of, changed, page_of
from app.web.api_client import ask
from app.web.field_descriptions import BESIDE_FIELDS, Described, described
from app.web.html import page

DRAWINGS = (("On the timeline", "/timeline"), ("In the network", "/network"))


@dataclass(frozen=True, slots=True)
class Related:
    """A list that the row narrows."""

    words: str
    target: str
    count: int


class RowPage:
    """Shows any row of one resource, by its declaration and its schema."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.related = related_lists(resource.kind, RESOURCES)

    async def __call__(self, request: Request) -> Response:
        answer = await ask(request, api_of(request))
        row = answer["data"]
        fields = described(self.resource.row)
        shown = {name: fields[name] for name in row if name not in BESIDE_FIELDS}
        return page(
            request, "row.html",
            title=row["name"],
            description=str(row.get("summary") or row.get("text") or self.resource.description),
            resource=self.resource,
            row=row,
            fields={name: each for name, each in shown.items() if said(row[name])},
            unsaid=[each.label.lower() for name, each in shown.items() if not said(row[name])],
            proofs=list(proofs(row, fields)),
            related=list(self._lists(answer["links"])),
            drawn=[
                (words, changed(path, {each.filter: row["id"]}))
                for each in related_lists(self.resource.kind, (TIMELINE,))
                for words, path in DRAWINGS
            ],
            api=api_of(request),
            dataset=answer["meta"]["dataset"],
        )  # fmt: skip

    def _lists(self, links: Mapping[str, Any]) -> Iterator[Related]:
        titles = {resource.path: resource.title for resource in RESOURCES}
        for each in self.related:
            link = links[each.key]
            if link["count"]:
                yield Related(
                    f"{titles[each.path]} {_how(each, self.resource)}",
                    page_of(link["href"]),
                    link["count"],
                )


def _how(related: RelatedList, resource: Resource) -> str:
    """By which of its fields a list names the row, where its kind does not say that already."""
    name = related.filter.replace("_", " ")
    return "" if name in (resource.kind, resource.kind.replace("-", " ")) else f"({name})"


def said(value: Any) -> bool:
    """Whether the document says anything of a field."""
    return value not in (None, [], "")


def proofs(row: Mapping[str, Any], fields: Mapping[str, Described]) -> Iterator[dict[str, Any]]:
    """The citations of a row, with the names of the fields that each proves."""
    for citation in row.get("citations", ()):
        labels = [fields[name].label.lower() for name in citation["fields"] if name in fields]
        yield {**citation, "labels": labels}
