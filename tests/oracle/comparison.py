"""Compare two recordings: which answers differ, and in what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from tests.oracle.exchanges import Answer, Request

ABSENT = "(absent)"


@dataclass(frozen=True)
class Change:
    """One difference. `kind` groups similar ones, such as `header link`."""

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
        # A different body usually has a different length, so the length adds nothing.
        is_implied = name == "content-length" and ABSENT not in values and before.body != after.body
        if values[0] != values[1] and not is_implied:
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


def json_changes(before: Any, after: Any, path: str) -> Iterator[Change]:
    """The differences between two JSON values. `data[].name` stands for the name of each row."""
    # Python treats True, 1 and 1.0 as equal.
    if type(before) is not type(after):
        yield Change(_kind(path), _short(before), _short(after))
        return
    match before:
        case dict():
            yield from _object_changes(cast(dict[str, Any], before), after, path)
        case list():
            yield from _list_changes(cast(list[Any], before), after, path)
        case _ if before != after:
            yield Change(_kind(path), _short(before), _short(after))
        case _:
            pass


def _object_changes(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        inner = f"{path}.{name}" if path else name
        if name not in before:
            yield Change(_kind(inner), ABSENT, _short(after[name]))
        elif name not in after:
            yield Change(_kind(inner), _short(before[name]), ABSENT)
        else:
            yield from json_changes(before[name], after[name], inner)
    if list(before) != list(after) and set(before) == set(after):
        kind = f"{_kind(path)} (order of keys)"
        yield Change(kind, _short(list(before)), _short(list(after)))


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


def _kind(path: str) -> str:
    return f"body {path or 'as a whole'}"


def _name(value: object) -> object:
    """The path of a member of a list."""
    if not isinstance(value, dict):
        return value
    fields = cast(dict[str, object], value)
    return next((fields[name] for name in ("id", "value", "name") if name in fields), fields)


def _differing_lines(before: str, after: str) -> tuple[str, str]:
    """The first line that differs, from each text."""
    one, other = before.split("\n"), after.split("\n")
    for line, its in zip(one, other, strict=False):
        if line != its:
            return line, its
    shared = min(len(one), len(other))
    return "\n".join(one[shared:]) or ABSENT, "\n".join(other[shared:]) or ABSENT


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
