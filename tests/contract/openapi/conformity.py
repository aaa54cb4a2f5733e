"""Compare complete answers with the schemas of the OpenAPI document.

The document allows additional properties, so that answers can get new fields. This module forbids
them, so that the tests find each field that the document does not describe.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from httpx2 import Response
from jsonschema_rs import Validator, validator_for

from tests.contract.openapi.requests import Json, operations


def closed(schema: Json) -> Json:
    """A copy of the schema that forbids additional properties."""
    has_properties = not {"allOf", "properties"}.isdisjoint(schema)
    return {**schema, "unevaluatedProperties": False} if has_properties else schema


class Conformity:
    """The OpenAPI document, prepared for the validation of answers."""

    def __init__(self, document: Json) -> None:
        self.document = document
        schemas: Json = document["components"]["schemas"]
        self._closed = {name: closed(schema) for name, schema in schemas.items()}
        self._validators: dict[str, Validator] = {}

    @cached_property
    def routes(self) -> dict[str, Json]:
        """The operations of the document, by path."""
        return dict(operations(self.document))

    def faults(self, path: str, answer: Response) -> list[str]:
        """All differences between an answer and the document. `path` is the path of the route."""
        status = str(answer.status_code)
        documented = self.routes[path]["responses"].get(status)
        if documented is None:
            return [f"status {status} is not documented"]
        response = self._resolved(documented)
        return [*self._faults_of_headers(response, answer), *self._faults_of_body(response, answer)]

    def _faults_of_headers(self, response: Json, answer: Response) -> Iterator[str]:
        for name, reference in response["headers"].items():
            header = self._resolved(reference)
            if name in answer.headers:
                value: Any = answer.headers[name]
                value = int(value) if header["schema"]["type"] == "integer" else value
                for error in self._of_header(reference["$ref"], header).iter_errors(value):
                    yield f"header {name}: {error.message}"
            elif header["required"]:
                yield f"header {name} is missing"

    def _faults_of_body(self, response: Json, answer: Response) -> Iterator[str]:
        if "content" not in response:
            if answer.content:
                yield "there is a body"
            return
        media_type = answer.headers["content-type"].partition(";")[0]
        if media_type not in response["content"]:
            yield f"media type {media_type} is not documented"
        elif media_type.endswith("json") and media_type != "application/x-ndjson":
            for error in self._validator(response["content"][media_type]).iter_errors(
                answer.json()
            ):
                yield f"{error.instance_path}: {error.message[:300]}"

    def _of_header(self, reference: str, header: Json) -> Validator:
        if reference not in self._validators:
            self._validators[reference] = validator_for(header["schema"])
        return self._validators[reference]

    def _validator(self, content: Json) -> Validator:
        if "$ref" not in content["schema"]:
            return validator_for(content["schema"])
        reference: str = content["schema"]["$ref"]
        if reference not in self._validators:
            schema = {"$ref": reference, "components": {"schemas": self._closed}}
            self._validators[reference] = validator_for(schema, validate_formats=True)
        return self._validators[reference]

    def _resolved(self, node: Json) -> Json:
        """Resolve a reference into the components."""
        if "$ref" not in node:
            return node
        _, _, kind, name = node["$ref"].split("/")
        return self.document["components"][kind][name]
