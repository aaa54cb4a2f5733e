"""All errors of the API, as problem details (RFC 9457)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, JsonValue

from app.problems.codes import ErrorCode
from app.schema import Schema

MAX_ERRORS = 10
"""Maximum number of `errors` in a problem document."""
MAX_ALLOWED = 30
"""Maximum number of `allowed` values of an error."""
LONGEST_VALUE = 100
"""Maximum length of the `value` and the `parameter` of an error, in characters."""
LONGEST_BODY = 8_000
"""Maximum size of a problem document, in bytes."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A type of problem. Its page under `/problems/` explains the cause and the cure."""

    slug: str
    status: int
    title: str
    cause: str
    cure: str


INVALID = ProblemType(
    "invalid-request",
    422,
    "The request is not valid.",
    "A parameter is unknown, empty, repeated or out of range, or its value does not have the form "
    "that the OpenAPI document describes.",
    "Correct each parameter that `errors` names; `suggestion` and `allowed` say how.",
)
UNUSABLE = ProblemType(
    "invalid-request",
    400,
    "The request cannot be used.",
    "A value has the right form but cannot be used here: an impossible date, an unknown id, "
    "parameters that exclude each other, a cursor of another query, or bytes that are not text.",
    "Correct each parameter that `errors` names.",
)
NOT_FOUND = ProblemType(
    "not-found",
    404,
    "There is nothing here.",
    "No route has this path, or no row has this id.",
    "Search for the row in its list; `/v1` names all lists.",
)
METHOD = ProblemType(
    "method-not-allowed",
    405,
    "This method is not allowed.",
    "The API is read-only.",
    "Use GET or HEAD.",
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    406,
    "No accepted media type is available.",
    "The Accept header names no media type that this route offers.",
    "Accept application/json, or send no Accept header.",
)
OTHER_DATASET = ProblemType(
    "dataset-changed",
    409,
    "The server has another dataset.",
    "`expect_dataset` is the version of another dataset: the data were reloaded since then.",
    "Start again without `expect_dataset`, or with the version that `detail` names.",
)
CONTENT_TOO_LARGE = ProblemType(
    "content-too-large",
    413,
    "The body of the request is too large.",
    "The proxy in front of the API accepts only small bodies. The API does not read bodies.",
    "Send the request without a body.",
)
URI_TOO_LONG = ProblemType(
    "uri-too-long",
    414,
    "The address is too long.",
    "Path and query together have more than 8,192 bytes.",
    "Send fewer values in one request.",
)
TOO_MANY_REQUESTS = ProblemType(
    "too-many-requests",
    429,
    "There are too many requests.",
    "The proxy in front of the API limits the requests and connections from one address.",
    "Wait for the number of seconds in Retry-After, then send requests more slowly.",
)
HEADERS_TOO_LARGE = ProblemType(
    "headers-too-large",
    431,
    "The headers are too large.",
    "The request line and the headers have more bytes than the server accepts.",
    "Leave out headers that the API does not need, such as cookies and long tokens.",
)
INTERNAL = ProblemType(
    "internal-error",
    500,
    "The server made a mistake.",
    "There is an error in the server. It was logged with the id of the request.",
    "Try again later. If the error stays, report the `instance` of the answer.",
)
TOO_SLOW = ProblemType(
    "query-too-slow",
    503,
    "The query took too long.",
    "The query needed more than its time budget.",
    "Send a smaller query: fewer filters, a shorter period, or count=none.",
)
UNAVAILABLE = ProblemType(
    "data-unavailable",
    503,
    "The data are not available.",
    "The database cannot be read now, is empty, or was written by another version of the program.",
    "Wait for the number of seconds in Retry-After, then try again. `/readyz` shows the reason.",
)

BUSY = ProblemType(
    "too-many-exports",
    503,
    "Too many exports are running.",
    "An export takes long, so only a few run at the same time.",
    "Wait for the number of seconds in Retry-After, then try again.",
)
HEAVY = ProblemType(
    "too-many-heavy-queries",
    503,
    "Too many heavy queries are running.",
    "Facets, statistics and other slow queries run a few at a time, and the queue is full.",
    "Wait for the number of seconds in Retry-After, then try again. Other queries work meanwhile.",
)

PROBLEMS: tuple[ProblemType, ...] = (
    INVALID,
    UNUSABLE,
    NOT_FOUND,
    METHOD,
    NOT_ACCEPTABLE,
    OTHER_DATASET,
    CONTENT_TOO_LARGE,
    URI_TOO_LONG,
    TOO_MANY_REQUESTS,
    HEADERS_TOO_LARGE,
    INTERNAL,
    TOO_SLOW,
    UNAVAILABLE,
    BUSY,
    HEAVY,
)

