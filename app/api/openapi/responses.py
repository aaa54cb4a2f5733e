"""The responses of the document: those of each operation, and the problems that they share."""

from app.api.openapi.headers import header_references
from app.api.openapi.schemas import REFERENCE, Json
from app.formats.registry import FORMATS
from app.problems.problems import PROBLEMS

FINDING_PATHS = ("/v1/changes",)
"""Paths without a parameter that answer 404 all the same: the version in `since` is not known."""
STATUSES = (400, 404, 406, 409, 414, 422, 500, 503)
"""Statuses of problems that a GET request of the document may get."""

_EXPORT_HEADERS = ("Content-Disposition", "X-Total-Count", "X-Omitted-Rows")
_ANSWER_HEADERS = ("Cache-Control", "ETag", "Vary", "X-Dataset-Version", "X-Request-ID")
_REMOVAL_HEADERS = ("Deprecation", "Sunset")


def shared_responses() -> Json:
    """The answers that several operations give, by the names that operations refer to."""
    problems = {_name(status): _problem(status) for status in STATUSES}
    return {
        "NotModified": {
            "description": "The client already has this answer (`If-None-Match`).",
            **header_references(*_ANSWER_HEADERS),
        },
        "Renamed": {
            "description": "The row has a new id; `Location` has its address.",
            **header_references("Location", "X-Request-ID"),
        },
        **problems,
    }


def _name(status: int) -> str:
    return f"Problem{status}"


def _problem(status: int) -> Json:
    """All kinds of problems of one status."""
    kinds = [problem for problem in PROBLEMS if problem.status == status]
    waiting = ("Retry-After",) if status == 503 else ()
    content = {"schema": {"$ref": REFERENCE.format(model="Problem")}}
    return {
        "description": " ".join(f"{kind.title} {kind.cause} {kind.cure}" for kind in kinds),
        **header_references("Cache-Control", "X-Request-ID", *waiting),
        "content": {"application/problem+json": content},
    }


def describe_responses(path: str, operation: Json, paths: Json) -> None:
    """Describe the answers of an operation."""
    success: Json = operation["responses"]["200"]
    paged = any(each["name"] == "cursor" for each in operation.get("parameters", ()))
    success["description"] = (
        "A page, or an export of all rows that match." if paged else "The answer."
    )
    success["content"] = {**_json_or_text(success), **_exports(operation)}
    success |= header_references(
        *_ANSWER_HEADERS, *_REMOVAL_HEADERS, "Link", *(_EXPORT_HEADERS if paged else ())
    )
    success["links"] = _links(path, operation, paths)
    shared = {
        "304": "NotModified",
        **{str(status): _name(status) for status in STATUSES},
    }
    if "{" not in path and path not in FINDING_PATHS:
        del shared["404"]
    if path.endswith("/{id}"):
        shared["308"] = "Renamed"
    answers = {
        status: {"$ref": f"#/components/responses/{name}"} for status, name in shared.items()
    }
    operation["responses"] = dict(sorted({"200": success, **answers}.items()))


def _json_or_text(success: Json) -> Json:
    found: Json = success.get("content", {})
    content: Json = {media_type: each for media_type, each in found.items() if each["schema"]}
    if content:
        return content
    return {"text/plain": {"schema": {"type": "string"}}}


def _exports(operation: Json) -> Json:
    """The media types that `format` offers beside JSON."""
    parameters: list[Json] = operation.get("parameters", [])
    formats: list[str] = next(
        (each["schema"]["enum"] for each in parameters if each["name"] == "format"), ["json"]
    )
    exports = [FORMATS[name].media_type for name in formats if name != "json"]
    return {media_type.partition(";")[0]: {"schema": {"type": "string"}} for media_type in exports}


def _links(path: str, operation: Json, paths: Json) -> Json:
    """Links from an answer: the same query on the same dataset, and the first row of the list."""
    same = {
        "operationId": operation["operationId"],
        "parameters": {"expect_dataset": "$response.header.X-Dataset-Version"},
        "description": "The same query on the same dataset; 409 if the server has another one.",
    }
    links: Json = {"SameDataset": same}
    item = paths.get(f"{path}/{{id}}")
    if item:
        links["FirstRow"] = {
            "operationId": item["get"]["operationId"],
            "parameters": {"id": "$response.body#/data/0/id"},
            "description": "The first row of the page, with the words that prove it.",
        }
    return links
