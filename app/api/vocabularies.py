"""Vocabularies: every code list, with a count of the rows that have each code, and their link."""

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request

from app.api.envelopes import ItemMeta, SelfLink
from app.api.index import SimpleRoute
from app.api.responses import to_json
from app.api.routes import Route, add_route
from app.api.simple_requests import PARAMETERS
from app.db import Snapshot, SqlStatement
from app.params.parameter import parameter_object
from app.params.types import Coded
from app.problems.messages import did_you_mean, nearest
from app.problems.problems import NOT_FOUND, Fault, ProblemError
from app.query.dimensions import Dimension
from app.query.query_shape import Shape
from app.resources.filter_types import Filter
from app.resources.lists import LISTS
from app.resources.registry import VOCABULARIES
from app.resources.resource import Resource
from app.resources.rows import Link
from app.schema import Schema
from app.sql.counting import counting_select
from app.vocabularies import Code, Vocabulary
from app.vocabularies.vocabulary import Side

UNFILTERED = Shape((), None, False, (), None, False)


class CodeRow(Schema):
    """A code."""

    value: str
    """The code."""
    label: str
    """Its name for people."""
    definition: str
    """Its meaning."""
    source: str
    """Where the code comes from; `own` if this project made it."""
    equivalents: dict[str, str]
    """The same idea in other code lists."""
    side: Side | None
    """The side of a participant with this role; null for other codes. A signatory of an
    agreement is on both sides."""
    count: int | None
    """Rows that `href` finds; null if no list can be filtered by the code."""
    href: Link | None
    """The rows that have the code."""


class VocabularyRow(Schema):
    """A code list."""

    name: str
    """The last part of its path."""
    title: str
    """Its name for people."""
    description: str
    """What its codes classify."""
    source: str
    """Where the codes come from; `own` if this project made them."""
    codes: int
    """How many codes it has."""
    links: SelfLink


class VocabularyDetail(Schema):
    """A code list with its codes."""

    name: str
    """The last part of its path."""
    title: str
    """Its name for people."""
    description: str
    """What its codes classify."""
    source: str
    """Where the codes come from; `own` if this project made them."""
    codes: list[CodeRow]
    """The codes, in their usual order."""


class VocabularyList(Schema):
    """All code lists."""

    data: list[VocabularyRow]
    """The code lists."""
    meta: ItemMeta
    links: SelfLink


class VocabularyItem(Schema):
    """One code list."""

    data: VocabularyDetail
    meta: ItemMeta
    links: SelfLink


_BY_NAME = {vocabulary.name: vocabulary for vocabulary in VOCABULARIES}


def vocabulary_router() -> APIRouter:
    """`/v1/vocabularies` and `/v1/vocabularies/{name}`."""
    router = APIRouter(tags=["About"])
    list_route = Route(
        "/v1/vocabularies",
        SimpleRoute(lambda _: [], _render_list),
        name="listVocabularies",
        summary="All code lists",
        description="Every code list of the API, without its codes.",
        model=VocabularyList,
        parameters=PARAMETERS,
    )
    item_route = Route(
        "/v1/vocabularies/{name}",
        SimpleRoute(_count_statements, _render_item),
        name="getVocabulary",
        summary="One code list",
        description="Every code with its label, definition and source, and the rows that have it.",
        model=VocabularyItem,
        parameters=PARAMETERS,
        path_parameters=[_NAME],
    )
    add_route(router, list_route)
    add_route(router, item_route)
    return router


_NAME = parameter_object(
    "path", "name", "Name of the vocabulary.", {"type": "string", "enum": list(_BY_NAME)},
    "event-types", required=True,
)  # fmt: skip


def filter_by(vocabulary: Vocabulary) -> tuple[Resource, Filter] | None:
    """The first list with a filter by codes of the vocabulary, and the filter; None without one."""
    for resource in LISTS:
        for filter in resource.filters:
            if isinstance(filter.values, Coded) and filter.values.vocabulary is vocabulary:
                return resource, filter
    return None


def _vocabulary_of(request: Request) -> Vocabulary:
    """The vocabulary that the path names; raises 404 if there is none."""
    name = request.path_params["name"]
    if name not in _BY_NAME:
        suggestion = nearest(name, list(_BY_NAME))
        detail = f"There is no vocabulary {name[:80]!r}.{did_you_mean(suggestion)}"
        fault = Fault("name", "unknown-id", detail, name, suggestion, tuple(_BY_NAME))
        raise ProblemError(NOT_FOUND, detail, [fault])
    return _BY_NAME[name]


def _count_statements(request: Request) -> list[SqlStatement]:
    target = filter_by(_vocabulary_of(request))
    if target is None:
        return []
    resource, filter = target
    by = (Dimension(filter.name, filter=filter),)
    counts = partial(counting_select, resource, by, UNFILTERED)
    return [SqlStatement((resource.path, "codes", filter.name), counts, {})]


def _render_list(_: Request, _snapshot: Snapshot) -> bytes:
    rows = [
        VocabularyRow(
            name=each.name,
            title=each.title,
            description=each.description,
            source=each.source,
            codes=len(each.codes),
            links=SelfLink(self=f"/v1/vocabularies/{each.name}"),
        ).model_dump()
        for each in VOCABULARIES
    ]
    return to_json(rows)


def _render_item(request: Request, snapshot: Snapshot) -> bytes:
    vocabulary = _vocabulary_of(request)
    counts = {row[0]: row[-1] for row in snapshot.results[0]} if snapshot.results else {}
    detail = VocabularyDetail(
        name=vocabulary.name,
        title=vocabulary.title,
        description=vocabulary.description,
        source=vocabulary.source,
        codes=[_code_row(vocabulary, code, counts) for code in vocabulary],
    )
    return to_json(detail.model_dump())


def _code_row(vocabulary: Vocabulary, code: Code, counts: Mapping[str, int]) -> CodeRow:
    target = filter_by(vocabulary)
    return CodeRow(
        value=code.value,
        label=code.label,
        definition=code.definition,
        source=vocabulary.source,
        equivalents=dict(code.equivalents),
        side=code.side,
        count=counts.get(code.value, 0) if target else None,
        href=f"/v1/{target[0].path}?{target[1].name}={code.value}" if target else None,
    )