_PAGES: list[JsonValue] = [*sorted({f"/problems/{problem.slug}" for problem in PROBLEMS})]


class ErrorObject(Schema):
    """What is wrong with one parameter."""

    parameter: str | None
    """The parameter; null if the error concerns the whole request."""
    code: ErrorCode
    """The error code, for programs."""
    message: str
    """What is wrong, and how to correct it."""
    value: str | None
    """The value, cut at 100 characters."""
    suggestion: str | None
    """A similar valid value, or null."""
    allowed: list[str]
    """The allowed values, at most 30 of them."""


class ProblemMeta(Schema):
    """What is left out of the problem document."""

    more: int
    """The number of errors that are left out."""


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: Annotated[str, Field(json_schema_extra={"enum": _PAGES})]
    """Address of a page that explains the cause and the cure."""
    title: str
    """The type of the problem, in words."""
    status: int
    """The status code of the answer."""
    detail: str
    """What is wrong with this request."""
    instance: str
    """`urn:request:` and the id of the request."""
    errors: list[ErrorObject]
    """One for each error, at most 10."""
    meta: ProblemMeta


class InvalidValue(ValueError):
    """A value that is not valid for its type.

    `expressible`: the OpenAPI document describes the rule that the value breaks, so the status is
    422. Otherwise the status is 400.
    """

    def __init__(
        self,
        message: str,
        *,
        code: ErrorCode,
        expressible: bool = True,
        suggestion: str | None = None,
        allowed: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code: ErrorCode = code
        self.expressible = expressible
        self.suggestion = suggestion
        self.allowed = tuple(allowed)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a request.

    `expressible`: the OpenAPI document describes the rule that the request breaks (status 422, else
    400).
    """

    parameter: str | None
    code: ErrorCode
    message: str
    value: str | None = None
    suggestion: str | None = None
    allowed: tuple[str, ...] = ()
    expressible: bool = False

    @classmethod
    def of(cls, parameter: str, value: str, refused: InvalidValue) -> "Fault":
        """The fault for a value of a parameter that its type refused."""
        return cls(
            parameter, refused.code, refused.message, value, refused.suggestion, refused.allowed,
            refused.expressible,
        )  # fmt: skip

    def error(self) -> ErrorObject:
        """The fault as an error of the problem document. Long values are cut."""
        return ErrorObject(
            parameter=self.parameter and self.parameter[:LONGEST_VALUE],
            code=self.code,
            message=self.message,
            value=None if self.value is None else self.value[:LONGEST_VALUE],
            suggestion=self.suggestion,
            allowed=list(self.allowed[:MAX_ALLOWED]),
        )


@dataclass
class ProblemError(Exception):
    """Raised if a request cannot be answered. One exception handler writes the response."""

    type: ProblemType
    detail: str
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def body(self, request_id: str) -> bytes:
        """The problem document as JSON, at most `LONGEST_BODY` bytes.

        If it is longer, `allowed` is emptied first, from the last error to the second. Then errors
        are removed from the end, and counted in `meta.more`.
        """
        errors = [fault.error() for fault in self.faults[:MAX_ERRORS]]
        while len(body := self._document(request_id, errors)) > LONGEST_BODY and errors:
            with_allowed = [index for index, error in enumerate(errors) if index and error.allowed]
            if with_allowed:
                errors[with_allowed[-1]] = errors[with_allowed[-1]].model_copy(
                    update={"allowed": []}
                )
            else:
                errors.pop()
        return body

    def _document(self, request_id: str, errors: list[ErrorObject]) -> bytes:
        problem = Problem(
            type=f"/problems/{self.type.slug}",
            title=self.type.title,
            status=self.type.status,
            detail=self.detail,
            instance=f"urn:request:{request_id}",
            errors=errors,
            meta=ProblemMeta(more=len(self.faults) - len(errors)),
        )
        return problem.model_dump_json().encode()


def refuse(faults: Sequence[Fault]) -> ProblemError:
    """The problem with all faults of a request: 422 if any fault is `expressible`, else 400."""
    kind = INVALID if any(fault.expressible for fault in faults) else UNUSABLE
    message = faults[0].message
    detail = message if len(faults) == 1 else f"{message} There are {len(faults)} errors in all."
    return ProblemError(kind, detail, faults)


def unavailable(code: ErrorCode, detail: str, retry_after: int = 5) -> ProblemError:
    """The problem with status 503: the data cannot be read now. `code` is the reason, `retry_after`
    the delay in seconds."""
    headers = {"Retry-After": str(retry_after)}
    return ProblemError(UNAVAILABLE, detail, [Fault(None, code, detail)], headers)
