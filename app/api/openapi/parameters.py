"""Parameters that several operations take: each is described once, in `components.parameters`."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from app.api.openapi.schemas import Json

REFERENCE = "#/components/parameters/"


def parameters_of(document: Json, operation: Json) -> list[Json]:
    """The Parameter Objects of an operation, with references resolved."""
    shared: Json = document["components"]["parameters"]
    return [
        shared[each["$ref"].removeprefix(REFERENCE)] if "$ref" in each else each
        for each in operation["parameters"]
    ]


def share_parameters(document: Json) -> None:
    """Move each Parameter Object that several operations have into the components."""
    users: dict[str, list[str]] = defaultdict(list)
    forms: dict[str, Json] = {}
    for operation in _operations(document):
        for parameter in operation["parameters"]:
            form = json.dumps(parameter, sort_keys=True)
            forms[form] = parameter
            users[form].append(operation["operationId"])
    repeated = {form: forms[form] for form, ids in users.items() if len(ids) > 1}
    names = _names(repeated, users)
    for operation in _operations(document):
        operation["parameters"] = [
            _reference(names, json.dumps(parameter, sort_keys=True), parameter)
            for parameter in operation["parameters"]
        ]
    by_name = {names[form]: parameter for form, parameter in repeated.items()}
    document["components"]["parameters"] = dict(sorted(by_name.items()))


def _operations(document: Json) -> Iterator[Json]:
    for methods in document["paths"].values():
        yield methods["get"]


def _reference(names: dict[str, str], form: str, parameter: Json) -> Json:
    return {"$ref": f"{REFERENCE}{names[form]}"} if form in names else parameter


def _names(repeated: dict[str, Json], users: dict[str, list[str]]) -> dict[str, str]:
    """Component names by form: `OffsetParam`; where forms of one name differ, `EventsLimitParam`,
    after the first operation that has the form. The ending distinguishes them from schemas, because
    some generators write both into one module."""
    forms_of: dict[str, int] = defaultdict(int)
    for parameter in repeated.values():
        forms_of[parameter["name"]] += 1
    names: dict[str, str] = {}
    for form, parameter in repeated.items():
        word = "".join(part.capitalize() for part in parameter["name"].split("_"))
        is_only = forms_of[parameter["name"]] == 1
        prefix = "" if is_only else _prefix(users[form][0])
        names[form] = f"{prefix}{word}Param"
    if len(set(names.values())) < len(names):
        raise ValueError(
            f"two different parameters get the same component name: {sorted(names.values())}"
        )
    return names


def _prefix(operation_id: str) -> str:
    """`Events` of `listEvents`; `Search` of `search`; `CountEvents` of `countEvents`."""
    noun = re.sub("^(list|get)", "", operation_id)
    return noun[0].upper() + noun[1:]
