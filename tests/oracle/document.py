"""The parts of the OpenAPI document that the crawl needs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A query parameter."""

    name: str
    schema: Json
    """The schema of one value. For a repeatable parameter it is the schema of the items."""
    is_many: bool
    is_required: bool
    example: str

    @property
    def codes(self) -> Sequence[str]:
        """All values it may have, if the document lists them."""
        if self.schema.get("type") == "boolean":
            return ("true", "false")
        return [str(value) for value in self.schema.get("enum", ())]

    @property
    def base(self) -> str:
        """The name of the filter without its variant, such as `actor` for `actor_not`."""
        return re.sub(r"_(not|all|within)$", "", self.name)

    def allows(self, value: str) -> bool:
        """Whether the document allows a value."""
        return bool(re.search(self.schema.get("pattern", ""), value))


@dataclass(frozen=True)
class Operation:
    """The GET operation of a path."""

    path: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])
    path_values: Sequence[str] = ()
    """The values of its path parameter that the document lists."""

    @property
    def is_item(self) -> bool:
        return "{" in self.path

    @property
    def is_list(self) -> bool:
        return "sort" in self.parameters

    @property
    def is_stats(self) -> bool:
        return "by" in self.parameters

    @cached_property
    def required(self) -> dict[str, str]:
        """The query that the operation requires."""
        return {p.name: p.example for p in self.parameters.values() if p.is_required}

    @cached_property
    def filters(self) -> Sequence[Parameter]:
        """The parameters that narrow the rows."""
        return [p for p in self.parameters.values() if p.name not in SHAPING]


SHAPING = frozenset(
    (
        *("q", "date", "date_from", "date_to", "date_match", "step_date", "sort", "limit"),
        *("cursor", "offset", "count", "facet", "facet_limit", "include", "fields", "format"),
        *("expect_dataset", "by"),
    )
)
"""The parameters that the crawl treats specially; all others are filters."""


def operations(document: Json) -> Iterator[Operation]:
    """The operations, in the order of the document."""
    for path, methods in document["paths"].items():
        declared = [_resolved(document, each) for each in methods["get"].get("parameters", ())]
        of_path = [each for each in declared if each["in"] == "path"]
        yield Operation(
            path=path,
            parameters={p.name: p for p in _query_parameters(document, declared)},
            path_values=_resolved(document, of_path[0]["schema"]).get("enum", ())
            if of_path
            else (),
        )


def _query_parameters(document: Json, declared: Sequence[Json]) -> Iterator[Parameter]:
    for each in declared:
        if each["in"] != "query":
            continue
        schema = _resolved(document, each["schema"])
        is_many = schema.get("type") == "array"
        yield Parameter(
            name=each["name"],
            schema=_resolved(document, schema["items"]) if is_many else schema,
            is_many=is_many,
            is_required=each.get("required", False),
            example=_example(each, schema),
        )


def _example(parameter: Json, schema: Json) -> str:
    named = [each.get("value") for each in parameter.get("examples", {}).values()]
    found = [*named, *schema.get("examples", ()), ""][0]
    example: Any = parameter.get("example", found)
    if isinstance(example, list):
        example = cast(list[Any], example)[0]
    return str(example).lower() if isinstance(example, bool) else str(example)


def _resolved(document: Json, schema: Json) -> Json:
    """Resolve a `$ref`."""
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema
