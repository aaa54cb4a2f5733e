"""Flattening of rows: each column of each table gets the right value."""

from typing import Any

import pytest
from sqlalchemy import Column, Double, Text

from app.resources.change_log import is_log
from app.resources.registry import METADATA
from app.resources.rows import DateValue, Reference
from seeds.dataset_content import LoadedRow
from seeds.publish.batches import Batches
from seeds.publish.columns import column_function, model_of
from seeds.publish.flatten import flatten_row
from seeds.publish.items import row_items
from seeds.publish.links import LinkCounter
from seeds.publish.progress import Quiet
from seeds.publish.render_order import RenderRanks
from seeds.publish.search import TsvectorRows
from tests.integration.publish.sample_content import content, loaded, ref
from tests.integration.publish.sample_rows import rows

ROWS = {row.row.id: row for row in rows()}


def tables(row: LoadedRow) -> dict[str, list[dict[str, Any]]]:
    """The table rows of a loaded row: by table, a list of columns with values."""
    return {
        table.name: [
            dict(zip(table.columns.keys(), values, strict=True))
            for values in zip(*columns, strict=True)
        ]
        for table, columns in flatten_row(row_items([row], RenderRanks()))
        if columns[0]
    }


def test_every_table_is_filled_by_some_row():
    filled = {
        table.name
        for table, found in Batches(content(rows()), "", Quiet(), TsvectorRows())
        if found
    }
    logs = {name for name, table in METADATA.tables.items() if is_log(table)}
    assert filled == set(METADATA.tables) - {"common_stems"} - logs  # Too few common words.


def test_references_and_nested_fields_are_flattened():
    (event,) = tables(ROWS["alice-met-bob"])["events"]
    assert event["place_id"] == "bobland"
    assert event["coding_scheme"] == "PLOVER-0.8"
    assert event["coding_score"] == 6.0
    assert event["date_edtf"] == "2019"
    assert event["date_modifier"] == "early"
    (undated,) = tables(ROWS["nothing-happened"])["events"]
    assert undated["place_id"] is undated["coding_score"] is undated["date_edtf"] is None


def test_texts_are_folded_beside_themselves():
    (office,) = tables(ROWS["embassy"])["offices"]
    assert (office["city"], office["city_folded"]) == ("Zürich", "zurich")
    (office,) = tables(ROWS["consulate"])["offices"]
    assert (office["city"], office["city_folded"]) == (None, None)


def test_lists_become_parts_in_their_order():
    found = tables(ROWS["alice-met-bob"])
    keys = ("event_id", "ordinal", "actor_id", "role")
    actors = [tuple(row[key] for key in keys) for row in found["event_actors"]]
    assert actors == [
        ("alice-met-bob", 0, "alice", "source"),
        ("alice-met-bob", 1, "bob", "target"),
    ]
    (relation,) = found["relations"]
    assert relation["target_id"] == "nothing-happened"
    assert relation["according_to_id"] == "bob"


def test_participants_repeat_the_date_and_position_of_their_event():
    found = tables(ROWS["alice-met-bob"])
    (event,) = found["events"]
    for actor in found["event_actors"]:
        assert {name: event[name] for name in actor if name in event} == {
            name: value for name, value in actor.items() if name in event
        }


def test_texts_in_a_list_become_the_one_text_of_their_part():
    aliases = [row["alias"] for row in tables(ROWS["alice"])["actor_aliases"]]
    assert aliases == ["Al", "The Queen"]


def test_a_tree_of_sections_is_flattened_in_document_order():
    sections = tables(ROWS["made-up"])["sections"]
    assert [(row["ordinal"], row["id"], row["parent"]) for row in sections] == [
        (0, "top", None),
        (1, "meeting", "top"),
    ]


def test_names_are_folded_and_each_stands_once():
    names = tables(ROWS["alice"])["names"]
    assert [(row["ordinal"], row["folded"]) for row in names] == [
        (0, "alice"),
        (1, "al"),
        (2, "the queen"),
    ]


def test_citations_keep_their_fields_in_one_column():
    citations = tables(ROWS["alice-met-bob"])["citations"]
    assert [row["fields"] for row in citations] == ["name,actors", "date"]
    assert [row["exact"] for row in citations] == ["Alice met", "2019"]


def test_entries_take_type_quad_and_modality_where_a_kind_has_them():
    (event,) = tables(ROWS["alice-met-bob"])["entries"]
    assert event["quad"] is not None
    assert event["modality"] == "occurred"
    (membership,) = tables(ROWS["alice-in-bobland"])["entries"]
    assert membership["type"] is membership["quad"] is membership["modality"] is None


def test_numbers_with_fractions_are_floats_on_both_databases():
    (figure,) = tables(ROWS["tea"])["trade_figures"]
    assert type(figure["value"]) is float


def test_renderings_hold_the_row_and_its_evidence():
    (rendering,) = tables(ROWS["alice-met-bob"])["renderings"]
    assert rendering["body"].startswith('{"kind":"event","id":"alice-met-bob"')
    assert "citations" not in rendering["body"]
    assert rendering["evidence"].startswith('[{"fields":["name","actors"]')
    (document,) = tables(ROWS["made-up"])["renderings"]
    assert document["evidence"] is None


def test_a_column_that_nothing_fills_is_an_error_that_names_it():
    row = loaded("document", "empty", 0, url="", licence="", attribution="", language="",
                 sha256="", characters=0)  # fmt: skip
    with pytest.raises(LookupError, match=r"document 'empty': nothing fills .*documents\.text"):
        list(flatten_row(row_items([row], RenderRanks())))


def test_models_are_found_within_annotations():
    assert model_of(DateValue | None) is DateValue
    assert model_of(list[Reference]) is Reference
    assert model_of(str | None) is None
    assert model_of(dict[str, Reference]) is None
    assert model_of(int | Reference) is None


def test_an_item_may_be_the_reference_itself_but_a_row_may_not():
    items = row_items([ROWS["alice"]], RenderRanks())
    column = Column[str]("anything_id", Text())
    bob = items._replace(each=[ref("actor", "bob")])
    assert list(column_function(column, Reference)(bob)) == ["bob"]
    with pytest.raises(LookupError):
        list(column_function(column, type(ROWS["alice"].row))(items))
    assert list(
        column_function(Column[float]("note", Double()), type(ROWS["alice"].row))(items)
    ) == [None]


def test_links_are_counted_by_filter_and_each_row_once():
    twice = loaded(
        "event", "twice", 1, type="crisis", modality="occurred", aspect="event", negated=False,
        summary="", actors=[
            {"kind": "actor", "id": "bob", "name": "Bob", "role": "source"},
            {"kind": "actor", "id": "bob", "name": "Bob", "role": "subject"},
        ],
    )  # fmt: skip
    counter = LinkCounter()
    counter.count(
        "event", dict(flatten_row(row_items([ROWS["alice-met-bob"], twice], RenderRanks())))
    )
    _, counts = counter.rows()
    found = {(target, filter): count for target, path, filter, count in counts if path == "events"}
    assert found["bob", "actor"] == 2
    assert found["bob", "target"] == 1
    assert found["bob", "source"] == 1
    assert found["bobland", "place"] == 1
    assert ("alice", "target") not in found
