"""The OpenAPI document: what FastAPI writes, with our codes, problems and statuses."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app import __version__
from app.formats import FORMATS
from app.problems import Problem
from app.resource import Resource
from app.resources import LISTS
from app.resources.timeline import SEARCH
from app.vocabularies import VOCABULARIES, Vocabulary

Document = dict[str, Any]

TITLE = "Hong Kong–United States relations: a knowledge base"
GUIDE = """Events, laws, actors, agreements, trade figures, polls, statements, offices and \
memberships, read from one document. Every row cites the exact words that prove it.

Dates are as exact as the document gives them, in EDTF (ISO 8601-2). `date=2020-07` finds what may \
have happened in July 2020; `date_match` says how strictly. `date_from` and `date_to` take days, \
months, years and decades, both inclusive.

Filters: repeat a parameter, or write commas, for any of several values; different parameters must \
all hold. `x_not` is none of them, `x_all` all of them, `has_x` whether there is any. Where an id \
is asked, the exact name or an alias does as well.

Pages: follow `links.next` until it is null. `limit` is 0 to 200, `offset` is for page numbers.

Errors are problem details (RFC 9457); they name the parameter and the cure. Nothing is clamped, \
guessed or ignored.

Citing: `include=citations` gives the words, with offsets in Unicode code points; \
`meta.dataset.version` names the data that an answer is from."""

_STATUSES = {
    "400": "The request cannot be used.",
    "404": "There is no such row.",
    "406": "None of the accepted media types can be given.",
    "409": "The server holds another dataset.",
    "414": "The address is too long.",
    "422": "The request is not valid.",
    "503": "The data are not available, or the query took too long.",
}


def openapi_document(app: FastAPI) -> Document:
    """The document, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> Document:
    document = get_openapi(
        title=TITLE,
        version=__version__,
        summary="Who did what to whom, when, and which words say so.",
        description=GUIDE,
        routes=app.routes,
        tags=[*map(_tag, (*LISTS, SEARCH)), *_MORE],
        servers=[{"url": "/", "description": "This server"}],
        license_info={"name": "CC BY-SA 4.0 (data), MIT (code)",
                      "url": "https://creativecommons.org/licenses/by-sa/4.0/"},
        contact={"name": "hkus-kb"},
    )  # fmt: skip
    document["security"] = []
    schemas: dict[str, Any] = document["components"]["schemas"]
    schemas.update({vocabulary.schema_name: _enum(vocabulary) for vocabulary in VOCABULARIES})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _describe(operation, has_id="{id}" in path)
    return document


def _tag(resource: Resource) -> dict[str, str]:
    return {"name": resource.title, "description": resource.description}


_MORE = (
    {"name": "Statistics", "description": "Counts of each list by one or two dimensions."},
    {"name": "About", "description": "The index, the code lists, the coverage, the source text."},
)


def _enum(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "type": "string",
        "title": vocabulary.schema_name,
        "description": f"{vocabulary.description} Source: {vocabulary.source}.",
        "enum": list(vocabulary.values),
    }


def _describe(operation: dict[str, Any], *, has_id: bool) -> None:
    responses: dict[str, Any] = operation["responses"]
    responses.pop("422", None)
    content = responses["200"].setdefault("content", {})
    if not content or content == {"application/json": {"schema": {}}}:
        responses["200"]["content"] = {"text/plain": {"schema": {"type": "string"}}}
    responses["200"]["description"] = "The answer."
    offered = next((p for p in operation.get("parameters", []) if p["name"] == "format"), None)
    for name in offered["schema"]["enum"] if offered else ():
        if name in FORMATS:
            media_type = FORMATS[name].media_type.partition(";")[0]
            responses["200"]["content"][media_type] = {"schema": {"type": "string"}}
    responses["304"] = {"description": "The client has the answer already (If-None-Match)."}
    if has_id:
        responses["308"] = {"description": "The row was renamed; Location leads to it."}
    for status, text in _STATUSES.items():
        if status != "404" or has_id:
            responses[status] = {"description": text, "content": _PROBLEM}
    operation["responses"] = dict(sorted(responses.items()))


_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
