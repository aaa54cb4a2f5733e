"""Compare two recordings: which answers differ, and in what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from tests.oracle.exchanges import Answer, Request

ABSENT = "(absent)"


@dataclass(frozen=True)
class Change:
    """One thing that differs; `kind` groups those alike, such as `header link`."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """Two answers to one request that are not the same."""

    database: str
    request: Request
    before: Answer
    after: Answer

    @property
    def changes(self) -> list[Change]:
        return list(changes(self.before, self.after))


def differences(
    database: str, before: Mapping[Request, Answer], after: Mapping[Request, Answer]
) -> Iterator[Difference]:
    """The requests whose answers are not the same."""
    for request, answer in before.items():
        if answer != after[request]:
            yield Difference(database, request, answer, after[request])


def changes(before: Answer, after: Answer) -> Iterator[Change]:
    """What differs between two answers."""
    if before.status != after.status:
        yield Change("status", str(before.status), str(after.status))
    names = sorted({name for name, _ in (*before.headers, *after.headers)})
    for name in names:
        values = [
            ", ".join(value for each, value in answer.headers if each == name) or ABSENT
            for answer in (before, after)
        ]
        if values[0] != values[1]:
            yield Change(f"header {name}", values[0], values[1])
    if before.body != after.body:
        yield from _body_changes(before, after)


def _body_changes(before: Answer, after: Answer) -> Iterator[Change]:
    one, other = before.json(), after.json()
    if one is not None and other is not None and before.status == after.status:
        found = list(json_changes(one, other, ""))
        yield from found or [Change("body JSON layout", before.body, after.body)]
        return
    kind = after.media_type or "none"
    yield Change(f"body {kind}", *_differing_lines(before.body, after.body))


def json_changes(before: object, after: object, path: str) -> Iterator[Change]:
    """What differs between two JSON values; `data[].name` stands for each row's name."""
    kind = f"body {path or 'as a whole'}"
    if isinstance(before, dict) and isinstance(after, dict):
        one, other = cast(dict[str, Any], before), cast(dict[str, Any], after)
        for name in (*one, *(name for name in other if name not in one)):
            inner = f"{path}.{name}" if path else name
            if name not in one:
                yield Change(f"body {inner}", ABSENT, _short(other[name]))
            elif name not in other:
                yield Change(f"body {inner}", _short(one[name]), ABSENT)
            else:
                yield from json_changes(one[name], other[name], inner)
        if list(one) != list(other) and set(one) == set(other):
            yield Change(f"{kind} (order of keys)", _short(list(one)), _short(list(other)))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _list_changes(cast(list[Any], before), cast(list[Any], after), path)
    elif type(before) is not type(after) or before != after:
        yield Change(kind, _short(cast(object, before)), _short(cast(object, after)))


def _list_changes(before: list[Any], after: list[Any], path: str) -> Iterator[Change]:
    one, other = [json.dumps(each) for each in before], [json.dumps(each) for each in after]
    names = [_short(list(map(_name, values))) for values in (before, after)]
    if len(one) != len(other):
        yield Change(f"body {path}[] (number)", *names)
    elif one != other and sorted(one) == sorted(other):
        yield Change(f"body {path}[] (order)", *names)
    else:
        for each, its in zip(before, after, strict=True):
            yield from json_changes(each, its, f"{path}[]")


def _name(value: object) -> object:
    """What to call a member of a list by."""
    if not isinstance(value, dict):
        return value
    fields = cast(dict[str, object], value)
    return next((fields[name] for name in ("id", "value", "name") if name in fields), fields)


def _differing_lines(before: str, after: str) -> tuple[str, str]:
    """The first line that differs, of each."""
    one, other = before.split("\n"), after.split("\n")
    for line, its in zip(one, other, strict=False):
        if line != its:
            return line, its
    shared = min(len(one), len(other))
    return "\n".join(one[shared:]) or ABSENT, "\n".join(other[shared:]) or ABSENT


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
