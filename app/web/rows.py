"""The page of an item: its fields, the lists that name it, and the words that prove it."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.related import RelatedList, related_lists
from app.resources.registry import RESOURCES
from app.resources.resource import Resource
from app.resources.timeline import TIMELINE
from app.web import labels
from app.web.actor_life import actor_life
from app.web.addresses import api_of, changed, page_of
from app.web.api_client import get_json
from app.web.field_descriptions import (
    CODING_FIELDS,
    FIELDS_ELSEWHERE,
    FIRST_FIELDS,
    STEPS_FIELD,
    FieldDescription,
    field_descriptions,
)
from app.web.html import page

DRAWINGS = ((labels.ON_TIMELINE, "/timeline"), (labels.IN_NETWORK, "/network"))
EXAMPLES = "8"
"""How many rows of a list that names the item its page shows."""
OWN_LISTS = (
    ("statements", "speaker"), ("offices", "holder"), ("offices", "operator"),
    ("memberships", "member"),
)  # fmt: skip
"""The lists that the page of an actor shows with its acts: path and filter."""
_LIFE = ("events", "actor")
_TITLES = {resource.path: resource.title for resource in RESOURCES}
_MARKUP = re.compile(r"={2,}\s*|\[\[(?:[^\]|]*\|)?|\]\]|'{2,}|^[*#:;]+\s*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RelatedRows:
    """A list that names the item, with its first rows."""

    text: str
    target: str
    count: int
    rows: list[Mapping[str, Any]]
    is_own: bool = False
    """Whether it is what the actor of the page said, holds or belongs to."""


class RowPage:
    """The page of any item of one resource, by its declaration and its schema."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        # Not the lists of derived rows, which would repeat the others.
        self.related = related_lists(resource.kind, RESOURCES)

    async def __call__(self, request: Request) -> Response:
        answer = await get_json(request, api_of(request))
        row = answer["data"]
        fields = field_descriptions(self.resource.row)
        order = [*FIRST_FIELDS, *(name for name in row if name not in FIRST_FIELDS)]
        own = {name: fields[name] for name in order if name in row and name not in FIELDS_ELSEWHERE}
        stated = {name: each for name, each in own.items() if is_stated(row[name])}
        return page(
            request, "row.html",
            title=row["name"],
            description=str(row.get("summary") or row.get("text") or self.resource.description),
            resource=self.resource,
            row=row,
            first={name: each for name, each in stated.items() if name in FIRST_FIELDS},
            rest={
                name: each
                for name, each in stated.items()
                if name not in FIRST_FIELDS and name not in CODING_FIELDS
            },
            steps=row.get(STEPS_FIELD) or (),
            actor_life=await actor_life(request, row["id"]) if row["kind"] == "actor" else None,
            coding={name: each for name, each in stated.items() if name in CODING_FIELDS},
            missing=[each.label.lower() for name, each in own.items() if not is_stated(row[name])],
            all_fields=fields,
            quotations=list(quotations(row, fields)),
            related=[each async for each in self._lists(request, answer["links"])],
            drawn=[
                (text, changed(path, {each.filter: row["id"]}))
                for each in related_lists(self.resource.kind, (TIMELINE,))
                for text, path in DRAWINGS
            ],
            api=api_of(request),
        )  # fmt: skip

    async def _lists(
        self, request: Request, links: Mapping[str, Any]
    ) -> AsyncIterator[RelatedRows]:
        for each in self.related:
            link = links[each.key]
            if link["count"] and not self._is_life(each):
                query = changed(link["href"], {"limit": EXAMPLES, "count": "none"})
                rows = (await get_json(request, query))["data"]
                text = labels.appearances(_TITLES[each.path], each.path, each.filter)
                is_own = self.resource.kind == "actor" and (each.path, each.filter) in OWN_LISTS
                yield RelatedRows(text, page_of(link["href"]), link["count"], rows, is_own)

    def _is_life(self, related: RelatedList) -> bool:
        """Whether a list stands in the life of an actor already."""
        return self.resource.kind == "actor" and (related.path, related.filter) == _LIFE


def is_stated(value: Any) -> bool:
    """Whether the document says anything about a field."""
    return value not in (None, [], "")


def quotations(
    row: Mapping[str, Any], fields: Mapping[str, FieldDescription]
) -> Iterator[dict[str, Any]]:
    """The citations of a row, with whole words around the quoted ones and the labels of the fields
    that each supports."""
    for citation in row.get("citations", ()):
        names = [fields[name].label.lower() for name in citation["fields"] if name in fields]
        yield {
            **citation,
            "labels": names,
            "exact": without_markup(citation["exact"]),
            "prefix": before(citation["prefix"]),
            "suffix": after(citation["suffix"]),
        }


def before(prefix: str) -> str:
    """The words before a quotation. The API cuts at a fixed length; the cut word is left out, and
    so is everything before a heading or a line break."""
    line = re.split(r"\n|={2,}", prefix)[-1]
    if line == prefix:
        line = line.partition(" ")[2] if " " in line else ""
    return without_markup(line) if line.strip() else ""


def after(suffix: str) -> str:
    """The words behind a quotation, likewise."""
    line = re.split(r"\n|={2,}", suffix)[0]
    if line == suffix:
        head, space, _ = line.rpartition(" ")
        line = head + space if space else ""
    return without_markup(line) if line.strip() else ""


def without_markup(text: str) -> str:
    """A text without the marks of wiki headings, links, emphasis and lists."""
    return _MARKUP.sub("", text)
