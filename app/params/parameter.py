"""Query parameters. Each is declared once; the declaration serves the parser and OpenAPI."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.params.types import Named, PlainText, Scalar, SlugText, ValueType
from app.problems.messages import quoted
from app.problems.problems import Fault, InvalidValue

MAX_VALUES = 50
"""Default maximum number of values of a parameter."""
_SLUGS = re.compile(r"[A-Za-z0-9-]+(,[A-Za-z0-9-]+)*")


@dataclass(frozen=True)
class Parameter:
    """A query parameter.

    - `multiple`: it takes several values, repeated or separated by commas;
    - `ordered`: the order of the values matters;
    - `most`: the maximum number of values;
    - `default`: a request with this value means the same as a request without the parameter.
    """

    name: str
    values: ValueType
    description: str
    example: Scalar
    multiple: bool = False
    ordered: bool = False
    required: bool = False
    most: int = MAX_VALUES
    default: Scalar | None = None

    def openapi(self) -> dict[str, Any]:
        """The parameter as an OpenAPI 3.1 Parameter Object."""
        schema = self.values.schema()
        example: Any = self.example
        if self.multiple:
            schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": self.most}
            example = [example]
        return {
            **parameter_object("query", self.name, self.description, schema, example,
                               required=self.required),
            **({"style": "form", "explode": True} if self.multiple else {}),
        }  # fmt: skip

    def items(self, text: str) -> list[str]:
        """Split one occurrence into values at commas. Names and plain texts may contain commas."""
        if not self.multiple or isinstance(self.values, PlainText):
            return [text]
        if isinstance(self.values, Named | SlugText) and not _SLUGS.fullmatch(text):
            return [text]
        return text.split(",")


def parameter_object(
    location: str,
    name: str,
    description: str,
    schema: Mapping[str, Any],
    example: Any,
    *,
    required: bool,
) -> dict[str, Any]:
    """An OpenAPI 3.1 Parameter Object. `location` is its `in`: `query` or `path`.

    The example is in the schema. Only a required parameter also has the field `example`, because
    OpenAPI viewers send every parameter that has this field.
    """
    return {
        "name": name,
        "in": location,
        "required": required,
        "description": description,
        "schema": {**schema, **({} if example == "" else {"examples": [example]})},
        **({"example": example} if required else {}),
    }


Values = dict[str, tuple[Scalar, ...]]
"""The canonical values of a request, by name of the parameter."""
Examples = Callable[[], Mapping[str, Scalar]]
"""Makes the examples of the parameters whose examples depend on the data, by name."""


def read_parameters(
    pairs: Iterable[tuple[str, str]],
    declared: Mapping[str, Parameter],
    required: Sequence[str],
    examples: Examples = dict,
) -> tuple[Values, list[Fault]]:
    """The canonical values of each parameter (sorted, without duplicates), and all faults.

    `ordered` parameters keep the order of the request. `examples` gives the examples that depend on
    the data; it is called only for a fault.
    """
    texts: dict[str, list[str]] = {}
    faults: list[Fault] = []
    for name, text in pairs:
        if name in declared:
            texts.setdefault(name, []).append(text)
        else:
            faults.append(_unknown(name, text, declared, examples()))
    values: Values = {}
    for name, given in texts.items():
        parameter = declared[name]
        read, found = _read(parameter, given)
        faults += found
        if read:
            values[name] = read if len(read) == 1 else _without_duplicates(read, parameter.ordered)
    faults += [_missing(declared[name]) for name in required if name not in texts]
    return values, faults


def _without_duplicates(values: tuple[Scalar, ...], ordered: bool) -> tuple[Scalar, ...]:
    unique = dict.fromkeys(values)
    return tuple(unique if ordered else sorted(unique, key=str))


def _read(parameter: Parameter, texts: list[str]) -> tuple[tuple[Scalar, ...], list[Fault]]:
    name, faults = parameter.name, list[Fault]()
    if not parameter.multiple and len(texts) > 1:
        message = f"{name!r} takes one value; it was given {len(texts)} times."
        faults.append(Fault(name, "repeated", message, texts[1]))
    items = [item for text in texts for item in parameter.items(text)]
    if len(items) > parameter.most and parameter.multiple:
        message = f"{name!r} takes at most {parameter.most} values; it was given {len(items)}."
        return (), [*faults, Fault(name, "too-many-values", message, expressible=True)]
    values: list[Scalar] = []
    for item in items:
        if not item:
            message = f"{name!r} has an empty value; leave the parameter out to ask for all rows."
            faults.append(Fault(name, "empty", message, item, expressible=True))
            continue
        try:
            values.append(parameter.values.read(item))
        except InvalidValue as refused:
            faults.append(Fault.of(name, item, refused))
    return tuple(values), faults


def _missing(parameter: Parameter) -> Fault:
    message = f"{parameter.name!r} is missing: {parameter.description}"
    return Fault(
        parameter.name, "missing", message, suggestion=str(parameter.example), expressible=True
    )


def _unknown(
    name: str,
    text: str,
    declared: Mapping[str, Parameter],
    examples: Mapping[str, Scalar],
) -> Fault:
    from app.params.synonyms import hint, suggested  # imported here: few requests need it

    declared = {
        key: replace(each, example=examples[key]) if key in examples else each
        for key, each in declared.items()
    }
    found = suggested(name, text, declared)
    message = f"{quoted(name)} is not a parameter of this route.{hint(name, found, declared)}"
    return Fault(
        name, "unknown-parameter", message, text, found.parameter if found else None,
        tuple(sorted(declared)), expressible=True,
    )  # fmt: skip
