"""Descriptions of the fields of a row, from its schema: labels, meanings and code lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.resources.registry import VOCABULARIES
from app.vocabularies import Vocabulary
from app.web import labels

_BY_VALUES = {vocabulary.values: vocabulary for vocabulary in VOCABULARIES}
FIELDS_ELSEWHERE = (
    "kind",
    "id",
    "name",
    "version",
    "links",
    "citations",
    "match",
    "cited_by",
    "summary",
    "note",
    "history",
)
"""Fields that the page of an item does not show in the table of fields, but elsewhere."""
CODING_FIELDS = ("coding", "modality", "aspect", "negated")
"""Fields that say how an item is coded. The page shows them last, because few readers need them."""
FIRST_FIELDS = (
    "text", "question", "answers", "date", "actors", "speakers", "outlet", "parties", "signed_by",
    "issued_by", "member", "organisation", "standing", "holder", "operator", "host", "place",
    "city", "reporter", "partner", "product", "source", "pollster", "population", "description",
    "affiliations", "country", "jurisdiction", "status", "provisions", "laws", "agreements",
    "numbers", "about", "event", "related", "according_to", "differing", "document", "section",
)  # fmt: skip
"""Fields that the page shows first: what, when, who and where. The page folds the others."""
STEPS_FIELD = "history"
"""The field that the page shows as steps, in a section of its own."""


@dataclass(frozen=True)
class FieldDescription:
    """A field: its name, meaning and code list; if it contains an object, the fields of it."""

    name: str
    meaning: str
    vocabulary: Vocabulary | None
    fields: Mapping[str, "FieldDescription"]

    @property
    def label(self) -> str:
        return labels.row_field(self.name)

    def code(self, value: str) -> str:
        """The label of a code of the field."""
        known = self.vocabulary and value in self.vocabulary.values
        return self.vocabulary.label(value) if self.vocabulary and known else value


@cache
def field_descriptions(schema: type[BaseModel]) -> Mapping[str, FieldDescription]:
    """The fields of a schema, in its order."""
    return dict(_fields(schema, ()))


def _fields(
    schema: type[BaseModel], enclosing: tuple[type[BaseModel], ...]
) -> Iterator[tuple[str, FieldDescription]]:
    for name, field in schema.model_fields.items():
        vocabulary, inner = None, None
        for part in _parts(field.annotation, field):
            if isinstance(part, FieldInfo):
                extra = cast("dict[str, Any]", part.json_schema_extra or {})
                vocabulary = _BY_VALUES.get(tuple(extra.get("enum", ())), vocabulary)
            if isinstance(part, type) and issubclass(part, BaseModel):
                inner = part
        nested = (
            {}
            if inner is None or inner in enclosing
            else dict(_fields(inner, (*enclosing, schema)))
        )
        alias = field.alias or name
        yield alias, FieldDescription(alias, _without_note(field.description), vocabulary, nested)


def _parts(annotation: Any, field: FieldInfo) -> Iterator[Any]:
    """A type, all types inside it, and their annotations."""
    to_visit: list[Any] = [field, annotation]
    while to_visit:
        each = to_visit.pop()
        yield each
        to_visit += get_args(each)


def _without_note(description: str | None) -> str:
    """The meaning without the note about the code list, which is for programmers."""
    return (description or "").partition("; vocabulary")[0].partition("Vocabulary `")[0].strip()
