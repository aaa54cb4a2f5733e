"""What a row type says about the columns of its table."""

from typing import Annotated, Any, Literal

import pytest

from app.formats import FORMATS
from app.formats.schemas import Held, fields, held
from app.resources.events import EventRow
from app.rows import Certain, Schema, in_vocabulary
from app.vocabularies.events import ROLES


class Sample(Schema):
    """A field of each sort."""

    text: str
    any: Any
    literal: Literal["event", "law"]
    code: Annotated[str, in_vocabulary(ROLES)] | None
    flag: bool | None
    number: int | float | None
    texts: list[str]
    one: Certain | None
    several: list[Certain]


def test_a_type_tells_what_its_fields_hold():
    assert dict(fields(Sample)) == {
        "text": Held("text"),
        "any": Held("text"),
        "literal": Held("text"),
        "code": Held("text"),
        "flag": Held("flag"),
        "number": Held("number"),
        "texts": Held("text", many=True),
        "one": Held("object", Certain),
        "several": Held("object", Certain, many=True),
    }


@pytest.mark.parametrize("annotation", [list[list[str]], str | int, Certain | str])
def test_what_has_no_columns_is_refused_when_it_is_declared(annotation: Any):
    with pytest.raises(TypeError, match="a table has no place"):
        held(annotation)


@pytest.mark.parametrize("name", ["ics", "atom"])
def test_calendars_and_feeds_have_no_columns(name: str):
    assert FORMATS[name].columns(EventRow, ()) == ()
    assert FORMATS[name].dated_only
