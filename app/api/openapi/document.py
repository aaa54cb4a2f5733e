"""The OpenAPI document: the guide, the tags, and all other parts put together."""

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app import __version__
from app.about import TITLE
from app.api.openapi.examples import place_examples
from app.api.openapi.headers import HEADERS
from app.api.openapi.parameters import share_parameters
from app.api.openapi.responses import describe_responses, shared_responses
from app.api.openapi.schemas import Json, component_schemas
from app.resources.lists import LISTS
from app.resources.registry import RESOURCES, titles
from app.resources.resource import Resource
from app.resources.timeline import SEARCH

KINDS_READ = titles(resource for resource in RESOURCES if resource.cited).capitalize()
GUIDE = f"""{KINDS_READ}, read from one document. Every row cites the exact words that prove it.

Dates are as exact as the document gives them, in EDTF (ISO 8601-2). `date=2020-07` finds rows \
that may have happened in July 2020; `date_match` makes the match stricter. `date_from` and \
`date_to` take days, months, years and decades; both are inclusive.

Filters: repeat a parameter to accept any of several values (`type=order&type=legislation`). A \
row must match all parameters. Generated clients send lists in this form, which the document \
describes; the server also takes commas (`type=order,legislation`). For a filter `x`, `x_not` \
means none of the values, `x_all` all of them, and `has_x` whether there is a value. `x_within` \
means an actor, or a government or body that is part of it. `source` and `target` ask by the side \
of a role: who acts, and who is affected. A parameter that takes an id also takes the exact name \
or an alias.

Pages: follow `links.next` until it is null. `limit` is 0 to 200. `offset` is for page numbers.

Errors are problem details (RFC 9457). They name the parameter and the cure. The server does not \
clamp, guess or ignore values.

Compatibility: within `/v1`, fields, codes, parameters and routes may be added, so ignore \
fields and codes that you do not know. Before anything is removed or changes its meaning, it is \
marked `deprecated` here, and the headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) \
announce it, at least six months before.

Citing: `include=citations` adds the cited words, with offsets in Unicode code points. \
`meta.dataset.version` identifies the data of an answer."""


def openapi_document(app: FastAPI) -> Json:
    """The document. It is made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> Json:
    document = get_openapi(
        title=TITLE,
        version=__version__,
        summary="Who did what to whom, when, and which words say so.",
        description=GUIDE,
        routes=app.routes,
        tags=[*map(_tag, (*LISTS, SEARCH)), *_OTHER_TAGS],
        servers=[{"url": "/", "description": "This server"}],
        license_info={"name": "CC BY-SA 4.0 (data), MIT (code)",
                      "url": "https://creativecommons.org/licenses/by-sa/4.0/"},
        contact={"name": "hkus-kb"},
    )  # fmt: skip
    document["security"] = []
    components: Json = document["components"]
    components["schemas"] = component_schemas(components["schemas"])
    components["responses"] = shared_responses()
    components["headers"] = HEADERS
    paths: Json = document["paths"]
    for path, methods in paths.items():
        describe_responses(path, methods["get"], paths)
    place_examples(document)
    share_parameters(document)
    return document


def _tag(resource: Resource) -> dict[str, str]:
    return {"name": resource.title, "description": resource.description}


_OTHER_TAGS = (
    {"name": "Statistics", "description": "Counts of each list by one to three dimensions."},
    {
        "name": "About",
        "description": "The index, the code lists, the coverage report, and the source text.",
    },
)
