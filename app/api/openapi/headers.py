"""The headers of answers, each described once."""

from app.api.openapi.schemas import Json

_LONGEST_HEADER = 8192


def _header(description: str, example: str, *, pattern: str = "", always: bool = True) -> Json:
    form = {"pattern": pattern} if pattern else {"maxLength": _LONGEST_HEADER}
    return {
        "description": description,
        "required": always,
        "schema": {"type": "string", **form},
        "example": example,
    }


def _count_header(description: str, example: int, *, most: int, always: bool = False) -> Json:
    return {
        "description": description,
        "required": always,
        "schema": {"type": "integer", "minimum": 0, "maximum": most},
        "example": example,
    }


_MAX_ROWS = 2**53
"""Maximum of a count: the largest integer that JSON numbers hold exactly in JavaScript."""

HEADERS: Json = {
    "Cache-Control": _header("How long caches may keep the answer.", "public, max-age=60"),
    "Content-Disposition": _header(
        "Only of exports: a name for the file.",
        'attachment; filename="events-895d1651981cb3f2.csv"', always=False,
    ),
    "Deprecation": _header(
        "Only of a route that will be removed: since when it is deprecated (RFC 9745).",
        "@1798761600", pattern="^@-?[0-9]+$", always=False,
    ),
    "ETag": _header(
        "A weak validator of the answer. Send it in `If-None-Match` to get 304 if nothing "
        "changed.", 'W/"0f3c1d2b4a596877"', pattern='^W/"[0-9a-f]+"$',
    ),
    "Link": _header(
        "The links of the answer (RFC 8288): `self`, `license` and `describedby`; pages also have "
        "`first`, `prev` and `next`. Links that do not fit are only in the body.",
        '</v1/events>; rel="self"',
    ),
    "Location": _header("The address with the new id.", "/v1/laws/hong-kong-autonomy-act"),
    "Retry-After": _count_header("Seconds to wait before a retry.", 5, most=86_400, always=True),
    "Sunset": _header(
        "Only of a route that will be removed: when (RFC 8594).", "Fri, 31 Dec 2027 23:59:59 GMT",
        always=False,
    ),
    "Vary": _header("The request headers that the answer depends on.",
                    "Accept, Accept-Encoding"),
    "X-Dataset-Version": _header(
        "The version of the dataset that the answer was made from.", "895d1651981cb3f2",
        pattern="^[0-9a-f]{16}$",
    ),
    "X-Omitted-Rows": _count_header(
        "Only of iCalendar exports: how many rows are left out because they have no first day.", 0,
        most=_MAX_ROWS,
    ),
    "X-Request-ID": _header(
        "The id of the request in the logs. The client may send one of 8 to 64 letters, digits, "
        "`.`, `_` and `-`.", "0123456789abcdef", pattern="^[A-Za-z0-9._-]{8,64}$",
    ),
    "X-Total-Count": _count_header(
        "The number of rows that the query finds, if it is known exactly. Of an export: the "
        "number of rows in the file.", 87, most=_MAX_ROWS,
    ),
}  # fmt: skip


def header_references(*names: str) -> Json:
    """The part of a response object that refers to these headers."""
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}
