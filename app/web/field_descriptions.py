"""What a row's schema says of its fields: names for people, meanings, code lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.resources.registry import VOCABULARIES
from app.vocabularies import Vocabulary

_BY_VALUES = {vocabulary.values: vocabulary for vocabulary in VOCABULARIES}
BESIDE_FIELDS = ("kind", "id", "name", "version", "links", "citations", "match", "cited_by")
"""What of a row a page shows in other ways."""


@dataclass(frozen=True)
class Described:
    """A field: what people call it, what it means, its code list, the fields of what it holds."""

    name: str
    meaning: str
    vocabulary: Vocabulary | None
    fields: Mapping[str, "Described"]

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()

    def code(self, value: str) -> str:
        """What a code of the field is called."""
        known = self.vocabulary and value in self.vocabulary.values
        return self.vocabulary.label(value) if self.vocabulary and known else value


@cache
def described(schema: type[BaseModel]) -> Mapping[str, Described]:
    """The fields of a schema, in its order."""
    return dict(_fields(schema, ()))


def _fields(
    schema: type[BaseModel], within: tuple[type[BaseModel], ...]
) -> Iterator[tuple[str, Described]]:
    for name, field in schema.model_fields.items():
        vocabulary, inner = None, None
        for part in _parts(field.annotation, field):
            if isinstance(part, FieldInfo):
                extra = cast("dict[str, Any]", part.json_schema_extra or {})
                vocabulary = _BY_VALUES.get(tuple(extra.get("enum", ())), vocabulary)
            if isinstance(part, type) and issubclass(part, BaseModel):
                inner = part
        nested = {} if inner is None or inner in within else dict(_fields(inner, (*within, schema)))
        alias = field.alias or name
        yield alias, Described(alias, _plain(field.description), vocabulary, nested)


def _parts(annotation: Any, field: FieldInfo) -> Iterator[Any]:
    """A type, all types in it, and what is annotated to any of them."""
    waiting: list[Any] = [field, annotation]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += get_args(each)


def _plain(description: str | None) -> str:
    """The meaning without the words for programmers."""
    return (description or "").partition("; vocabulary")[0].partition("Vocabulary `")[0].strip()
