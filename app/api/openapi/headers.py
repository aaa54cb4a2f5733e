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


_MOST_ROWS = 2**53

HEADERS: Json = {
    "Cache-Control": _header("How long the answer may be kept.", "public, max-age=60"),
    "Content-Disposition": _header(
        "Of exports: the name to save the file by.",
        'attachment; filename="events-895d1651981cb3f2.csv"', always=False,
    ),
    "Deprecation": _header(
        "Of what is to be removed: since when it is deprecated (RFC 9745).", "@1798761600",
        pattern="^@-?[0-9]+$", always=False,
    ),
    "ETag": _header(
        "A weak validator of the answer; send it in `If-None-Match` to get 304 if nothing "
        "changed.", 'W/"0f3c1d2b4a596877"', pattern='^W/"[0-9a-f]+"$',
    ),
    "Link": _header(
        "The links of the answer (RFC 8288): `self`, and of pages `first`, `prev` and `next`; "
        "`license` and `describedby`. Links that do not fit into it are in the body alone.",
        '</v1/events>; rel="self"',
    ),
    "Location": _header("Where the row is now.", "/v1/laws/hong-kong-autonomy-act"),
    "Retry-After": _count_header("Seconds to wait.", 5, most=86_400, always=True),
    "Sunset": _header(
        "Of what is to be removed: when it will be (RFC 8594).", "Fri, 31 Dec 2027 23:59:59 GMT",
        always=False,
    ),
    "Vary": _header("Which headers of the request the answer depends on.",
                    "Accept, Accept-Encoding"),
    "X-Dataset-Version": _header(
        "The dataset that the answer is from.", "895d1651981cb3f2", pattern="^[0-9a-f]{16}$",
    ),
    "X-Omitted-Rows": _count_header(
        "Of iCalendar exports: rows that are left out because they have no first day.", 0,
        most=_MOST_ROWS,
    ),
    "X-Request-ID": _header(
        "Names the request in the logs; one of 8 to 64 letters, digits, `.`, `_`, `-` that the "
        "client sends is kept.", "0123456789abcdef", pattern="^[A-Za-z0-9._-]{8,64}$",
    ),
    "X-Total-Count": _count_header(
        "The number of rows that the query finds, where it is known exactly; of exports, the "
        "number of rows.", 87, most=_MOST_ROWS,
    ),
}  # fmt: skip


def header_references(*names: str) -> Json:
    """What a response says to have these headers."""
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}
