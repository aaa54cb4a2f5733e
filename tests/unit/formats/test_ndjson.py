"""NDJSON, parsed by the standard library's reader."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.formats.format import Selection
from app.formats.registry import FORMATS
from app.resources.events import EventRow
from tests.unit.formats.rows import ANY_EVENT, EVENTS, FEED, event, with_additions

NDJSON = FORMATS["ndjson"]


@given(rows=st.lists(ANY_EVENT, max_size=3))
def test_each_line_is_a_row_as_it_stands(rows: list[str]):
    writer = NDJSON.writer(FEED, EVENTS)
    text = (writer.head() + writer.part(rows) + writer.tail()).decode()
    assert text.splitlines() == text.split("\n")[:-1]
    assert text.endswith("\n") or not rows
    assert [*map(json.loads, text.splitlines())] == [*map(json.loads, rows)]


def test_only_the_separators_of_unicode_are_escaped():
    row = event(name="a\x85b\u2028c\u2029d\u200b—é")
    for selection in (EVENTS, Selection(EventRow, NDJSON.columns(EventRow, ()))):
        line = NDJSON.writer(FEED, selection).part([row]).decode()
        assert r"a\u0085b\u2028c\u2029d" + "\u200b—é" in line
        assert json.loads(line) == json.loads(row)


@given(row=ANY_EVENT)
def test_chosen_keys_keep_their_order_and_their_bytes(row: str):
    chosen = Selection(EventRow, ("summary", "coding", "numbers"))
    read = json.loads(row)
    expected = {key: read[key] for key in ("kind", "id", "coding", "summary", "numbers")}
    line = NDJSON.writer(FEED, chosen).part([row]).decode()
    assert list(json.loads(line).items()) == list(expected.items())
    whole = Selection(EventRow, NDJSON.columns(EventRow, ()))
    assert NDJSON.writer(FEED, whole).part([row]) == NDJSON.writer(FEED, EVENTS).part([row])


def test_keys_that_the_query_puts_in_stay_and_can_be_chosen():
    row = with_additions(event(), citations="[]", match='{"date":"certain"}')
    assert NDJSON.writer(FEED, EVENTS).part([row]).decode() == row + "\n"
    chosen = Selection(EventRow, ("match",), frozenset({"match", "citations"}))
    line = '{"kind":"event","id":"a-thing","match":{"date":"certain"}}\n'
    assert NDJSON.writer(FEED, chosen).part([row]).decode() == line


def test_the_keys_of_a_row_are_those_of_its_json():
    assert NDJSON.columns(EventRow, ()) == tuple(json.loads(event()))
    assert NDJSON.columns(EventRow, {"match"}) == (*json.loads(event()), "match")
