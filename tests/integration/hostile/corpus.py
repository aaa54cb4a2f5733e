"""The corpus: an endless series of hostile requests, equal for equal seeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.integration.hostile.operations import Operation
from tests.integration.hostile.values import VALUES

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Hostile:
    """One request. If the server rejects its query, the error must name `parameter`."""

    target: str
    parameter: str | None = None
    method: str = "GET"
    headers: Headers = field(default=())


def every_parameter(all_operations: Sequence[Operation], random: Random) -> Iterator[Hostile]:
    """A hostile value for each parameter of each operation: once alone, and once as its second
    value."""
    for operation in all_operations:
        for name in operation.parameters:
            value, other = random.sample(VALUES, 2)
            yield Hostile(operation.target((name, value)), name)
            yield Hostile(operation.target((name, other), (name, value)), name)


def mixed(all_operations: Sequence[Operation], random: Random) -> Iterator[Hostile]:
    """Endless requests of all kinds."""
    kinds = (_value, _value, _value, _crowd, _crowds, _combination, _name, _path, _header, _method)
    while True:
        yield random.choice(kinds)(random.choice(all_operations), random)


def _value(operation: Operation, random: Random) -> Hostile:
    if not operation.parameters:
        return _name(operation, random)
    name = random.choice(operation.parameters)
    return Hostile(operation.target((name, random.choice(VALUES))), name)


def _crowd(operation: Operation, random: Random) -> Hostile:
    """Many values of one parameter, in one list or repeated; cut to 8,000 characters."""
    if not operation.parameters:
        return _path(operation, random)
    name, value = random.choice(operation.parameters), random.choice(VALUES)[:40]
    count = random.choice((2, 49, 50, 51, 200, 800))
    if random.random() < 0.5:
        joined = ",".join(f"{value}{number}" for number in range(count))
        return Hostile(operation.target((name, joined))[:8000], name)
    pairs = [(name, f"{value}{number}") for number in range(count)]
    return Hostile(operation.target(*pairs)[:8000].rpartition("&")[0], name)


def _crowds(operation: Operation, random: Random) -> Hostile:
    """Many invalid values of many parameters."""
    pairs = [
        (name, ",".join(f"{name[0]}{number}" for number in range(50)))
        for name in random.sample(operation.parameters, len(operation.parameters))
    ]
    return Hostile(operation.target(*pairs)[:8000])


def _combination(operation: Operation, random: Random) -> Hostile:
    """Several parameters at once, so that the server compiles new shapes of statements."""
    count = min(len(operation.parameters), random.randint(2, 8))
    names = random.sample(operation.parameters, count)
    pairs = [
        (name, random.choice(("true", "1", "hong-kong", "order", "2020", "a*"))) for name in names
    ]
    return Hostile(operation.target(*pairs))


def _name(operation: Operation, random: Random) -> Hostile:
    names = (
        "limit[]",
        "LIMIT",
        "__proto__",
        "a",
        "%00",
        "%FF",
        "limit%00",
        "id;",
        "x" * 300,
        "q.q",
        "$where",
    )
    name = random.choice(names)
    return Hostile(operation.target((name, random.choice(VALUES))))


def _path(operation: Operation, random: Random) -> Hostile:
    value = random.choice(VALUES)[:3000]
    base = operation.template.partition("/{")[0]
    forms = (
        f"{base}/{value}", f"{base}/{value}/text", f"/{value}{base}", f"{base}//", f"/{base}",
        f"{base}/../..", f"{base};x=1", f"/v1/./{value}", "/" + "a/" * 500, f"/problems/{value}",
        base.upper(), f"{base}/",
    )  # fmt: skip
    return Hostile(random.choice(forms))


def _header(operation: Operation, random: Random) -> Hostile:
    text = random.choice(VALUES).encode()[:2000]
    headers: Headers = (
        (b"accept", random.choice((text, b"*/*;q=x", b"a/b;q=9" * 50, b";;,,", b"text/csv;q=0.1"))),
        (
            b"accept-encoding",
            random.choice((b"gzip;q=abc", b"*;q=-1", text, b"zstd, gzip, br" * 40)),
        ),
        (
            b"if-none-match",
            random.choice((b"*", text, b'W/"', b'"' * 900, b",".join([b'"a"'] * 300))),
        ),
        (b"range", b"bytes=0-0,-1," * 100),
        (b"x-request-id", text),
        (b"x-forwarded-for", text),
        (b"cookie", text * 3),
        (b"origin", text),
        (b"content-length", b"18446744073709551616"),
    )
    return Hostile(operation.target(), headers=tuple(random.sample(headers, 4)))


def _method(operation: Operation, random: Random) -> Hostile:
    methods = (
        "POST",
        "PUT",
        "DELETE",
        "PATCH",
        "TRACE",
        "CONNECT",
        "OPTIONS",
        "get",
        "PROPFIND",
        "X" * 50,
        "HEAD",
    )
    preflight: Headers = ((b"origin", b"null"), (b"access-control-request-method", b"DELETE"))
    headers = random.choice(((), preflight))
    return Hostile(operation.target(), method=random.choice(methods), headers=headers)
