"""CSV, parsed by the standard library's reader."""

import csv
import json
import re
from collections.abc import Sequence
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.cell_lists import joined_list
from app.formats.csv import FORMULA
from app.formats.format import Selection
from app.formats.registry import FORMATS
from app.rendering import render
from app.resources.documents import DocumentRow, Section
from app.resources.events import EventRow
from app.resources.laws import LawRow
from app.resources.passages import PassageRow
from app.resources.polls import PollRow
from app.resources.rows import RowLinks
from tests.unit.formats.rows import (
    ANY_EVENT,
    EVENTS,
    FEED,
    TEXTS,
    actor,
    coding,
    date,
    event,
    number,
    participant,
    relation,
    with_additions,
)

CSV = FORMATS["csv"]
DOCUMENTS = Selection(DocumentRow)


def document(sections: list[Section]) -> str:
    row = DocumentRow(
        id="d", name="D", note=None, version="0", links=RowLinks(self="/v1/documents/d"), url="u",
        revision=None, licence="l", attribution="a", language="en", sha256="0", characters=9,
        sections=sections, infobox=[], see_also=[],
    )  # fmt: skip
    return render(row)


def written(rows: Sequence[str], selection: Selection = EVENTS) -> bytes:
    writer = CSV.writer(FEED, selection)
    return writer.head() + writer.part(rows) + writer.tail()


def lines(rows: Sequence[str], selection: Selection = EVENTS) -> list[list[str]]:
    text = written(rows, selection).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def cells(row: str, selection: Selection = EVENTS) -> dict[str, str]:
    header, line = lines([row], selection)
    return dict(zip(header, line, strict=True))


def items(cell: str, mark: str) -> list[str]:
    """Split a cell at each separator that has no backslash before it. Remove the backslashes."""
    found = [""]
    for piece in re.findall(rf"\\.|{mark} |.", cell, re.DOTALL):
        if piece == f"{mark} ":
            found.append("")
        else:
            found[-1] += piece[-1]
    return found


def test_it_begins_with_a_byte_order_mark_and_ends_lines_with_crlf():
    text = written([event(), event()])
    assert text.startswith(b"\xef\xbb\xbfkind,id,name,")
    assert text.count(b"\r\n") == 3 == text.count(b"\n")
    assert text.endswith(b"\r\n")


def test_objects_references_and_lists_become_columns():
    expected = """kind id name note version links_self type
        coding_scheme coding_category coding_mode coding_quad coding_score coding_rationale
        modality aspect negated summary
        date_edtf date_earliest date_latest date_certain_from date_certain_to date_interval
        date_precision date_qualifier date_modifier date_basis date_text
        place_id place_name actors_id actors_name actors_role laws_id laws_name laws_relation
        agreements_id agreements_name agreements_relation according_to_id according_to_name
        numbers_of numbers_value numbers_unit numbers_currency numbers_approximate numbers_text
        related_id related_name related_relation related_according_to_id
        related_according_to_name"""
    assert " ".join(CSV.columns(EventRow, ())) == " ".join(expected.split())
    assert {"aliases", "provisions_type", "history_date_edtf"} <= {*CSV.columns(LawRow, ())}
    assert {"answers_answer", "answers_percent"} <= {*CSV.columns(PollRow, ())}


def test_spliced_keys_have_columns_only_if_the_query_puts_them_in():
    added = CSV.columns(EventRow, {"citations", "match"})[len(CSV.columns(EventRow, ())) :]
    first = added.index("citations_fields")
    assert added[first + 1 :][:2] == ("citations_document", "citations_section")
    assert "match_date" in added
    assert "cited_by_exact" in CSV.columns(PassageRow, {"cited_by"})


@given(rows=st.lists(ANY_EVENT, max_size=3))
def test_columns_never_depend_on_rows(rows: list[str]):
    read = lines(rows)
    assert read[0] == list(CSV.columns(EventRow, ()))
    assert [len(line) for line in read] == [len(read[0])] * (len(rows) + 1)


@given(rows=st.lists(ANY_EVENT, max_size=3))
def test_it_is_what_the_standard_library_would_write(rows: list[str]):
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines(rows))
    if text.getvalue().splitlines() == re.split("\r\n|[\r\n]", text.getvalue())[:-1]:
        assert written(rows) == b"\xef\xbb\xbf" + text.getvalue().encode()


@given(rows=st.lists(ANY_EVENT, max_size=3))
def test_a_reader_that_splits_at_every_line_end_of_unicode_gets_whole_rows(rows: list[str]):
    text = written(rows).decode("utf-8-sig")
    assert list(csv.reader(text.splitlines(keepends=True), strict=True)) == lines(rows)


