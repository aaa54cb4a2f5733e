"""Fields of a reading whose value is a code of a vocabulary."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.vocabularies.vocabulary import Vocabulary
from seeds.faults import nearest

MAX_LISTED_CODES = 20


@dataclass(frozen=True, eq=False)
class Coded:
    """Validates that a text is a code of the vocabulary. The JSON Schema has an enum of them."""

    vocabulary: Vocabulary

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {
            "description": self.vocabulary.description,
            "enum": list(self.vocabulary.values),
        }

    def _check(self, code: str) -> str:
        allowed = self.vocabulary.values
        if code in allowed:
            return code
        listed = ", ".join(allowed[:MAX_LISTED_CODES]) + (
            " ..." if allowed[MAX_LISTED_CODES:] else ""
        )
        raise PydanticCustomError(
            "unknown_code",
            "{code} is no code of the vocabulary {vocabulary}",
            {
                "code": repr(code),
                "vocabulary": self.vocabulary.name,
                "cure": f"{nearest(code, allowed)}It is one of {listed}",
            },
        )


def coded(vocabulary: Vocabulary) -> Any:
    """Mark a text as a code of the vocabulary: `Annotated[str, coded(ROLES)]`."""
    return Coded(vocabulary)
