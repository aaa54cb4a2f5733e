"""Converts pydantic errors in a reading to a message in plain words and a cure."""

import re
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from seeds.faults import nearest, quoted
from seeds.reading.entry import ONE_LINE, ReadingModel
from seeds.reading.tree import TreePath

NESTING_CURE = "write `- ...` for a list and `key: value` for fields"


def explain(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """The message and the cure for one pydantic error in data of this model."""
    field = _field_label(error["loc"])
    value = error["input"]
    context: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            known = _field_names(error["loc"][:-1], model)
            hint = nearest(field, known) or _title_hint(field, value)
            cure = f"{hint}The fields here are {', '.join(known)}"
            return f"there is no field {field!r}", cure
        case "missing":
            is_spelled = error["loc"] == ("name",)
            other = ", or an id that spells words of the document" if is_spelled else ""
            return f"the field {field!r} is missing", f"add `{field}:`{other}"
        case "unknown_code" | "reading":
            return error["msg"], str(context["cure"])
        case "string_pattern_mismatch" if "https?" in str(context.get("pattern")):
            return f"{quoted(str(value))} is not a web address", "write an http or https address"
        case "string_pattern_mismatch" | "string_too_long" if _is_id(context):
            cure = "write small letters a-z, digits and single hyphens, at most 80 characters"
            return f"{quoted(str(value))} cannot be an id", cure
        case "string_pattern_mismatch" if _is_line(context):
            return f"{field!r} has several lines", "write it on one line, or fold it with `>-`"
        case "too_short" | "string_too_short":
            return f"{field!r} is empty", "write at least one, or remove the field"
        case "string_type":
            return f"{field!r} is {describe(value)}, not text", "write words, in quotes if need be"
        case "model_type" | "tuple_type" | "dict_type":
            expected = {"model_type": "fields", "tuple_type": "a list", "dict_type": "fields"}
            message = f"{field!r} is {describe(value)}, not {expected[error['type']]}"
            return message, NESTING_CURE
        case _:
            return f"{field!r}: {error['msg']}", f"it is {quoted(str(value))}"


def _field_label(path: TreePath) -> str:
    """The last part of a path, for messages. Items of a list are counted from 1."""
    match path:
        case (*_, str(field), int(index)):
            return f"{field} {index + 1}"
        case (*_, last):
            return str(last)
        case _:
            return ""


def _title_hint(field: str, value: object) -> str:
    """The cure for `norland: Norland`: a field can give id and name only if it has a hyphen."""
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+", field):
        return f"if {field!r} is an id, write `id: {field}` and `name: {value}`. "
    return ""


def _is_id(context: dict[str, Any]) -> bool:
    return "a-z0-9" in str(context.get("pattern", "a-z0-9"))


def _is_line(context: dict[str, Any]) -> bool:
    return context.get("pattern") == ONE_LINE


def describe(value: object) -> str:
    """A short description of a value for messages: "empty", "a list", "fields" or the text."""
    if value is None:
        return "empty"
    return {"list": "a list", "dict": "fields"}.get(type(value).__name__, quoted(str(value)))


def _field_names(path: TreePath, model: type[BaseModel]) -> list[str]:
    """The names of the fields at a path of the model."""
    annotation: Any = model
    for part in path:
        annotation = _unwrapped(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if part in annotation.model_fields:
                annotation = annotation.model_fields[str(part)].annotation
            continue
        arguments = get_args(annotation)
        annotation = arguments[-1] if get_origin(annotation) is dict else arguments[0]
    inner = _unwrapped(annotation)
    return (
        list(inner.model_fields)
        if isinstance(inner, type) and issubclass(inner, ReadingModel)
        else []
    )


def _unwrapped(annotation: Any) -> Any:
    """The annotation without `Annotated` and `None`."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin is Union or type(annotation).__name__ == "UnionType":
            annotation = next(item for item in get_args(annotation) if item is not type(None))
        else:
            return annotation
