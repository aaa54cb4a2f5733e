"""How a row type describes the columns of its table."""

from typing import Annotated, Any, Literal

import pytest

from app.formats.csv import FORMULA
from app.formats.registry import FORMATS
from app.formats.schemas import FieldType, field_types, type_of
from app.resources.events import EventRow
from app.resources.registry import VOCABULARIES
from app.resources.rows import Certain, Day, in_vocabulary
from app.schema import Schema
from app.vocabularies.events import ROLES


class Sample(Schema):
    """A field of each sort."""

    text: str
    any: Any
    literal: Literal["event", "law"]
    code: Annotated[str, in_vocabulary(ROLES)] | None
    codes: list[Annotated[str, in_vocabulary(ROLES)]]
    day: Day | None
    flag: bool | None
    number: int | float | None
    texts: list[str]
    one: Certain | None
    several: list[Certain]


def test_a_type_tells_what_its_fields_hold():
    assert dict(field_types(Sample)) == {
        "text": FieldType("text"),
        "any": FieldType("text"),
        "literal": FieldType("code"),
        "code": FieldType("code"),
        "codes": FieldType("code", many=True),
        "day": FieldType("day"),
        "flag": FieldType("flag"),
        "number": FieldType("number"),
        "texts": FieldType("text", many=True),
        "one": FieldType("object", Certain),
        "several": FieldType("object", Certain, many=True),
    }


def test_no_code_begins_like_a_formula_or_has_a_mark_of_csv_in_it():
    codes = [value for vocabulary in VOCABULARIES for value in vocabulary.values]
    assert codes
    assert not [code for code in codes if code[0] in FORMULA or {*',"\r\n'} & {*code}]


@pytest.mark.parametrize("annotation", [list[list[str]], str | int, Certain | str])
def test_what_has_no_columns_is_refused_when_it_is_declared(annotation: Any):
    with pytest.raises(TypeError, match="a column cannot hold"):
        type_of(annotation)


@pytest.mark.parametrize("name", ["ics", "atom"])
def test_calendars_and_feeds_have_no_columns(name: str):
    assert FORMATS[name].columns(EventRow, ()) == ()
    assert FORMATS[name].dated_only