def test_days_before_christ_are_no_formula():
    cell = cells(event(date=date("-0205-01-01", "0014-08-19", edtf="-0205/0014-08-19")))
    assert (cell["date_earliest"], cell["date_latest"]) == ("'-0205-01-01", "0014-08-19")
    assert (cell["date_edtf"], cell["date_certain_from"]) == ("'-0205/0014-08-19", "'-0205-01-01")


@given(row=ANY_EVENT)
def test_texts_come_back_whole_but_for_the_guard(row: str):
    original, read = json.loads(row), cells(row)
    for key in ("name", "note", "summary"):
        text = original[key] or ""
        assert read[key] == ("'" + text if text[:1] in {*FORMULA} else text)


@given(row=ANY_EVENT)
def test_joined_items_come_back_whole(row: str):
    for column, key in (("actors_name", "actors"), ("according_to_name", "according_to")):
        names = [actor["name"] for actor in json.loads(row)[key]]
        guarded = "".join(names[:1])[:1] in FORMULA
        assert items(cells(row)[column][guarded:], ";") == (names or [""])


@given(nested=st.lists(st.lists(TEXTS, min_size=1), min_size=1, max_size=4))
def test_lists_in_lists_come_back_whole(nested: list[list[str]]):
    cell = joined_list([joined_list(inner, ",") for inner in nested], ";")
    assert [items(inner, ",") for inner in items(cell, ";")] == nested


FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The characters in the API contract, and their full-width forms. Not imported from the code."""


@pytest.mark.parametrize("first", FORMULAS)
def test_a_text_that_begins_like_a_formula_is_defused(first: str):
    row = event(name=f"{first}1+1", actors=[participant(f"{first}SUM(A1)")])
    assert cells(row)["name"] == f"'{first}1+1"
    assert cells(row)["actors_name"] == f"'{first}SUM(A1)"


def test_no_other_character_is_defused():
    others = {*range(0x20, 0x250), 0x2212, 0x2019} - {ord('"'), *map(ord, FORMULAS)}
    names = [f"{chr(code)}1" for code in sorted(others)]
    _, *found = lines([event(name=name) for name in names])
    assert [line[2] for line in found] == names


@pytest.mark.parametrize("value", [-5, 0, 1, 17_800_000_000, -0.5, 52.5])
def test_a_number_is_never_touched(value: float):
    row = event(numbers=[number(value), number(None), number(-1)], coding=coding(-7.5))
    assert cells(row)["numbers_value"] == f"{value}; ; -1"
    assert cells(row)["coding_score"] == "-7.5"


def test_flags_nulls_and_empty_lists():
    row = event(negated=True, numbers=[number(1), number(1)], related=[relation(actor("X")),
                relation(None)])  # fmt: skip
    read = cells(row)
    assert (read["negated"], read["date_interval"]) == ("true", "false")
    assert read["numbers_approximate"] == "true; true"
    assert read["related_according_to_name"] == "X; "
    assert read["note"] == read["place_id"] == read["laws_id"] == read["coding_score"] == ""


def test_an_undated_row_leaves_its_date_empty():
    assert {cell for name, cell in cells(event(date=None)).items() if name.startswith("date")} == {
        ""
    }


def test_chosen_columns_come_in_their_order_after_kind_and_id():
    chosen = Selection(EventRow, ("summary", "date_certain_from", "negated", "name"))
    assert lines([event()], chosen) == [
        ["kind", "id", "name", "negated", "summary", "date_certain_from"],
        ["event", "a-thing", "A thing", "false", "It happened.", "2020-07-14"],
    ]


def test_citations_stand_beside_their_row():
    cited = '[{"fields":["name","date"],"document":"d","section":"s","passage":"p","start":1,'
    cited += '"end":4,"exact":"a; b","prefix":"","suffix":""}]'
    chosen = Selection(EventRow, with_additions=frozenset({"citations"}))
    read = cells(with_additions(event(), citations=cited), chosen)
    assert read["citations_fields"] == "name, date"
    assert read["citations_exact"] == r"a\; b"
    assert read["citations_start"] == "1"


def test_a_tree_stands_as_json_in_one_column():
    sections = [Section(id="a", title="=A", level=1, start=0, end=9, sections=[])]
    assert cells(document(sections), DOCUMENTS)["sections"] == (
        '[{"id":"a","title":"=A","level":1,"start":0,"end":9,"sections":[]}]'
    )
    assert cells(document([]), DOCUMENTS)["sections"] == ""


def test_parts_of_any_size_give_the_same_bytes():
    writer = CSV.writer(FEED, EVENTS)
    rows = [event("one"), event("two"), event("three")]
    assert writer.part(rows) == b"".join(writer.part([row]) for row in rows)
    assert writer.part([]) == b""
